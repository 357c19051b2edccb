import Randomness

/// The life of data as a Markov chain in continuous time: state i has i devices down, one more fails
/// with (n − i)λ, one comes back with iμ (parallel) or μ (serial), and past `tolerated` all is lost.
///
/// All is computed from sums and products of positive numbers, so that a loss of 10⁻³⁰ has as many
/// right digits as one of a half; 1 − (a number near 1) would have none.
/// It leaves out what hits several devices at once (a rack, a roll-out, a deletion), errors that are
/// found only while rebuilding, wear, and repairs that always take equally long.
/// - Source: Patterson, Gibson, Katz, "A Case for Redundant Arrays of Inexpensive Disks (RAID)",
///   SIGMOD 1988, for one parity; Trivedi, "Probability and Statistics with Reliability, Queuing, and
///   Computer Science Applications", 2nd edition, 2002, chapter 8, for the chain in general.
package struct DurabilityChain: Hashable, Sendable, Codable {
  /// The scheme with its rates.
  package let parameters: StorageParameters
  /// By the number of devices down: how fast one more fails, a year.
  package let failures: [Double]
  /// By the number of devices down: how fast one comes back, a year.
  package let repairs: [Double]

  /// The chain of parameters that are valid.
  package init(_ parameters: StorageParameters) {
    self.parameters = parameters
    let states = 0...parameters.scheme.tolerated
    failures = states.map { parameters.failureRate(down: $0) }
    repairs = states.map { parameters.repairRate(down: $0) }
  }

  /// The mean time from all devices sound to a loss, in years (MTTDL).
  ///
  /// The mean time from i down to i + 1 down is h_i = 1/b_i + (d_i/b_i)·h_(i−1), with b and d the
  /// rates up and down: it leaves upwards, or goes down and has to come back. Their sum is exact.
  package var meanYearsToLoss: Double {
    var step = 0.0
    var sum = 0.0
    for state in failures.indices {
      step = (1 + repairs[state] * step) / failures[state]
      sum += step
    }
    return sum
  }

  /// The chance that a cycle that begins with the first failure ends in a loss before all are sound.
  ///
  /// With r_i = d_i/b_i it is 1/(1 + r_1 + r_1·r_2 + … + r_1⋯r_m), the gambler's ruin.
  package var lossPerCycle: Double {
    var product = 1.0
    var sum = 1.0
    for state in failures.indices.dropFirst() {
      product *= repairs[state] / failures[state]
      sum += product
    }
    return 1 / sum
  }

  /// The chance of a loss in a year of a system that has been running: 1 − e^(−1/MTTDL).
  ///
  /// Lives until loss are exponential all but exactly where repairs are far faster than failures.
  package var annualLoss: Double { Durability.annualLoss(meanYearsToLoss: meanYearsToLoss) }

  /// How many nines the chance to keep the data through a year has: −log10 of the annual loss.
  package var nines: Double { Durability.nines(annualLoss: annualLoss) }

  /// The chance that data that begin with all devices sound are lost within a time: the solution of
  /// the chain's equations.
  ///
  /// Over a span so short that hardly anything happens, the transition matrix is a Taylor series of
  /// 1 + Qh with positive terms (uniformization); doubling the span is squaring the matrix. Each
  /// row's diagonal is set to what the others leave, so rounding does not add up.
  /// - Complexity: 25 to 40 products of matrices of `tolerated` + 2 rows.
  package func loss(withinYears years: Double) -> Double {
    precondition(years >= 0, "a time of \(years) years has not begun")
    let size = failures.count + 1
    let fastest = failures.indices.reduce(0.0) { max($0, failures[$1] + repairs[$1]) }
    var doublings = 0
    var span = years
    while span * fastest > 0.25, doublings < 200 {
      span /= 2
      doublings += 1
    }
    var matrix = shortTransition(span: span, fastest: fastest, size: size)
    for _ in 0..<doublings { matrix = Self.product(matrix, matrix, size: size) }
    return matrix[size - 1]
  }

  /// e^(Qh) with Q the generator of the chain: Σ e^(−Λh) (Λh)^k/k! · P^k, P = 1 + Q/Λ.
  private func shortTransition(span: Double, fastest: Double, size: Int) -> [Double] {
    var jump = [Double](repeating: 0, count: size * size)
    for state in failures.indices {
      jump[state * size + state + 1] = failures[state] / fastest
      if state > 0 { jump[state * size + state - 1] = repairs[state] / fastest }
      jump[state * size + state] = (fastest - failures[state] - repairs[state]) / fastest
    }
    jump[size * size - 1] = 1
    var power = [Double](repeating: 0, count: size * size)
    for state in 0..<size { power[state * size + state] = 1 }
    var weight = Portable.exp(-fastest * span)
    var sum = power.map { $0 * weight }
    // (1/4)^k/k! is below 10^-60 by then, and the m + 1 steps to a loss are among them.
    for k in 1...(size + 30) {
      power = Self.product(power, jump, size: size)
      weight *= fastest * span / Double(k)
      for index in sum.indices { sum[index] += weight * power[index] }
    }
    return sum
  }

  /// The product of two stochastic matrices, with rows that sum to 1.
  private static func product(_ a: [Double], _ b: [Double], size: Int) -> [Double] {
    var result = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      var others = 0.0
      for column in 0..<size {
        var sum = 0.0
        for inner in 0..<size { sum += a[row * size + inner] * b[inner * size + column] }
        result[row * size + column] = sum
        if column != row { others += sum }
      }
      if others < 0.5 { result[row * size + row] = 1 - others }
    }
    return result
  }
}

/// What a mean time to loss means by the year.
package enum Durability {
  /// 1 − e^(−1/MTTDL), without cancellation where the loss is small.
  package static func annualLoss(meanYearsToLoss years: Double) -> Double {
    let rate = 1 / years
    // Two terms of the series are right to 10^-16 below 10^-5.
    return rate < 1e-5 ? rate * (1 - rate / 2) : 1 - Portable.exp(-rate)
  }

  /// −log10 of a chance: 11.0 for 10^-11.
  package static func nines(annualLoss loss: Double) -> Double {
    -Portable.log(loss) / 2.302585092994046
  }
}

/// Backblaze's way to count nines: windows of one rebuild, a binomial number of failures in each.
///
/// The chance that more than `tolerated` of n devices fail within one window, times the windows in a
/// year. It counts a loss only if all failures fall into one window on its grid, so it comes out
/// half a nine or more above the chain.
/// - Source: Wilson, "Backblaze Durability Calculates at 99.999999999%", Backblaze, 17 July 2018
///   (its binomial variant).
package struct WindowDurability: Hashable, Sendable, Codable {
  /// The scheme with its rates; the repair time is the window.
  package let parameters: StorageParameters

  /// The estimate for parameters that are valid.
  package init(_ parameters: StorageParameters) { self.parameters = parameters }

  /// The chance of a loss in a year.
  package var annualLoss: Double {
    let windows = StorageParameters.hoursInYear / parameters.repairHours
    let failing = min(1, parameters.annualFailureRate / windows)
    let devices = parameters.scheme.devices
    var ways = 1.0
    var tail = 0.0
    for failed in 0...devices {
      if failed > 0 { ways *= Double(devices - failed + 1) / Double(failed) }
      guard failed > parameters.scheme.tolerated else { continue }
      tail +=
        ways * Portable.pow(failing, Double(failed))
        * Portable.pow(1 - failing, Double(devices - failed))
    }
    return min(1, windows * tail)
  }

  /// −log10 of the annual loss.
  package var nines: Double { Durability.nines(annualLoss: annualLoss) }
}
