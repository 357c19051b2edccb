import Quantities
import SimulationKernel

/// The quilt shop, simulated request by request: a value, so a copy is a snapshot.
///
/// It starts without servers, and refuses everybody until it has one. What happened is read through
/// `accounts`.
package struct Shop: Sendable, Codable {
  var simulation: Simulation<ShopModel>

  /// A shop that opens at `start`.
  package init(start: Moment, seed: UInt64, demand: Demand, uplink: DataRate) {
    precondition(uplink.bytesPerSecond >= 0, "an uplink of \(uplink.bytesPerSecond) bytes a second")
    simulation = Simulation(
      model: ShopModel(start: start, seed: seed, demand: demand, uplink: uplink), start: start)
    simulation.model.start(&simulation.schedule)
  }

  /// The current moment.
  package var now: Moment { simulation.schedule.now }

  /// When the shop opened.
  package var start: Moment { simulation.model.records.start }

  /// The seed from which the visitors follow.
  package var seed: UInt64 { simulation.model.visitors.seed }

  /// How many visits come, and when.
  package var demand: Demand { simulation.model.demand }

  /// What a page view asks of each part.
  package var work: PageWork { simulation.model.work }

  /// The rate of the line to the Internet.
  package var uplink: DataRate { simulation.model.uplinkRate }

  /// The models of the web servers, in the order in which they were added.
  package var servers: [ServerModel] { simulation.model.servers.map(\.model) }

  /// Whether a server runs, by its place among `servers`.
  package func isServerUp(_ index: Int) -> Bool { simulation.model.servers[index].isUp }

  /// The share of its speed at which a server runs.
  package func pace(ofServer index: Int) -> Double { simulation.model.servers[index].pace }

  /// How long the cores of a server have worked since it was added, summed over them.
  package func busyTime(ofServer index: Int) -> TimeSpan {
    TimeSpan(nanoseconds: simulation.model.servers[index].busyTime(until: now))
  }

  /// The same of all servers, in their order.
  package var busyTimes: [TimeSpan] {
    simulation.model.servers.map { TimeSpan(nanoseconds: $0.busyTime(until: now)) }
  }

  /// Visits that are under way.
  package var visitsUnderWay: Int {
    simulation.model.visits.count - simulation.model.vacantVisits.count
  }

  /// Page views that are asked for and neither answered nor failed.
  package var requestsInFlight: Int { simulation.model.requestsInFlight }

  /// All that has happened so far.
  ///
  /// Reading it changes nothing: it settles a copy.
  package var accounts: Accounts {
    var model = simulation.model
    model.closeMinutes(until: now)
    model.settleMinute(at: now)
    return Accounts(records: model.records, now: now)
  }
}

// MARK: - Time

extension Shop {
  /// Events between two looks at `checkpoint`: a millisecond or two of work, twenty in a build for
  /// debugging, so that Ctrl-C is answered at once in either.
  private static let eventsPerSlice = 1 << 13

  /// Lets time pass up to `end`; what is due at `end` itself belongs to what comes after.
  ///
  /// Two runs to the middle and to the end leave the same state as one to the end, bit for bit.
  /// - Parameter checkpoint: called with the moment and the events so far, at least every 2^13 of them
  ///   and every simulated day; if it throws, the shop stands somewhere on the way and can go on from there.
  /// - Throws: what `checkpoint` throws.
  /// - Returns: how many events happened.
  @discardableResult
  package mutating func run(
    to end: Moment, checkpoint: (_ now: Moment, _ events: Int) throws -> Void
  ) rethrows -> Int {
    var events = 0
    while now < end {
      let stop = min(end, now.startOfDay + .days(1))
      var handled = Shop.eventsPerSlice
      while handled == Shop.eventsPerSlice {
        handled = simulation.advance(to: stop, budget: Shop.eventsPerSlice)
        events += handled
        // Before anybody may stop the run, so that a stopped one can go on from here.
        if handled < Shop.eventsPerSlice { simulation.model.closeMinutes(until: now) }
        try checkpoint(now, events)
      }
    }
    return events
  }
}

extension Shop {
  /// Lets time pass up to `end` without anybody to ask on the way.
  /// - Returns: how many events happened.
  @discardableResult
  package mutating func run(to end: Moment) -> Int { run(to: end) { _, _ in } }
}

// MARK: - Changes, all from now on

extension Shop {
  /// Adds web servers.
  /// - Precondition: `count` is not negative.
  package mutating func addServers(_ model: ServerModel, count: Int = 1) {
    precondition(count >= 0, "\(count) servers cannot be added")
    for _ in 0..<count { simulation.model.addServer(model, at: now) }
  }

  /// Adds a web server that stands elsewhere, and is off until it is switched on.
  package mutating func addRemoteServer(_ model: ServerModel) {
    simulation.model.addServer(model, isRemote: true, at: now)
    simulation.model.setServer(
      simulation.model.servers.count - 1, isUp: false, &simulation.schedule)
  }

