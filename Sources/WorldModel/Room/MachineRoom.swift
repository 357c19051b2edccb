import Catalogs
import Facility
import Quantities
import Randomness
import Service
import SimulationKernel

/// The learner's machine room: the building, what stands in it, and who looks after it.
///
/// It closes the loop between the shop and the metal: requests make servers busy, busy servers draw
/// watts, watts are heat, heat throttles and trips servers, and those serve fewer requests.
package struct MachineRoom: Codable, Sendable {
  /// Where it stands, by its name in the catalog.
  package let siteID: String
  /// What kind of room it is, by its name in the catalog.
  package let buildingID: String
  /// Its floor, m².
  package let area: Double
  /// What its machines may draw.
  package let power: Power
  /// When it was promised.
  package let promised: Moment
  /// When the keys are handed over.
  package let opens: Moment

  /// The engine: power, cooling, air.
  package internal(set) var room: Room
  /// The parts that wear out, and who replaces them.
  package internal(set) var operation: FleetOperation
  /// What was measured.
  package internal(set) var records: RoomRecords
  /// What happened to machines and parts, in order.
  package internal(set) var incidents = Series<Incident>()
  /// Racks whose switch or cabling failed, and until when; `distantFuture` for until it is replaced.
  package internal(set) var cutOff: [Moment?] = []
  /// The number of the switch of each rack among the parts.
  var switches: [Int] = []
  /// What will be repaired by itself, and when.
  var repairs: [PendingRepair] = []
  /// The moment up to which loads and records are brought up to date.
  var settledUntil: Moment
  /// What the cores of each machine had worked then, by the order of the machines.
  var busyTimes: [TimeSpan] = []
  /// The accounts of the room then.
  var accounts: RoomAccounts
  /// Who keeps strangers out.
  package internal(set) var security = Security.locks
  /// How many technicians are paid; with none the quilt maker does the work.
  package internal(set) var staff = 0
  /// Whether the machines here are insured against theft and wreckage.
  package internal(set) var isInsured = false
  /// How busy machines are that no shop keeps busy.
  package internal(set) var profile: LoadProfile?
  /// Which machines stand in each rack, in the order of the engine's groups.
  var layout: [[Int]] = []
  /// When machines that are starting will have started.
  var starts: [Moment] = []
  /// What each rack had drawn and breathed when the records were last brought up to date.
  var rackEnergies: [Double] = []
  var rackInletAreas: [Double] = []
  /// The warmest that each rack's inlet was since then.
  var rackPeaks: [Double] = []

  /// A part that is repaired at a moment.
  struct PendingRepair: Hashable, Codable, Sendable {
    var moment: Moment
    var part: RoomPart
  }

  /// How often loads follow the shop.
  ///
  /// `Chosen:` each minute where there is a shop, as air heats up in minutes; with the room's controls
  /// where loads follow a profile.
  package var step: TimeSpan { profile == nil ? .minutes(1) : room.plan.controlPeriod }

  /// A room that was ordered.
  init(
    site: Catalog.Site, building: Catalog.Building, area: Double, power: Power, ordered: Moment,
    promised: Moment, opens: Moment, seed: UInt64
  ) {
    siteID = site.id
    buildingID = building.id
    self.area = area
    self.power = power
    self.promised = promised
    self.opens = opens
    let plan = RoomPlan(
      thermals: .floor(area),
      containment: .none, feeds: [FeedPlan(name: "A", rating: power)], cooling: [], racks: [],
      climate: site.climate(seed: seed), leastDewPoint: nil)
    room = Room(plan: plan, start: ordered)
    operation = FleetOperation(
      fleet: ComponentFleet([], zones: 0, start: ordered, seed: seed),
      shop: RepairShop(
        technicians: 1, shift: MachineRoom.ownShift, start: ordered,
        policy: { RepairShop.usualPolicy($0, spares: 0) }),
      domains: DomainFailures(
        DomainProcess.small(racks: 0, coolingUnits: 0, ups: 0, generators: 0), start: ordered,
        seed: seed),
      seed: seed)
    records = RoomRecords(start: ordered)
    settledUntil = ordered
    accounts = room.accounts
  }

  /// How many racks it holds.
  package var places: Int { RoomThermals.places(onArea: area) }

  /// When the quilt maker looks after her machines, if nobody else does.
  ///
  /// `Chosen:` every day from 8 to 20 o'clock.
  package static let ownShift = WeeklyWindow(days: 0...6, fromHour: 8, toHour: 20)

  /// The rack of a name, or nil.
  package func rack(named name: String) -> Int? {
    room.racks.firstIndex { $0.plan.name == name }
  }

  /// The feed of a name, or nil.
  package func feed(named name: String) -> Int? {
    room.feeds.firstIndex { $0.plan.name == name }
  }
}

/// How busy machines are by the hour of the day, where no shop keeps them busy: a mean, and a wave
/// around it that is highest in the afternoon.
package struct LoadProfile: Hashable, Codable, Sendable {
  /// The mean, from 0 to 1.
  package var mean: Double
  /// How far the wave goes up and down.
  package var swing: Double

  /// A profile that stays within 0 and 1.
  package init(mean: Double, swing: Double) {
    self.mean = mean
    self.swing = min(swing, mean, 1 - mean)
  }

  /// The load at a moment; highest at 15 o'clock.
  func load(at moment: Moment) -> Double {
    let turn = (moment.timeOfDay.seconds - 15 * 3_600) / 86_400
    return mean + swing * Portable.cos(2 * .pi * turn)
  }
}

/// Something that happened to machines or parts of a room, and is no event of its air and power.
package struct Incident: Hashable, Codable, Sendable {
  /// When.
  package var moment: Moment
  /// What.
  package var what: What

  /// What can happen.
  package enum What: Hashable, Codable, Sendable {
    /// A part of a machine failed, at an age in time at 20 °C.
    case partFailed(machine: Int, kind: ComponentKind, age: TimeSpan, cause: FailureCause)
    /// A part of a machine was replaced.
    case partReplaced(machine: Int, kind: ComponentKind)
    /// A machine stopped because of its broken parts.
    case machineDown(machine: Int)
    /// A machine serves again.
    case machineUp(machine: Int)
    /// The switch of a rack failed, or its cabling.
    case rackCutOff(rack: Int, isSwitch: Bool)
    /// A rack can be reached again.
    case rackReachable(rack: Int)
    /// A firmware roll-out broke so many machines.
    case rollout(number: Int)
    /// A disk with the orders on it failed.
    case storageDiskFailed(ordersLost: Int)
    /// Somebody came in and took or broke machines.
    case intrusion(machines: Int)
  }
}
