import Randomness
import SimulationKernel

/// Where a number beside a simulation comes from.
package enum QueueFormula: String, CaseIterable, Hashable, Sendable, Codable {
  /// What goes in comes out: utilization is arrivals times service over servers.
  case flowBalance
  /// M/M/c.
  case erlangC
  /// M/G/1.
  case pollaczekKhinchine
  /// M/G/c with processor sharing, which depends on the mean service alone.
  /// Kelly, "Reversibility and Stochastic Networks", 1979, section 3.3 (symmetric queues).
  case processorSharing
  /// M/G/c/c, nobody waits.
  case erlangB
  /// M/M/c with places or patience.
  case birthDeath
  /// M/G/c, approximately.
  case allenCunneen

  /// Whether the number is only near the truth.
  package var isApproximation: Bool { self == .allenCunneen }
}

/// A number in closed form.
package struct QueueFormulaValue: Hashable, Sendable, Codable {
  package var value: Double
  package var formula: QueueFormula

  package init(_ value: Double, _ formula: QueueFormula) {
    self.value = value
    self.formula = formula
  }
}

/// What theory says about a queue, spans in seconds; nil where it has no closed form.
package struct QueueTheory: Hashable, Sendable, Codable {
  package var waitMean: QueueFormulaValue?
  package var responseMean: QueueFormulaValue?
  package var responseP50: QueueFormulaValue?
  package var responseP95: QueueFormulaValue?
  package var responseP99: QueueFormulaValue?
  package var utilization: QueueFormulaValue?
  package var lostShare: QueueFormulaValue?

  /// The theory of a queue, whose parameters are valid.
  package init(_ parameters: QueueParameters) {
    let isLimited = parameters.capacity != nil || parameters.patience != nil
    switch (parameters.discipline, isLimited) {
    case (.fcfs, false): setUnlimitedFirstCome(parameters)
    case (.fcfs, true): setLimitedFirstCome(parameters)
    case (.ps, false): setUnlimitedSharing(parameters)
    case (.ps, true): setLimitedSharing(parameters)
    }
  }

  private mutating func setWait(_ seconds: Double, _ formula: QueueFormula, _ p: QueueParameters) {
    waitMean = QueueFormulaValue(seconds, formula)
    responseMean = QueueFormulaValue(seconds + 1 / p.serviceRate, formula)
  }

  private mutating func setNothingLost(_ p: QueueParameters) {
    utilization = QueueFormulaValue(p.offeredUtilization, .flowBalance)
    lostShare = QueueFormulaValue(0, .flowBalance)
  }

  private mutating func setUnlimitedFirstCome(_ p: QueueParameters) {
    setNothingLost(p)
    let cv = p.serviceVariation
    if p.law == .exponential {
      setWait(
        ClosedForms.waitMean(
          arrivalRate: p.arrivalRate, serviceRate: p.serviceRate, servers: p.servers), .erlangC, p)
      func percentile(_ share: Double) -> QueueFormulaValue {
        QueueFormulaValue(
          ClosedForms.responsePercentile(
            share, arrivalRate: p.arrivalRate, serviceRate: p.serviceRate, servers: p.servers),
          .erlangC)
      }
      responseP50 = percentile(0.5)
      responseP95 = percentile(0.95)
      responseP99 = percentile(0.99)
    } else if p.servers == 1 {
      setWait(
        ClosedForms.pollaczekKhinchine(
          utilization: p.offeredUtilization, serviceMean: 1 / p.serviceRate,
          coefficientOfVariation: cv), .pollaczekKhinchine, p)
    } else {
      setWait(
        ClosedForms.allenCunneen(
          arrivalRate: p.arrivalRate, serviceRate: p.serviceRate, servers: p.servers,
          coefficientOfVariation: cv), .allenCunneen, p)
    }
  }

  private mutating func setLimitedFirstCome(_ p: QueueParameters) {
    if p.capacity == p.servers {
      // Nobody waits, so patience does not matter, nor does the law.
      let load = p.arrivalRate / p.serviceRate
      let blocked = ClosedForms.erlangB(servers: p.servers, offeredLoad: load)
      setWait(0, .erlangB, p)
      utilization = QueueFormulaValue(load * (1 - blocked) / Double(p.servers), .erlangB)
      lostShare = QueueFormulaValue(blocked, .erlangB)
    } else if p.law == .exponential, let queue = BirthDeathQueue(p) {
      setWait(queue.servedWaitMean, .birthDeath, p)
      utilization = QueueFormulaValue(queue.utilization, .birthDeath)
      lostShare = QueueFormulaValue(queue.lostShare, .birthDeath)
    }
  }

  private mutating func setUnlimitedSharing(_ p: QueueParameters) {
    setNothingLost(p)
    setWait(
      ClosedForms.waitMean(
        arrivalRate: p.arrivalRate, serviceRate: p.serviceRate, servers: p.servers),
      .processorSharing, p)
  }

  private mutating func setLimitedSharing(_ p: QueueParameters) {
    guard p.patience == nil || p.law == .exponential, let queue = BirthDeathQueue(p) else { return }
    if p.patience == nil {
      utilization = QueueFormulaValue(queue.utilization, .processorSharing)
      lostShare = QueueFormulaValue(queue.lostShare, .processorSharing)
      // Little's law over those who find room.
      let response = queue.customersMean / (p.arrivalRate * (1 - queue.lostShare))
      setWait(response - 1 / p.serviceRate, .processorSharing, p)
    } else {
      utilization = QueueFormulaValue(queue.utilization, .birthDeath)
      lostShare = QueueFormulaValue(queue.lostShare, .birthDeath)
    }
  }
}

extension BirthDeathQueue {
  /// The Markov chain of a queue with exponential service, or one that behaves as if; nil if it has too
  /// many states.
  package init?(_ p: QueueParameters) {
    self.init(
      arrivalRate: p.arrivalRate, serviceRate: p.serviceRate, servers: p.servers,
      capacity: p.capacity, impatience: p.patience.map { 1 / $0.seconds } ?? 0,
      isSharing: p.discipline == .ps)
  }
}
