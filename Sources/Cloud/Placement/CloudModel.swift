import Quantities
import Randomness
import SimulationKernel

/// A cloud as an event model: deployments come, their machines are placed and leave, hosts fail and are
/// emptied for maintenance, a zone goes down.
struct CloudModel<Placing: PlacementPolicy>: Model {
  enum Event: Sendable {
    /// Somebody asks for a deployment, or the search for the next one goes on.
    case arrival
    /// A machine leaves, if it is still the one that was meant.
    case departure(machine: Int32, number: UInt32)
    /// Some host fails.
    case failure
    /// A host is back.
    case repaired(host: Int32)
    /// The next host is emptied.
    case maintenance
    case outageBegins
    case outageEnds
    /// An hour is over.
    case hour
  }

  /// A machine of a tenant.
  struct Machine: Sendable {
    /// Where it runs; negative once it is gone.
    var host: Int32
    /// Which machine of all this is: its place is used again.
    var number: UInt32
    var shape: UInt8
    /// The deployment of several that it belongs to; negative for one of its own.
    var deployment: Int32
    /// The others on its host, as a list.
    var next: Int32
    var previous: Int32
  }

  let parameters: CloudParameters
  let shapes: [VirtualShape]
  private let shapeShares: [Double]
  private let longMean: TimeSpan
  private let peakRate: Double
  private let arrivalsStream: RandomStream
  private let deploymentStream: RandomStream
  private let hostStream: RandomStream
  private let useStream: RandomStream

  private(set) var index: HostIndex
  private(set) var machines: [Machine] = []
  private var vacant: [Int32] = []
  private var firstOnHost: [Int32]
  /// The hosts of the machines of each deployment of several.
  private var peers: [Int32: [Int32]] = [:]
  private var nextMachine: UInt32 = 0
  private var nextDeployment = 0
  private var arrivalDraws = 0
  private var failures = 0
  private var nextMaintenance = 0

  private(set) var tally = CloudTally()
  private var settledAt: Moment

  init(_ parameters: CloudParameters, shapes: [VirtualShape], start: Moment) {
    self.parameters = parameters
    self.shapes = shapes
    let weights = shapes.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    shapeShares = shapes.map { shape in
      sum += shape.weight / weights
      return sum
    }
    longMean = parameters.longMean(shapes)
    let perSecond = Double(parameters.arrivals) / (Double(parameters.days) * 86_400)
    peakRate = perSecond / CloudParameters.deploymentMean * (1 + CloudParameters.dailySwing)
    arrivalsStream = RandomStream(seed: parameters.seed, name: "cloud arrivals")
    deploymentStream = RandomStream(seed: parameters.seed, name: "cloud deployments")
    hostStream = RandomStream(seed: parameters.seed, name: "cloud hosts")
    useStream = RandomStream(seed: parameters.seed, name: "cloud use")
    index = HostIndex(
      capacity: parameters.sold,
      zones: (0..<parameters.hosts).map { UInt8($0 % parameters.zones) }, order: Placing.order)
    firstOnHost = Array(repeating: -1, count: parameters.hosts)
    settledAt = start
  }

  // MARK: - Time

  /// Machines between two looks at `checkpoint` while the cloud is filled.
  private static var machinesPerSlice: Int { 1 << 12 }

