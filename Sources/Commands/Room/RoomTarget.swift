import CommandLanguage
import Facility
import WorldModel

/// What `fail` and `repair` act on.
enum RoomTarget {
  /// Parts of power and cooling.
  case parts([RoomPart])
  /// The switch of a rack.
  case networkSwitch(rack: Int)
  /// A machine, by its place among all.
  case machine(Int)
  /// What heat switched off in a rack.
  case rack(Int)
  /// All that is not in order.
  case everything

  /// The words for what can be meant.
  enum Kind: String, CaseIterable {
    case cooling, utility, feed, ups, generator, breaker, server
    case networkSwitch = "switch"
    case rack, all
    case storage, orders, host, zone, neighbor

    /// What can break.
    static let failing = allCases.filter { $0 != .all && $0 != .rack }.map(\.rawValue)
    /// What can be put in order.
    static let repairing = allCases.filter {
      ![.storage, .orders, .host, .zone, .neighbor].contains($0)
    }
    .map(\.rawValue)

    static let meanings = Dictionary(
      uniqueKeysWithValues: allCases.map { ($0.rawValue, $0.summary) })

    private var summary: String {
      switch self {
      case .cooling: "a cooling unit"
      case .utility: "the line of the power company"
      case .feed: "the switchgear of a feed"
      case .ups: "the UPS of a feed"
      case .generator: "the generator of a feed"
      case .breaker: "the breaker of a feed or of a rack"
      case .server: "a part of a machine"
      case .networkSwitch: "the switch of a rack"
      case .rack: "what heat switched off in a rack"
      case .all: "all that is not in order"
      case .storage: "a disk with the orders on it"
      case .orders: "the orders, deleted by mistake"
      case .host: "the provider's host under your oldest rented machine"
      case .zone: "a zone of the provider, for a while"
      case .neighbor: "the peace on the host under your oldest rented machine, for a while"
      }
    }
  }

  /// The codes of the errors that naming one may give.
  static let errors = [
    "no-room", "not-open", "unknown-rack", "unknown-feed", "unknown-unit", "unknown-machine",
    "not-there", "already",
  ]

  /// What the arguments `part` and `which` mean in a room.
  init(_ arguments: Arguments, _ room: MachineRoom, _ world: World) throws(Diagnostic) {
    guard let kind = arguments.word("part").flatMap(Kind.init) else {
      preconditionFailure("'part' is checked")
    }
    let name = arguments.word("which")
    func feed() throws(Diagnostic) -> Int {
      try room.feed(named: name ?? "A", arguments, at: "which")
    }
    switch kind {
    case .cooling:
      self = .parts([.coolingUnit(try room.unit(named: name ?? "1", arguments, at: "which"))])
    case .utility: self = .parts([.utility(0)])
    case .feed: self = .parts([.feed(try feed())])
    case .ups:
      self = .parts([
        .ups(
          feed: try RoomTarget.equipped(feed(), "UPS", arguments) {
            room.room.feeds[$0].plan.ups != nil
          })
      ])
    case .generator:
      self = .parts([
        .generator(
          feed: try RoomTarget.equipped(feed(), "generator", arguments) {
            room.room.feeds[$0].plan.generator != nil
          })
      ])
    case .breaker:
      if let name, let rack = room.rack(named: name) {
        self = .parts(
          room.room.racks[rack].cords.indices.map { .rackBreaker(rack: rack, cord: $0) })
      } else {
        self = .parts([.feedBreaker(try feed())])
      }
    case .server: self = .machine(try RoomTarget.machine(name, arguments, world))
    case .networkSwitch:
      self = .networkSwitch(rack: try room.rack(named: name ?? "r1", arguments, at: "which"))
    case .rack: self = .rack(try room.rack(named: name ?? "r1", arguments, at: "which"))
    case .all: self = .everything
    case .storage, .orders, .host, .zone, .neighbor: preconditionFailure("no part of a room")
    }
  }

  private static func equipped(
    _ feed: Int, _ name: String, _ arguments: Arguments, _ has: (Int) -> Bool
  ) throws(Diagnostic) -> Int {
    guard has(feed) else {
      throw arguments.error(
        "not-there", "That feed has no \(name).", at: "which",
        help: "'buy \(name.lowercased())' brings one.")
    }
    return feed
  }

  private static func machine(
    _ name: String?, _ arguments: Arguments, _ world: World
  ) throws(Diagnostic) -> Int {
    let placed = world.machines.filter { $0.rack != nil }
    guard let first = placed.first else {
      throw arguments.error(
        "unknown-machine", "No machine stands in a rack.", at: "which",
        help: "'place server' brings them in.")
    }
    guard let name else { return world.machines.firstIndex { $0.number == first.number } ?? 0 }
    let found = Int(name).flatMap { number in
      world.machines.firstIndex { $0.number == number && $0.rack != nil }
    }
    if let found { return found }
    throw arguments.error(
      "unknown-machine", "There is no machine '\(name)' in a rack.", at: "which",
      help: "Machines have numbers in the order in which they were bought; in racks: "
        + placed.prefix(12).map { "\($0.number)" }.joined(separator: ", ")
        + (placed.count > 12 ? ", …" : "") + ".")
  }
}

extension ComponentKind {
  /// What it is called in words.
  var words: String {
    switch self {
    case .disk: "disk"
    case .fan: "fan"
    case .powerSupply: "power-supply"
    case .memory: "memory"
    case .board: "board"
    case .networkSwitch: "switch"
    }
  }
}

extension String {
  /// The text with its first letter large, for the beginning of a sentence.
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
