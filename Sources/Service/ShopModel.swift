import Quantities
import SimulationKernel

/// The quilt shop as an event model: visits, their pages, and the stations they pass through.
///
///     click ─▶ web server (least connections; backlog, workers, cores shared)
///           ─▶ data tier ─▶ disk ─▶ uplink (shared) ─▶ answered ─▶ think ─▶ click …
///
/// About four events a page: click, cores, stored, uplink.
struct ShopModel: Model, Sendable, Codable {
  enum Event: Sendable, Codable {
    /// A visit begins, or the search for the next one goes on.
    case arrival
    /// A visitor asks for a page.
    case click(visit: Int32)
    /// The first request on a server's cores may be finished.
    case cores(server: Int32)
    /// The data tier may be free for the first page in its line.
    case dataFree
    /// A page's data has come from the disk.
    case stored(visit: Int32, attempt: UInt16)
    /// The first page on the uplink may be through.
    case uplink
    /// The same on the line of whoever rents out servers.
    case remoteLine
    /// Somebody's patience may be at its end.
    case patience
  }

  /// Until when a page counts as answered in time: the goal that the course's shop sets itself.
  static let inTime = TimeSpan.seconds(2)
  /// How long a visitor whose page failed waits before asking once more.
  ///
  /// `Chosen:` the time to see that nothing comes and to press the button again.
  static let retryDelay = TimeSpan.seconds(3)
  /// Visitors give up at whole quarters of a second.
  ///
  /// `Chosen:` finer than anyone feels, and coarse enough that an overload does not look at
  /// everybody's patience for each one who leaves.
  static let patienceGrid = TimeSpan.seconds(0.25)

  let visitors: Visitors
  private(set) var demand: Demand
  var work: PageWork
  private(set) var uplinkRate: DataRate

  var arrivals: Arrivals
  var visits: [Visit] = []
  var vacantVisits: [Int32] = []
  var servers: [WebServer] = []
  var dataTier: DataTier
  /// The share of its time that the disk has for pages.
  var diskPace = 1.0
  /// How fast the data tier and its disk are; the shop's own of 2004 is 1.
  var dataSpeed = 1.0
  /// Whether pictures come from a content delivery network.
  var isDelivered = false
  /// Whether there are data to make pages from.
  var hasData = true
  /// Whether visitors find the way in.
  var isReachable = true
  var uplink: ProcessorSharing
  /// The line of whoever rents out servers.
  var remoteLine: ProcessorSharing
  /// Pages that are asked for and neither answered nor failed.
  var requestsInFlight = 0
  var patienceDue = Moment.distantFuture

  var occupancy: Occupancy
  var records: Records

  init(start: Moment, seed: UInt64, demand: Demand, uplink rate: DataRate) {
    visitors = Visitors(seed: seed)
    self.demand = demand
    work = PageWork()
    uplinkRate = rate
    arrivals = Arrivals(start: start, demand: demand, visitors: visitors)
    dataTier = DataTier(now: start)
    uplink = ShopModel.uplinkStation(rate, now: start)
    remoteLine = ShopModel.uplinkStation(.bitsPerSecond(1), now: start)
    occupancy = Occupancy(now: start)
    records = Records(start: start)
  }

  mutating func handle(_ event: Event, _ schedule: inout Schedule<Event>) {
    closeMinutes(until: schedule.now)
    switch event {
    case .arrival: arrivalDue(&schedule)
    case .click(let visit): request(visit, &schedule)
    case .cores(let server): coresTick(Int(server), &schedule)
    case .dataFree: serveDataLine(&schedule)
    case .stored(let visit, let attempt): dataStored(visit, attempt: attempt, &schedule)
    case .uplink: uplinkTick(&schedule)
    case .remoteLine: remoteLineTick(&schedule)
    case .patience: patienceTick(&schedule)
    }
  }

  private mutating func arrivalDue(_ schedule: inout Schedule<Event>) {
    // A change of demand leaves the old arrival pending; it is nobody's any more.
    guard schedule.now == arrivals.due else { return }
    if arrivals.isLookout {
      arrivals.lookFurther(demand)
    } else {
      let visit = beginVisit(number: arrivals.visit, at: schedule.now)
      arrivals.advance(demand: demand, visitors: visitors)
      request(visit, &schedule)
    }
    schedule.at(arrivals.due, .arrival)
  }

  private mutating func beginVisit(number: Int, at now: Moment) -> Int32 {
    records.minute[.visits] += 1
    guard let place = vacantVisits.popLast() else {
      visits.append(Visit(number: number, begun: now, visitors: visitors, attempt: 0))
      return Int32(visits.count - 1)
    }
    let attempt = visits[Int(place)].attempt
    visits[Int(place)] = Visit(number: number, begun: now, visitors: visitors, attempt: attempt)
    return place
  }

  /// Closes all minutes that are over at `now`.
  ///
  /// Each is settled at its own end, so it does not matter who notices, an event or the end of a run.
  mutating func closeMinutes(until now: Moment) {
    while records.minuteEnd <= now {
      settleMinute(at: records.minuteEnd)
      records.closeMinute()
    }
  }