  /// Fills the cloud as it is once it has run for long, and schedules what comes first.
  /// - Parameter checkpoint: called every few thousand machines, of which a large cloud has a million.
  /// - Throws: what `checkpoint` throws.
  mutating func start(
    _ schedule: inout Schedule<Event>, checkpoint: () throws -> Void
  ) rethrows {
    let perSecond = Double(parameters.arrivals) / (Double(parameters.days) * 86_400)
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
      schedule.after(outage.begins, .outageBegins)
      schedule.after(outage.begins + outage.lasts, .outageEnds)
    }
    schedule.after(.hours(1), .hour)
  }

  mutating func handle(_ event: Event, _ schedule: inout Schedule<Event>) {
    settle(at: schedule.now)
    switch event {
    case .arrival: arrive(&schedule)
    case .departure(let machine, let number):
      guard machines[Int(machine)].number == number else { return }
      remove(machine)
      tally.departed += 1
    case .failure:
      fail(&schedule)
      scheduleFailure(&schedule)
    case .repaired(let host): setUp(true, host: Int(host))
    case .maintenance:
      maintain()
      scheduleMaintenance(&schedule)
    case .outageBegins: setZone(isUp: false)
    case .outageEnds: setZone(isUp: true)
    case .hour:
      tally.hourly.append(Double(tally.used[0]) / 100 / totalCores)
      if parameters.oversubscription > 1 { lookAtUse(schedule.now) }
      schedule.after(.hours(1), .hour)
    }
  }

  /// The cores that there are.
  var totalCores: Double { parameters.capacity.cores * Double(parameters.hosts) }

  /// What machines really take of the cores that were sold twice.
  private mutating func lookAtUse(_ now: Moment) {
    let use = CloudParameters.use
    let friday = CloudParameters.friday
    let isTogether =
      parameters.isTogether && now.weekday == .friday && now.hour > friday.fromHour
      && now.hour <= friday.toHour
    let chance = isTogether ? friday.busy : use.busy
    let hour = tally.hourly.count
    for host in 0..<min(parameters.hosts, CloudParameters.hostsSampled) where !index.isDown(host) {
      var wanted = 0.0
      for machine in machinesOn(host) {
        let cores = shapes[Int(machines[Int(machine)].shape)].resources.cores
        let draw = useStream.entity(Int(machines[Int(machine)].number)).uniform(hour)
        wanted += cores * (draw < chance ? 1 : use.idle)
      }
      tally.hostHours += 1
      tally.coreHoursWanted += wanted
      guard wanted > parameters.capacity.cores else { continue }
      tally.hostHoursOverloaded += 1
      tally.coreHoursLacking += wanted - parameters.capacity.cores
    }
  }

  /// Brings the integrals up to now.
  mutating func settle(at now: Moment) {
    guard now > settledAt else { return }
    let seconds = (now - settledAt).seconds
    tally.coreSeconds += Double(tally.used[0]) / 100 * seconds
    tally.memorySeconds += Double(tally.used[1]) / 1_000 * seconds
    tally.machineSeconds += Double(tally.live) * seconds
    tally.downSeconds += Double(tally.down) * seconds
    settledAt = now
  }

  private mutating func scheduleArrival(_ schedule: inout Schedule<Event>) {
    let gap = arrivalsStream.entity(arrivalDraws).exponential(0) / peakRate
    schedule.after(.seconds(gap), .arrival)
  }

  private mutating func arrive(_ schedule: inout Schedule<Event>) {
    let turn = (schedule.now.timeOfDay.seconds - 15 * 3_600) / 86_400
    let swing = CloudParameters.dailySwing
    let share = (1 + swing * Portable.cos(2 * .pi * turn)) / (1 + swing)
    if arrivalsStream.entity(arrivalDraws).uniform(1) < share {
      deploy(shortShare: CloudParameters.short.share, &schedule)
    }
    arrivalDraws += 1
    scheduleArrival(&schedule)
  }

  // MARK: - Tenants

  private mutating func deploy(shortShare: Double, _ schedule: inout Schedule<Event>) {
    let draws = deploymentStream.entity(nextDeployment)
    let size = deploymentSize(draws.uniform(0))
    let shapeDraw = draws.uniform(1)
    let shape = UInt8(shapeShares.firstIndex { shapeDraw < $0 } ?? shapes.count - 1)
    let deployment = size > 1 ? Int32(truncatingIfNeeded: nextDeployment) : -1
    nextDeployment += 1
    for member in 0..<size {
      tally.asked += 1
      guard let place = place(shape, deployment) else {
        tally.refusals[
          index.refusal(of: shapes[Int(shape)].resources, peers: peersOf(deployment)), default: 0] +=
          1
        continue
      }
      let machine = add(shape, deployment, on: place)
      tally.placed += 1
      let mean =
        draws.uniform(2 + 2 * member) < shortShare ? CloudParameters.short.mean : longMean
      let life = mean.seconds * draws.exponential(3 + 2 * member)
      schedule.after(
        .seconds(min(life, 3e9)),
        .departure(machine: machine, number: machines[Int(machine)].number))
    }
  }

  private func deploymentSize(_ draw: Double) -> Int {
    var sum = 0.0
    for (size, share) in CloudParameters.deployments {
      sum += share
      if draw < sum { return size }
    }
    return 1
  }

  private func peersOf(_ deployment: Int32) -> [Int32] {
    deployment < 0 ? [] : peers[deployment] ?? []
  }

  private mutating func place(_ shape: UInt8, _ deployment: Int32, except: Int = -1) -> Int? {
    tally.placements += 1
    let peers = peersOf(deployment)
    var inZones: [Int32] = []
    if !peers.isEmpty {
      inZones = Array(repeating: 0, count: parameters.zones)
      for host in peers { inZones[Int(index.zones[Int(host)])] += 1 }
    }
    return index.place(
      shapes[Int(shape)].resources, by: Placing.self, peers: peers, peersInZone: inZones,
      except: except)
  }

  private mutating func add(_ shape: UInt8, _ deployment: Int32, on host: Int) -> Int32 {
    let machine = Machine(
      host: -1, number: nextMachine, shape: shape, deployment: deployment, next: -1, previous: -1)
    nextMachine += 1
    let place: Int32
    if let free = vacant.popLast() {
      place = free
      machines[Int(free)] = machine
    } else {
      place = Int32(machines.count)
      machines.append(machine)
    }
    attach(place, to: host)
    tally.live += 1
    tally.used &+= SIMD4<Int64>(truncatingIfNeeded: shapes[Int(shape)].resources)
    return place
  }

  private mutating func remove(_ machine: Int32) {
    let shape = machines[Int(machine)].shape
    if index.isDown(Int(machines[Int(machine)].host)) { tally.down -= 1 }
    detach(machine)
    // Its number is nobody's any more, so its departure, if one is due, means nothing.
    machines[Int(machine)].number = .max
    vacant.append(machine)
    tally.live -= 1
    tally.used &-= SIMD4<Int64>(truncatingIfNeeded: shapes[Int(shape)].resources)
  }

  private mutating func attach(_ machine: Int32, to host: Int) {
    let place = Int(machine)
    index.take(shapes[Int(machines[place].shape)].resources, from: host)
    machines[place].host = Int32(host)
    machines[place].previous = -1
    machines[place].next = firstOnHost[host]
    if firstOnHost[host] >= 0 { machines[Int(firstOnHost[host])].previous = machine }
    firstOnHost[host] = machine
    let deployment = machines[place].deployment
    if deployment >= 0 { peers[deployment, default: []].append(Int32(host)) }
  }

  private mutating func detach(_ machine: Int32) {
    let gone = machines[Int(machine)]
    let host = Int(gone.host)
    index.giveBack(shapes[Int(gone.shape)].resources, to: host)
    if gone.previous >= 0 {
      machines[Int(gone.previous)].next = gone.next
    } else {
      firstOnHost[host] = gone.next
    }
    if gone.next >= 0 { machines[Int(gone.next)].previous = gone.previous }
    machines[Int(machine)].host = -1
    guard gone.deployment >= 0, var hosts = peers[gone.deployment] else { return }
    if let at = hosts.firstIndex(of: gone.host) { hosts.remove(at: at) }
    peers[gone.deployment] = hosts.isEmpty ? nil : hosts
  }

  // MARK: - Hosts

  private func machinesOn(_ host: Int) -> [Int32] {
    var list: [Int32] = []
    var next = firstOnHost[host]
    while next >= 0 {
      list.append(next)
      next = machines[Int(next)].next
    }
    return list
  }

  private mutating func setUp(_ isUp: Bool, host: Int) {
    guard isUp == index.isDown(host) else { return }
    index.setUp(isUp, host: host)
    let count = machinesOn(host).count
    tally.down += isUp ? -count : count
  }

  private mutating func scheduleFailure(_ schedule: inout Schedule<Event>) {
    let perSecond = parameters.failuresPerYear * Double(parameters.hosts) / 31_557_600
    schedule.after(
      .seconds(min(3e9, hostStream.entity(failures).exponential(0) / perSecond)), .failure)
  }

  /// A host fails, and what ran on it is started anew elsewhere.
  private mutating func fail(_ schedule: inout Schedule<Event>) {
    let draw = hostStream.entity(failures).uniform(1)
    failures += 1
    let host = min(parameters.hosts - 1, Int(draw * Double(parameters.hosts)))
    guard !index.isDown(host) else { return }
    tally.hostFailures += 1
    setUp(false, host: host)
    for machine in machinesOn(host) {
      let gone = machines[Int(machine)]
      tally.down -= 1
      detach(machine)
      if let other = place(gone.shape, gone.deployment) {
        attach(machine, to: other)
        tally.restarted += 1
      } else {
        tally.lost += 1
        machines[Int(machine)].number = .max
        vacant.append(machine)
        tally.live -= 1
        tally.used &-= SIMD4<Int64>(truncatingIfNeeded: shapes[Int(gone.shape)].resources)
      }
    }
    schedule.after(CloudParameters.repair, .repaired(host: Int32(host)))
  }

  private mutating func scheduleMaintenance(_ schedule: inout Schedule<Event>) {
    let gap = Double(parameters.maintenanceDays) * 86_400 / Double(parameters.hosts)
    schedule.after(.seconds(gap), .maintenance)
  }

  /// Empties the next host by moving its machines while they run; one that finds no place stays, and the
  /// host with it.
  private mutating func maintain() {
    let host = nextMaintenance
    nextMaintenance = (nextMaintenance + 1) % parameters.hosts
    guard !index.isDown(host) else { return }
    var isEmpty = true
    for machine in machinesOn(host) {
      let moving = machines[Int(machine)]
      guard let other = placeAgain(machine, except: host) else {
        isEmpty = false
        continue
      }
      detach(machine)
      precondition(other != host && moving.host == Int32(host), "a machine moves to where it is")
      attach(machine, to: other)
      tally.migrated += 1
    }
    tally.maintained += isEmpty ? 1 : 0
    tally.maintenancePutOff += isEmpty ? 0 : 1
  }

  /// A place for a machine that runs; its own host does not count as one of its peers.
  private mutating func placeAgain(_ machine: Int32, except host: Int) -> Int? {
    place(machines[Int(machine)].shape, machines[Int(machine)].deployment, except: host)
  }

  private mutating func setZone(isUp: Bool) {
    guard let outage = parameters.outage else { return }
    for host in index.zones.indices where Int(index.zones[host]) == outage.zone {
      setUp(isUp, host: host)
    }
    if !isUp { tally.downAtOutage = tally.down }
  }
}

extension CloudModel {
  /// What is wrong with the books, for tests: nothing, if all is right.
  var faults: [String] {
    var faults: [String] = []
    var used = Array(repeating: Resources(repeating: 0), count: parameters.hosts)
    var live = 0
    for machine in machines where machine.host >= 0 {
      live += 1
      used[Int(machine.host)] &+= shapes[Int(machine.shape)].resources
    }
    for host in used.indices where used[host] &+ index.free[host] != parameters.sold {
      faults.append("host \(host) has \(index.free[host]) left beside \(used[host])")
    }
    for host in used.indices where !parameters.sold.holds(used[host]) {
      faults.append("host \(host) holds \(used[host])")
    }
    if live != tally.live { faults.append("\(live) machines, \(tally.live) counted") }
    if tally.asked != tally.placed + tally.refused { faults.append("asked ≠ placed + refused") }
    if tally.placed != tally.live + tally.departed + tally.lost {
      faults.append("placed ≠ live + departed + lost")
    }
    for (deployment, hosts) in peers where Set(hosts).count != hosts.count {
      faults.append("deployment \(deployment) shares a host")
    }
    return faults
  }
}
