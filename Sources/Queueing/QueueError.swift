/// Why a queue cannot be simulated.
package enum QueueError: Error, Hashable, Sendable {
  /// A rate is not above 0, or above what nanoseconds can tell apart.
  case arrivalRateOutOfRange(Double, most: Double)
  /// A rate is not above 0, or above what nanoseconds can tell apart.
  case serviceRateOutOfRange(Double, most: Double)
  case serversOutOfRange(Int, allowed: ClosedRange<Int>)
  case customersOutOfRange(Int, allowed: ClosedRange<Int>)
  /// The law cannot vary so little or so much.
  case variationOutOfRange(Double, law: ServiceLaw, allowed: ClosedRange<Double>)
  /// Erlang's law has cv = 1/√k only; `below` and `above` are the nearest two.
  case variationNotErlang(Double, below: Double, above: Double)
  /// Fewer places than servers, or more than `allowed`.
  case capacityOutOfRange(Int, allowed: ClosedRange<Int>)
  /// Patience in seconds.
  case patienceOutOfRange(Double, mostSeconds: Double)
  /// ρ = λ/(cμ) is 1 or more, nobody is turned away and nobody gives up: the line grows for ever.
  case unstable(utilization: Double)
  /// So many customers at such a rate would take longer than the calendar is long.
  case tooLong(years: Double, mostYears: Double)
}

extension QueueParameters {
  /// `Chosen:` at ten million a second the mean span is 100 ns, and rounding to whole nanoseconds
  /// still does not show.
  static let rateMax = 1e7
  /// `Chosen:` from 1,000 on, 20 batches hold a few dozen customers each.
  static let customerCounts = 1_000...1_000_000_000
  /// `Chosen:` the largest halls of terminals and the largest call centres are smaller.
  static let serverCounts = 1...10_000
  static let capacityMax = 1_000_000
  /// `Chosen:` a sixth of what virtual time can hold, as a line may last longer than expected.
  static let yearsMax = 50.0
  static let yearSeconds = 31_557_600.0

  /// Checks that the queue can be simulated and tends to a steady state.
  /// - Throws: the first `QueueError` that applies, in the order of the parameters.
  package func validate() throws(QueueError) {
    // Written so that NaN is out of range as well.
    guard arrivalRate > 0, arrivalRate <= Self.rateMax else {
      throw .arrivalRateOutOfRange(arrivalRate, most: Self.rateMax)
    }
    guard serviceRate > 0, serviceRate <= Self.rateMax else {
      throw .serviceRateOutOfRange(serviceRate, most: Self.rateMax)
    }
    guard Self.serverCounts.contains(servers) else {
      throw .serversOutOfRange(servers, allowed: Self.serverCounts)
    }
    guard Self.customerCounts.contains(customers) else {
      throw .customersOutOfRange(customers, allowed: Self.customerCounts)
    }
    try validateVariation()
    try validateLimits()
    guard yearsExpected <= Self.yearsMax else {
      throw .tooLong(years: yearsExpected, mostYears: Self.yearsMax)
    }
    guard offeredUtilization < 1 || capacity != nil || patience != nil else {
      throw .unstable(utilization: offeredUtilization)
    }
  }

  /// How long it takes until all have come and, without patience, the fullest line is served.
  private var yearsExpected: Double {
    let coming = Double(customers) / arrivalRate
    let line = patience == nil ? Double(min(capacity ?? 0, customers)) : 0
    let serving = max(line / Double(servers), 1_000) / serviceRate
    return max(coming, serving) / Self.yearSeconds
  }

  private func validateVariation() throws(QueueError) {
    let cv = serviceVariation
    guard law.coefficientsOfVariation.contains(cv) else {
      throw .variationOutOfRange(cv, law: law, allowed: law.coefficientsOfVariation)
    }
    guard law == .erlang else { return }
    func variation(_ phases: Int) -> Double { (1 / Double(phases)).squareRoot() }
    // 1 in 100 leaves room for a cv that was typed with two digits: 0.58 for 1/√3.
    guard abs(variation(phases) - cv) <= 0.01 * cv else {
      let more = variation(phases) < cv ? phases : phases + 1
      throw .variationNotErlang(cv, below: variation(more), above: variation(more - 1))
    }
  }

  private func validateLimits() throws(QueueError) {
    if let capacity, !(servers...Self.capacityMax).contains(capacity) {
      throw .capacityOutOfRange(capacity, allowed: servers...Self.capacityMax)
    }
    if let patience {
      guard patience > .zero, patience.seconds <= Self.yearSeconds else {
        throw .patienceOutOfRange(patience.seconds, mostSeconds: Self.yearSeconds)
      }
    }
  }
}
