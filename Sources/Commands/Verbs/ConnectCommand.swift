import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `connect`: racks and cooling to the ways from the meter.
struct ConnectCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "connect", "Plug a rack into one feed or two, or hang a cooling unit on a feed.", group: .room,
    parameters: [
      .positional("thing", .choice(["rack", "cooling"]), "what to connect"),
      .positional("name", .name("rack"), "the rack by its name, the cooling unit by its number"),
      .required("feed", .name("feed"), "the feed"),
      .named("second", .name("feed"), "a second feed for a rack, which can then lose either"),
    ],
    example:
      "new shop servers=4 cash=$60000 room=furnished\nbuy feed\nconnect rack r1 feed=A second=B",
    errors: ["no-room", "not-open", "unknown-rack", "unknown-feed", "unknown-unit"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let thing = arguments.word("thing"), let name = arguments.word("name"),
      let feedName = arguments.word("feed")
    else { preconditionFailure("'connect' needs these") }
    do {
      let room = try world.openRoom()
      let feed = try room.feed(named: feedName, arguments, at: "feed")
      if thing == "rack" {
        let rack = try room.rack(named: name, arguments, at: "name")
        let second = try arguments.word("second").map {
          try room.feed(named: $0, arguments, at: "second")
        }
        world.connect(rack: rack, feeds: [feed] + (second.map { $0 == feed ? [] : [$0] } ?? []))
        let words = second.map { _ in ", each of which can carry it alone" } ?? ""
        return Report([
          .paragraph(
            "\(name) hangs on \(feedName)\(arguments.word("second").map { " and \($0)" } ?? "")\(words)."
          )
        ])
      }
      let unit = try room.unit(named: name, arguments, at: "name")
      world.connect(unit: unit, feed: feed)
      return Report([.paragraph("Cooling unit \(unit + 1) hangs on \(feedName).")])
    } catch let problem as RoomProblem {
      throw problem.diagnostic(arguments)
    }
  }
}

extension MachineRoom {
  /// The cooling unit of a number.
  func unit(named name: String, _ arguments: Arguments, at argument: String) throws(Diagnostic)
    -> Int
  {
    let count = room.plan.cooling.count
    if let number = Int(name), (1...max(1, count)).contains(number), count > 0 { return number - 1 }
    throw arguments.error(
      "unknown-unit", "There is no cooling unit '\(name)'.", at: argument,
      help: count == 0
        ? "'buy cooling' brings one."
        : "They are numbered 1 to \(count). See them with 'show room'.")
  }
}
