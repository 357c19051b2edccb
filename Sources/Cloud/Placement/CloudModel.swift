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
    /// A host of the oldest is emptied for good, and a new one takes its place.
    case retirement(host: Int32)
    /// Something breaks in a zone, is looked at, is repaired.
    case incidentBegins
    case incident
    case incidentEnds
    /// An hour is over.
    case hour
    /// Somebody asks for a spot machine.
    case spotArrival
    /// Spot machines that were told to leave do so, and who waited for their room starts.
    case noticeOver(host: Int32, claim: UInt32)
    /// The rival lowers its price.
    case rivalCut
    /// Tenants who go over to the rival do so once a day.
    case day
  }

  /// What a machine is to its host.
  enum Standing: UInt8, Sendable {
    /// It is paid in full.
    case paid
    /// The same, but it waits for spot machines to leave.
    case waiting
    /// It runs on what is idle.
    case spot
    /// The same, and it was told to leave.
    case leaving

    var isSpot: Bool { self == .spot || self == .leaving }
  }

  /// A machine of a tenant.
  struct Machine: Sendable {
    /// Where it runs; negative once it is gone.
    var host: Int32
    /// Which machine of all this is: its place is used again.
    var number: UInt32
    var shape: UInt8
    var standing: Standing
    /// Whether its tenant paid for the promise that there is room.
    var isPromised: Bool
    /// The deployment of several that it belongs to; negative for one of its own.
    var deployment: Int32
    /// Whose it is; negative where accounts make no difference.
    var account: Int32
    /// The others on its host, as a list.
    var next: Int32
    var previous: Int32
  }

  let parameters: CloudParameters
  /// The years that hosts are of; one where all are alike.
  let generations: [HostGeneration]
  let shapes: [VirtualShape]
  let shapeShares: [Double]
  let longMean: TimeSpan
  let peakRate: Double
  let arrivalsStream: RandomStream
  let deploymentStream: RandomStream
  let hostStream: RandomStream
  let useStream: RandomStream
  let accountStream: RandomStream
  let switchingStream: RandomStream
  let spotStream: RandomStream

  /// What hosts have left.
  var index: HostIndex
  /// What they have left beside those who pay in full; where there are no spot machines, the same.
  var beside: HostIndex?
  var machines: [Machine] = []
  var vacant: [Int32] = []
  var firstOnHost: [Int32]
  /// Hosts that are in repair, or that are being put in.
  var inRepair: Set<Int32> = []
  /// By zone: the hall in which its hosts stand.
  var halls: [ZoneHall]
  /// By zone: since when it is dark, nil if it is not; for how long it was before; and when it first went.
  var darkSince: [Moment?]
  var darkTime: [TimeSpan]
  var wentDark: [TimeSpan?]
  /// By zone that is dark: when hosts that were switched on will serve.
  var startsAt: [Moment?]
  /// Whether what broke is repaired, or nothing did.
  var isIncidentOver = true
  /// By host, where there are generations: when it was bought, and whether it takes nothing while it runs on,
  /// until it is empty.
  var bought: [Moment] = []
  var cordons: [Bool] = []
  /// The cores that there are.
  var totalCores: Double
  /// By zone: what its hosts sell.
  var soldInZone: [SIMD4<Int64>]
  /// The hosts of the machines of each deployment of several.
  var peers: [Int32: [Int32]] = [:]
  /// By the host: who waits there for spot machines to leave.
  var notices: [Int32: Notices] = [:]
  var nextClaim: UInt32 = 0
  var nextMachine: UInt32 = 0
  var nextDeployment = 0
  var nextSpot = 0
  var arrivalDraws = 0
  var failures = 0
  var nextMaintenance = 0
  /// By account: cores, hundredths, and whether it went over to the rival.
  var coresOfAccount: [Int64]
  var isGone: [Bool]
  /// How many tenants come beside how many would at equal prices.
  var demand: Double
  var day = 0

  var tally = CloudTally()
  var settledAt: Moment

  init(_ parameters: CloudParameters, shapes: [VirtualShape]) {
    self.parameters = parameters
    self.shapes = shapes
    generations = parameters.allGenerations
    let weights = shapes.reduce(0) { $0 + $1.weight }
    var sum = 0.0
    shapeShares = shapes.map { shape in
      sum += shape.weight / weights
      return sum
    }
    longMean = parameters.longMean(shapes)
    demand = parameters.competition?.demand ?? 1
    let perSecond = Double(parameters.arrivals) / (Double(parameters.days) * 86_400)
    peakRate =
      perSecond / CloudParameters.deploymentMean * (1 + CloudParameters.dailySwing) * demand
    arrivalsStream = RandomStream(seed: parameters.seed, name: "cloud arrivals")
    deploymentStream = RandomStream(seed: parameters.seed, name: "cloud deployments")
    hostStream = RandomStream(seed: parameters.seed, name: "cloud hosts")
    useStream = RandomStream(seed: parameters.seed, name: "cloud use")
    accountStream = RandomStream(seed: parameters.seed, name: "cloud accounts")
    switchingStream = RandomStream(seed: parameters.seed, name: "cloud switching")
    spotStream = RandomStream(seed: parameters.seed, name: "cloud spot")
    index = HostIndex(
      capacities: generations.map { parameters.sold(of: $0.capacity) },
      kinds: (0..<parameters.hosts).map(parameters.generation),
      zones: (0..<parameters.hosts).map { UInt8($0 % parameters.zones) }, order: Placing.order)
    soldInZone = Array(repeating: SIMD4(repeating: 0), count: parameters.zones)
    totalCores = parameters.coresPerHost * Double(parameters.hosts)
    beside = parameters.spot > 0 ? index : nil
    firstOnHost = Array(repeating: -1, count: parameters.hosts)
    let accounts = parameters.hasAccounts ? parameters.accounts : 0
    coresOfAccount = Array(repeating: 0, count: accounts)
    isGone = Array(repeating: false, count: accounts)
    settledAt = parameters.start
    halls = CloudModel.halls(parameters)
    darkSince = Array(repeating: nil, count: parameters.zones)
    darkTime = Array(repeating: .zero, count: parameters.zones)
    wentDark = Array(repeating: nil, count: parameters.zones)
    startsAt = wentDark.map { _ in nil }
    for host in index.zones.indices { countSold(host, 1) }
    if parameters.generations != nil { startGenerations() }
  }

  mutating func handle(_ event: Event, _ schedule: inout Schedule<Event>) {
    settle(at: schedule.now)
    switch event {
    case .arrival: arrive(&schedule)
    case .departure(let machine, let number):
      guard machines[Int(machine)].number == number else { return }
      let isSpot = machines[Int(machine)].standing.isSpot
      remove(machine)
      if isSpot { tally.spot.departed += 1 } else { tally.departed += 1 }
    case .failure:
      fail(&schedule)
      scheduleFailure(&schedule)
    case .repaired(let host): endRepair(host)
    case .maintenance:
      maintain()
      scheduleMaintenance(&schedule)
    case .retirement(let host): retire(Int(host), &schedule)
    case .incidentBegins: setIncident(isOver: false, &schedule)
    case .incident: lookDuringIncident(&schedule)
    case .incidentEnds: setIncident(isOver: true, &schedule)
    case .hour:
      tally.hourly.append(Double(tally.used[0]) / 100 / totalCores)
      if parameters.spot > 0 {
        tally.spot.hourly.append(Double(tally.spot.used) / 100 / totalCores)
      }
      if parameters.oversubscription > 1 { lookAtUse(schedule.now) }
      lookAtHalls(&schedule)
      schedule.after(.hours(1), .hour)
    case .spotArrival: arriveSpot(&schedule)
    case .noticeOver(let host, let claim): endNotice(host, claim)
    case .rivalCut: cutByRival(&schedule)
    case .day: switchTenants(&schedule)
    }
  }
}
