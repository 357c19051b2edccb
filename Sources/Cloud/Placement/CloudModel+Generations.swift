import Quantities
import Randomness
import SimulationKernel

// Hosts of several years: how often they fail, and how new ones take the places of the oldest.
extension CloudModel {
  mutating func startGenerations() {
    tally.generations = parameters.hostsByGeneration.map { GenerationTally(hosts: $0) }
    cordons = Array(repeating: false, count: parameters.hosts)
    bought = index.kinds.map { kind in
      let age = Double(generations[Int(kind)].ageYears) * GenerationPlan.yearSeconds
      return settledAt - .seconds(age)
    }
  }

  /// Enters what a host sells into the books of its zone, or strikes it out.
  mutating func countSold(_ host: Int, _ sign: Int64) {
    let sold = SIMD4<Int64>(truncatingIfNeeded: index.capacity(of: host)) &* sign
    soldInZone[Int(index.zones[host])] &+= sold
  }

  /// What all hosts sell.
  var soldInAll: SIMD4<Int64> { soldInZone.reduce(SIMD4(repeating: 0)) { $0 &+ $1 } }

  /// Cores and gigabytes that there were on average.
  func meanCapacity(over span: TimeSpan) -> (cores: Double, memoryGB: Double) {
    guard parameters.generations != nil else {
      let hosts = Double(parameters.hosts)
      return (parameters.capacity.cores * hosts, parameters.capacity.memoryGB * hosts)
    }
    var (cores, memory) = (0.0, 0.0)
    for (generation, counted) in zip(generations, tally.generations) {
      let hosts = counted.hostSeconds / span.seconds
      cores += hosts * generation.capacity.cores
      memory += hosts * generation.capacity.memoryGB
    }
    return (cores, memory)
  }

  // MARK: - Failures

  /// How many times as often as a new host at 20 °C the oldest fails at the end of the run in air as hot as it
  /// gets.
  var failureFactorMax: Double {
    guard let plan = parameters.generations else { return ZoneHall.failureFactorMax }
    let run = Double(parameters.days) * 86_400 / GenerationPlan.yearSeconds
    return plan.failureFactor(ageYears: Double(plan.count - 1) + run) * ZoneHall.failureFactorMax
  }

  /// How old a host is, years.
  func ageYears(of host: Int, at now: Moment) -> Double {
    (now - bought[host]).seconds / GenerationPlan.yearSeconds
  }

  /// Whether a host fails that was drawn at the rate of the oldest in the hottest air: young ones in cool air let
  /// most of these pass.
  func isDue(_ host: Int, _ draws: RandomDraws, at now: Moment) -> Bool {
    let age = parameters.generations?.failureFactor(ageYears: ageYears(of: host, at: now)) ?? 1
    let heat = halls[Int(index.zones[host])].failureFactor
    return draws.uniform(2) * failureFactorMax < age * heat
  }

  // MARK: - Retirement

  /// Whether a host takes nothing, but runs on until it is empty.
  func isCordoned(_ host: Int) -> Bool { !cordons.isEmpty && cordons[host] }

  /// Whether a host does not run.
  func isDown(_ host: Int) -> Bool { index.isDown(host) && !isCordoned(host) }

  /// Keeps others off a host that goes on running, or lets them on it again.
  mutating func setCordon(_ isClosed: Bool, host: Int) {
    cordons[host] = isClosed
    index.setUp(!isClosed, host: host)
    beside?.setUp(!isClosed, host: host)
  }

  mutating func scheduleRetirement(_ schedule: inout Schedule<Event>) {
    guard let plan = parameters.generations, plan.retiresOldest else { return }
    let oldest = index.kinds.indices.filter { index.kinds[$0] == 0 }
    let run = Double(parameters.days) * 86_400
    let (begins, lasts) = GenerationPlan.retirement
    for (turn, host) in oldest.enumerated() {
      let due = run * (begins + lasts * Double(turn) / Double(oldest.count))
      schedule.after(.seconds(due), .retirement(host: Int32(host)))
    }
  }

  /// Empties one of the oldest hosts by moving its machines while they run; a machine that finds no place
  /// stays, nothing new comes to the host, and it is looked at again.
  mutating func retire(_ host: Int, _ schedule: inout Schedule<Event>) {
    guard !isDown(host) else {
      schedule.after(GenerationPlan.retry, .retirement(host: Int32(host)))
      return
    }
    setCordon(true, host: host)
    let before = tally.migrated
    var isEmpty = true
    for machine in machinesOn(host) where !move(machine, from: host) { isEmpty = false }
    tally.retirement.moved += tally.migrated - before
    guard isEmpty else {
      tally.retirement.putOff += 1
      schedule.after(GenerationPlan.retry, .retirement(host: Int32(host)))
      return
    }
    replace(host, at: schedule.now)
    // It takes as long to put a new host in as to replace one that failed.
    beginRepair(Int32(host), &schedule)
  }

  /// Puts a new host in the place of one that is closed and empty.
  private mutating func replace(_ host: Int, at now: Moment) {
    let (old, new) = (Int(index.kinds[host]), generations.count - 1)
    tally.retirement.hosts += 1
    tally.retirement.ageYears += ageYears(of: host, at: now)
    tally.generations[old].hosts -= 1
    tally.generations[new].hosts += 1
    countSold(host, -1)
    index.replace(host, by: UInt8(new))
    beside?.replace(host, by: UInt8(new))
    countSold(host, 1)
    totalCores += generations[new].capacity.cores - generations[old].capacity.cores
    bought[host] = now
    cordons[host] = false
  }
}
