import Quantities
import SimulationKernel

/// A cloud that is run for some days.
package struct CloudExperiment: Hashable, Sendable {
  /// What is run.
  package var parameters: CloudParameters

  /// An experiment with a cloud.
  package init(_ parameters: CloudParameters) { self.parameters = parameters }

  /// What came of it.
  package struct Result: Sendable {
    /// What was counted.
    package var tally: CloudTally
    /// How many events were handled.
    package var events: Int
    /// How many classes of hosts there were at the end.
    package var classes: Int
    /// How long it was run.
    package var span: TimeSpan
    /// The cores that there are, on average.
    package var cores: Double
    /// The memory that there is, on average, GB.
    package var memoryGB: Double
    /// What was measured in the hall of each zone.
    package var halls: [HallRecord]

    /// The share of cores in use, on average; above 1 where more is sold than there is.
    package var coreShare: Double { tally.coreSeconds / (cores * span.seconds) }
    /// The share of cores in use by spot machines, on average.
    package var spotShare: Double { tally.spot.coreSeconds / (cores * span.seconds) }
    /// The share of the hours of hosts in which more cores were wanted than there are.
    package var overloadedShare: Double {
      tally.hostHours > 0 ? Double(tally.hostHoursOverloaded) / Double(tally.hostHours) : 0
    }
    /// The share of memory in use, on average.
    package var memoryShare: Double { tally.memorySeconds / (memoryGB * span.seconds) }
    /// The share of the arrivals that were refused.
    package var refusedShare: Double {
      let asked = tally.asked - tally.initial - tally.initialRefused
      return asked > 0 ? Double(tally.refused - tally.initialRefused) / Double(asked) : 0
    }
  }

  /// Events between two looks at `checkpoint`.
  private static let eventsPerSlice = 1 << 12

  /// Runs the cloud.
  /// - Parameter checkpoint: called every few thousand events with the share of the time that is over, and
  ///   with 0 while the cloud is filled.
  /// - Throws: what `checkpoint` throws.
  package func run(checkpoint: (_ share: Double) throws -> Void) rethrows -> Result {
    switch parameters.policy {
    case .firstFit: try run(FirstFit.self, checkpoint).result
    case .bestFit: try run(BestFit.self, checkpoint).result
    case .worstFit: try run(WorstFit.self, checkpoint).result
    case .balanced: try run(BalancedFit.self, checkpoint).result
    case .spread: try run(Spread.self, checkpoint).result
    }
  }

  func run<Placing: PlacementPolicy>(
    _ policy: Placing.Type, _ checkpoint: (Double) throws -> Void
  ) rethrows -> (result: Result, model: CloudModel<Placing>) {
    let start = parameters.start
    let end = start + .days(parameters.days)
    var simulation = Simulation(
      model: CloudModel<Placing>(parameters, shapes: VirtualShape.usual), start: start)
    try checkpoint(0)
    try simulation.model.start(&simulation.schedule) { try checkpoint(0) }
    var events = 0
    var handled = CloudExperiment.eventsPerSlice
    while handled == CloudExperiment.eventsPerSlice {
      handled = simulation.advance(to: end, budget: CloudExperiment.eventsPerSlice)
      events += handled
      try checkpoint((simulation.schedule.now - start).seconds / (end - start).seconds)
    }
    simulation.model.settle(at: end)
    simulation.model.lookAtHalls(&simulation.schedule)
    let there = simulation.model.meanCapacity(over: end - start)
    let result = Result(
      tally: simulation.model.tally, events: events, classes: simulation.model.index.classCount,
      span: end - start, cores: there.cores, memoryGB: there.memoryGB,
      halls: simulation.model.hallRecords(at: end))
    return (result, simulation.model)
  }
}
