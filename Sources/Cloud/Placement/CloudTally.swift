/// What was counted in a cloud.
package struct CloudTally: Hashable, Sendable {
  /// Machines that were asked for, those that filled the cloud at the start included.
  package var asked = 0
  /// Machines that were placed.
  package var placed = 0
  /// Of those, how many filled the cloud at the start, and how many of these were refused.
  package var initial = 0
  package var initialRefused = 0
  /// Why others were not.
  package var refusals: [PlacementRefusal: Int] = [:]
  /// Machines that left when their time was over.
  package var departed = 0
  /// Machines that run, or stand on a host that is down.
  package var live = 0
  /// Machines on hosts that are down.
  package var down = 0
  /// How many places were looked for: arrivals, moves, new starts.
  package var placements = 0
  /// Hosts that failed.
  package var hostFailures = 0
  /// Machines that were started anew elsewhere, and those that found no place.
  package var restarted = 0
  package var lost = 0
  /// Machines that were moved while they ran.
  package var migrated = 0
  /// Hosts that were emptied, and those that could not be.
  package var maintained = 0
  package var maintenancePutOff = 0
  /// Machines that a zone took down.
  package var downAtOutage = 0
  /// Those of them that started anew in other zones at once.
  package var restartedAtOutage = 0
  /// Machines that left with tenants who went over to the rival, and those that were started there instead: by
  /// new tenants since its cut, and by those who had gone over.
  package var switched = 0
  package var choseRival = 0
  /// What was counted by generation, as `CloudParameters.allGenerations` has them; none where hosts are alike.
  package var generations: [GenerationTally] = []
  /// What became of the oldest hosts.
  package var retirement = RetirementTally()
  /// What spot machines came to.
  package var spot = SpotTally()
  /// What is in use now, in wide numbers: a hundred thousand hosts hold more than 32 bits do.
  var used = SIMD4<Int64>(repeating: 0)
  /// The same with what machines will take that wait for spot machines to leave.
  var booked = SIMD4<Int64>(repeating: 0)
  /// Of the cores in it, those of tenants who paid for a promise, hundredths.
  var bookedPromised: Int64 = 0
  /// Integrals: cores and gigabytes in use, machines, machines that were down.
  package var coreSeconds = 0.0
  package var memorySeconds = 0.0
  package var machineSeconds = 0.0
  package var downSeconds = 0.0
  /// Hours of hosts that were looked at, and those in which machines wanted more cores than there are.
  package var hostHours = 0
  package var hostHoursOverloaded = 0
  /// What they lacked then, and what all wanted, core-hours.
  package var coreHoursLacking = 0.0
  package var coreHoursWanted = 0.0
  /// How many hours of busy machines took how many hundredths more time than they would alone.
  package var slowdowns: [Int] = []
  /// Machines of tenants who paid for a promise: asked for, and refused.
  package var promisedAsked = 0
  package var promisedRefused = 0
  /// The share of cores in use by those who pay in full, at each full hour.
  package var hourly: [Double] = []

  /// Machines that were not placed.
  package var refused: Int { refusals.values.reduce(0, +) }
}

/// What was counted of machines that run on what is idle.
package struct SpotTally: Hashable, Sendable {
  /// Machines that were asked for, those at the start included, and those that found no idle room.
  package var asked = 0
  package var refused = 0
  /// Machines that left when their work was done.
  package var departed = 0
  /// Machines that were told to leave, those that did, and those whose host failed.
  package var noticed = 0
  package var interrupted = 0
  package var lost = 0
  /// Machines that run now.
  package var live = 0
  /// Machines that somebody who pays in full had to wait for.
  package var waited = 0
  /// Cores in use now, hundredths; their integral, and their share of all at each full hour.
  var used: Int64 = 0
  package var coreSeconds = 0.0
  package var hourly: [Double] = []

  /// Machines that were placed.
  package var placed: Int { asked - refused }
  /// The share of those that ended which were taken back.
  package var interruptedShare: Double? {
    let ended = departed + interrupted + lost
    return ended > 0 ? Double(interrupted) / Double(ended) : nil
  }
}

/// What was counted of the hosts of one generation.
package struct GenerationTally: Hashable, Sendable {
  /// How many there are now.
  package var hosts = 0
  /// How many failed.
  package var failures = 0
  /// Cores in use now, spot machines included, hundredths.
  var used: Int64 = 0
  /// Integrals: hosts, and cores in use.
  package var hostSeconds = 0.0
  package var coreSeconds = 0.0

  mutating func add(_ seconds: Double) {
    hostSeconds += Double(hosts) * seconds
    coreSeconds += Double(used) / 100 * seconds
  }
}

/// What was counted of hosts that were emptied for good.
package struct RetirementTally: Hashable, Sendable {
  /// Hosts that went.
  package var hosts = 0
  /// Machines that moved off them while they ran.
  package var moved = 0
  /// How often one could not be emptied and had to wait for another day.
  package var putOff = 0
  /// The ages that hosts had when they went, years, one added to the other.
  package var ageYears = 0.0
}

extension CloudTally {
  /// How many times as long a busy machine's work takes, on average, for what others on its host want.
  package var slowdownMean: Double? {
    let hours = slowdowns.reduce(0, +)
    guard hours > 0 else { return nil }
    let over = slowdowns.indices.reduce(0) { $0 + $1 * slowdowns[$1] }
    return 1 + Double(over) / 100 / Double(hours)
  }

  /// The same in the worst of a hundred of its hours.
  package var slowdownWorst: Double? {
    let hours = slowdowns.reduce(0, +)
    guard hours > 0 else { return nil }
    var rest = Double(hours) * 0.01
    for over in slowdowns.indices.reversed() {
      rest -= Double(slowdowns[over])
      if rest < 0 { return 1 + Double(over) / 100 }
    }
    return 1
  }
}