  /// Brings the open minute up to `now`.
  mutating func settleMinute(at now: Moment) {
    occupancy.settle(at: now)
    let busy = dataTier.takeBusy(until: now)
    records.minute[.time] += occupancy.time
    records.minute[.uplinkBusy] += occupancy.uplinkBusy
    records.minute[.coreBusy] += occupancy.coreBusy
    records.minute[.coreTime] += occupancy.coreTime
    records.minute[.dataBusy] += busy.data
    records.minute[.diskBusy] += busy.disk
    records.minute[.serverStay] += occupancy.serverTime
    records.minute[.dataStay] += occupancy.dataLineTime + busy.data
    records.minute[.uplinkStay] += occupancy.uplinkTime
    occupancy.clearIntegrals()
  }

  /// An uplink as a station: bytes are its work, and one page may have all of it.
  private static func uplinkStation(_ rate: DataRate, now: Moment) -> ProcessorSharing {
    let bytesPerNanosecond = rate.bytesPerSecond * 1e-9
    return ProcessorSharing(capacity: bytesPerNanosecond, jobRate: bytesPerNanosecond, now: now)
  }
}

// MARK: - What the learner changes

extension ShopModel {
  /// Schedules the first arrival.
  mutating func start(_ schedule: inout Schedule<Event>) { schedule.at(arrivals.due, .arrival) }

  /// Changes the demand from now on.
  mutating func setDemand(_ new: Demand, _ schedule: inout Schedule<Event>) {
    arrivals.change(from: demand, to: new, at: schedule.now)
    demand = new
    schedule.at(arrivals.due, .arrival)
  }

  /// Changes the uplink's rate from now on; pages that are on their way keep what they have.
  mutating func setUplink(_ rate: DataRate, _ schedule: inout Schedule<Event>) {
    uplink.advance(to: schedule.now)
    let bytesPerNanosecond = rate.bytesPerSecond * 1e-9
    uplink.setRates(capacity: bytesPerNanosecond, jobRate: bytesPerNanosecond)
    uplinkRate = rate
    scheduleUplinkTick(&schedule)
  }

  /// Changes the rate of the line of whoever rents out servers.
  mutating func setRemoteLine(_ rate: DataRate, _ schedule: inout Schedule<Event>) {
    remoteLine.advance(to: schedule.now)
    let bytesPerNanosecond = rate.bytesPerSecond * 1e-9
    remoteLine.setRates(capacity: bytesPerNanosecond, jobRate: bytesPerNanosecond)
    scheduleRemoteLineTick(&schedule)
  }

  mutating func addServer(_ model: ServerModel, isRemote: Bool = false, at now: Moment) {
    occupancy.settle(at: now)
    occupancy.cores += model.cores
    servers.append(WebServer(model: model, now: now))
    servers[servers.count - 1].isRemote = isRemote
  }

  /// Switches a server on or off; all requests that it holds fail, as if it had refused them.
  mutating func setServer(_ index: Int, isUp: Bool, _ schedule: inout Schedule<Event>) {
    guard servers[index].isUp != isUp else { return }
    if !isUp { dropRequests(ofServer: index, &schedule) }
    occupancy.settle(at: schedule.now)
    occupancy.cores += isUp ? servers[index].model.cores : -servers[index].model.cores
    servers[index].isUp = isUp
  }

  /// Lets a server's cores run at a share of their speed from now on.
  mutating func setServer(_ index: Int, pace: Double, _ schedule: inout Schedule<Event>) {
    guard servers[index].pace != pace else { return }
    servers[index].advance(to: schedule.now)
    servers[index].setPace(pace)
    // A tick that is pending may come too late for the new speed, and harmlessly early.
    servers[index].cores.forgetTicks()
    scheduleCoresTick(index, &schedule)
  }

  private mutating func dropRequests(ofServer index: Int, _ schedule: inout Schedule<Event>) {
    closeMinutes(until: schedule.now)
    for place in visits.indices where visits[place].isInFlight {
      guard visits[place].stage != .uplink, visits[place].server == Int32(index) else { continue }
      withdraw(Int32(place), &schedule)
      records.minute[.refused] += 1
      fail(Int32(place), &schedule)
    }
  }

  /// Takes a server away.
  ///
  /// All requests that it holds fail, as if it had refused them.
  mutating func removeServer(_ index: Int, _ schedule: inout Schedule<Event>) {
    dropRequests(ofServer: index, &schedule)
    occupancy.settle(at: schedule.now)
    if servers[index].isUp { occupancy.cores -= servers[index].model.cores }
    servers.remove(at: index)
    for place in visits.indices where visits[place].server > Int32(index) {
      visits[place].server -= 1
    }
    // Ticks name servers by position: those that are pending may mean another one now, or none.
    for server in index..<servers.count {
      servers[server].cores.forgetTicks()
      scheduleCoresTick(server, &schedule)
    }
  }
}
