import Quantities
import Randomness
import SimulationKernel

/// A queue, simulated until its last customer has left.
package struct QueueExperiment: Hashable, Sendable {
  package let parameters: QueueParameters

  /// How many events are handled between two checkpoints: 2 ms, or 40 without optimisation.
  static let sliceEvents = 1 << 15

  /// An experiment that can be run.
  /// - Throws: `QueueError` if it cannot.
  package init(_ parameters: QueueParameters) throws(QueueError) {
    try parameters.validate()
    self.parameters = parameters
  }

  /// Runs the experiment.
  ///
  /// `checkpoint` is called at most 50 ms apart; if it throws, the run is over and leaves nothing.
  /// - Throws: what `checkpoint` throws.
  package func run(checkpoint: () throws -> Void) rethrows -> QueueResult {
    let mean = 1 / parameters.serviceRate
    let cv = parameters.serviceVariation
    return switch parameters.law {
    case .exponential: try run(Exponential(mean: mean), checkpoint)
    case .deterministic: try run(Deterministic(mean: mean), checkpoint)
    case .erlang: try run(Erlang(phases: parameters.phases, mean: mean), checkpoint)
    case .hyperexponential:
      try run(Hyperexponential(mean: mean, coefficientOfVariation: cv), checkpoint)
    case .lognormal: try run(Lognormal(mean: mean, coefficientOfVariation: cv), checkpoint)
    }
  }

  // Generic over the law, and the stations too, so that the compiler makes one loop of each pair. It
  // does so only where every type is known: a generic error type here would cost 13 times the speed.
  private func run(
    _ service: some Distribution, _ checkpoint: () throws -> Void
  ) rethrows -> QueueResult {
    let first = CustomerStream(parameters, service: service).interArrivalTime(of: 0)
    switch parameters.discipline {
    case .fcfs:
      let station = FirstComeStation(parameters, service: service)
      var simulation = Simulation(model: station, start: .origin)
      simulation.schedule.after(first, .arrival)
      let events = try advance(&simulation, checkpoint)
      return result(&simulation.model.record, events: events, end: simulation.schedule.now)
    case .ps:
      let station = SharingStation(parameters, service: service)
      var simulation = Simulation(model: station, start: .origin)
      simulation.schedule.after(first, .arrival)
      let events = try advance(&simulation, checkpoint)
      return result(&simulation.model.record, events: events, end: simulation.schedule.now)
    }
  }

  private func advance(
    _ simulation: inout Simulation<some Model>, _ checkpoint: () throws -> Void
  ) rethrows -> Int {
    var events = 0
    while true {
      try checkpoint()
      let handled = simulation.advance(to: .distantFuture, budget: Self.sliceEvents)
      events += handled
      if handled < Self.sliceEvents { return events }
    }
  }

  private func result(_ record: inout QueueRecord, events: Int, end: Moment) -> QueueResult {
    var measured = record.finish()
    var needed: Int?
    if let relaxation = parameters.relaxationCustomers {
      let kept = Double(parameters.customers) * 0.95
      measured.removeIntervals(relaxationTimesInRun: kept / relaxation)
      let least = QueueMeasures.relaxationTimesForAll * relaxation / 0.95
      // The number is for a sentence: rounded up to whole thousands, and at most 10^15.
      if Double(parameters.customers) < least {
        needed = (Int(min(least, 1e15) / 1_000) + 1) * 1_000
      }
    }
    return QueueResult(
      parameters: parameters, measured: measured, theory: QueueTheory(parameters),
      events: events, customersForIntervals: needed,
      busyTime: Double(record.busy.integral(until: end)) * 1e-9,
      duration: end - .origin)
  }
}