  /// Changes the rate of the line over which servers elsewhere send.
  package mutating func setRemoteLine(_ rate: DataRate) {
    precondition(rate.bytesPerSecond > 0, "a line of \(rate.bytesPerSecond) bytes a second")
    simulation.model.setRemoteLine(rate, &simulation.schedule)
  }

  /// Takes away a web server by its place among `servers`; those behind it move up.
  ///
  /// The requests that it holds fail as if refused, and their visitors try once more.
  package mutating func removeServer(at index: Int) {
    simulation.model.removeServer(index, &simulation.schedule)
  }

  /// Takes away web servers of a model, the newest first.
  ///
  /// The requests that they hold fail as if refused, and their visitors try once more.
  /// - Throws: `ShopProblem.tooFewServers` if the shop does not have so many; it keeps all then.
  package mutating func removeServers(_ id: String, count: Int = 1) throws(ShopProblem) {
    precondition(count >= 0, "\(count) servers cannot be taken away")
    let present = simulation.model.servers.count { $0.model.id == id }
    guard count <= present else {
      throw .tooFewServers(id: id, wanted: count, present: present)
    }
    for _ in 0..<count {
      guard let last = simulation.model.servers.lastIndex(where: { $0.model.id == id }) else {
        return
      }
      simulation.model.removeServer(last, &simulation.schedule)
    }
  }

  /// Switches a server on or off, by its place among `servers`; the requests that it holds fail.
  package mutating func setServer(_ index: Int, isUp: Bool) {
    simulation.model.setServer(index, isUp: isUp, &simulation.schedule)
  }

  /// Lets a server run at a share of its speed, by its place among `servers`.
  /// - Precondition: the share is above 0 and at most 1.
  package mutating func setServer(_ index: Int, pace: Double) {
    precondition(pace > 0 && pace <= 1, "a pace of \(pace)")
    simulation.model.setServer(index, pace: pace, &simulation.schedule)
  }

  /// Changes the rate of the uplink; pages that are on their way keep what has arrived.
  package mutating func setUplink(_ rate: DataRate) {
    precondition(rate.bytesPerSecond >= 0, "an uplink of \(rate.bytesPerSecond) bytes a second")
    simulation.model.setUplink(rate, &simulation.schedule)
  }

  /// Changes the demand.
  package mutating func setDemand(_ demand: Demand) {
    simulation.model.setDemand(demand, &simulation.schedule)
  }

  /// Changes what pages ask of each part, for pages that get there from now on.
  package mutating func setWork(_ work: PageWork) { simulation.model.work = work }
}

extension Shop {
  /// Says in what state the data are from now on.
  /// - Parameters:
  ///   - isOpen: whether pages can be made from them; if not, all are refused.
  ///   - diskPace: the share of its time that the disk has for pages, above 0 and at most 1.
  package mutating func setStore(isOpen: Bool, diskPace: Double) {
    precondition(diskPace > 0 && diskPace <= 1, "a disk at a pace of \(diskPace)")
    simulation.model.hasData = isOpen
    simulation.model.diskPace = diskPace
  }

  /// Says whether visitors find the way in, from now on; if not, all pages are refused.
  package mutating func setReachable(_ isReachable: Bool) {
    simulation.model.isReachable = isReachable
  }

  /// Whether visitors find the way in.
  package var isReachable: Bool { simulation.model.isReachable }

  /// Lets data tier and disk work at a speed from now on; the shop's own of 2004 is 1.
  /// - Precondition: the speed is above 0.
  package mutating func setDataSpeed(_ speed: Double) {
    precondition(speed > 0, "a data tier at a speed of \(speed)")
    simulation.model.dataSpeed = speed
  }

  /// How fast data tier and disk are.
  package var dataSpeed: Double { simulation.model.dataSpeed }

  /// Lets pictures come from a content delivery network from now on, or from the shop itself.
  ///
  /// It stands near the visitors and is wide: what it sends takes no time that anybody notices, and nothing of
  /// the shop's line. Left out: what it fetches from the shop itself, once for each picture and place.
  package mutating func setDelivered(_ isDelivered: Bool) {
    simulation.model.isDelivered = isDelivered
  }

  /// Whether pictures come from a content delivery network.
  package var isDelivered: Bool { simulation.model.isDelivered }

  /// Sends no further page to a server, by its place among `servers`; it finishes what it has.
  package mutating func drainServer(_ index: Int) {
    simulation.model.servers[index].isDraining = true
  }

  /// Whether there are data to make pages from.
  package var hasData: Bool { simulation.model.hasData }

  /// The share of its time that the disk has for pages.
  package var diskPace: Double { simulation.model.diskPace }
}

/// Why the shop cannot do what it is asked to.
package enum ShopProblem: Error, Hashable, Sendable {
  /// It has fewer servers of the model than are to go.
  case tooFewServers(id: String, wanted: Int, present: Int)
}
