import Quantities
import Randomness
import SimulationKernel

// How time goes on: the start, what comes next, what has added up.
extension CloudModel {
  /// Machines between two looks at `checkpoint` while the cloud is filled.
  private static var machinesPerSlice: Int { 1 << 12 }

  /// Fills the cloud as it is once it has run for long, and schedules what comes first.
  /// - Parameter checkpoint: called every few thousand machines, of which a large cloud has a million.
  /// - Throws: what `checkpoint` throws.
  mutating func start(
    _ schedule: inout Schedule<Event>, checkpoint: () throws -> Void
  ) rethrows {
    let perSecond = Double(parameters.arrivals) / (Double(parameters.days) * 86_400) * demand
    let short = CloudParameters.short
    let shortLive = perSecond * short.share * short.mean.seconds
    let live = shortLive + perSecond * (1 - short.share) * longMean.seconds
    // What is left of an exponential life is as long as a new one.
    var looked = 0
    while Double(tally.placed) + Double(tally.refused) < live {
      deploy(shortShare: shortLive / live, &schedule)
      let filled = tally.placed + tally.refused
      guard filled >= looked + CloudModel.machinesPerSlice else { continue }
      looked = filled
      try checkpoint()
    }
    tally.initial = tally.placed
    tally.initialRefused = tally.refused
    if parameters.arrivals > 0 { scheduleArrival(&schedule) }
    if parameters.failuresPerYear > 0 { scheduleFailure(&schedule) }
    if parameters.maintenanceDays > 0 { scheduleMaintenance(&schedule) }
    if let outage = parameters.outage {
      schedule.after(outage.begins, .incidentBegins)
      schedule.after(outage.begins + outage.lasts, .incidentEnds)
    }
    schedule.after(.hours(1), .hour)
    scheduleRetirement(&schedule)
    if let competition = parameters.competition {
      if competition.cut > 0 { schedule.after(parameters.cutAt, .rivalCut) }
      if competition.isDearer(afterCut: false) { schedule.after(.days(1), .day) }
    }
    if parameters.spot > 0 { try startSpot(&schedule, checkpoint: checkpoint) }
  }

  private mutating func startSpot(
    _ schedule: inout Schedule<Event>, checkpoint: () throws -> Void
  ) rethrows {
    let live = parameters.spotPerSecond(shapes) * CloudParameters.spotMean.seconds
    while Double(tally.spot.asked) < live {
      deploySpot(&schedule)
      if tally.spot.asked % CloudModel.machinesPerSlice == 0 { try checkpoint() }
    }
    scheduleSpotArrival(&schedule)
  }

  /// Brings the integrals up to now.
  mutating func settle(at now: Moment) {
    guard now > settledAt else { return }
    let seconds = (now - settledAt).seconds
    tally.coreSeconds += Double(tally.used[0]) / 100 * seconds
    tally.memorySeconds += Double(tally.used[1]) / 1_000 * seconds
    tally.machineSeconds += Double(tally.live) * seconds
    tally.downSeconds += Double(tally.down) * seconds
    tally.spot.coreSeconds += Double(tally.spot.used) / 100 * seconds
    for generation in tally.generations.indices { tally.generations[generation].add(seconds) }
    settledAt = now
  }

  private mutating func scheduleArrival(_ schedule: inout Schedule<Event>) {
    let gap = arrivalsStream.entity(arrivalDraws).exponential(0) / peakRate
    schedule.after(.seconds(gap), .arrival)
  }

  mutating func arrive(_ schedule: inout Schedule<Event>) {
    let turn = (schedule.now.timeOfDay.seconds - 15 * 3_600) / 86_400
    let swing = CloudParameters.dailySwing
    let share = (1 + swing * Portable.cos(2 * .pi * turn)) / (1 + swing)
    // Arrivals are drawn as they were before the cut; those that the rival takes from then on are among
    // them, so that the same tenants come on either side of a comparison.
    let before = parameters.competition?.demand ?? 1
    let draws = arrivalsStream.entity(arrivalDraws)
    let draw = draws.uniform(1)
    if draw < share * (demand / before) {
      deploy(shortShare: CloudParameters.short.share, &schedule)
    } else if draw < share {
      tally.choseRival += deploymentSize(draws.uniform(2))
    }
    arrivalDraws += 1
    scheduleArrival(&schedule)
  }
}
