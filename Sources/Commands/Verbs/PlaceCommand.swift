import Catalogs
import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `place server`: machines from the workshop into the racks.
struct PlaceCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "place", "Put machines into the racks of the room; they start anew there.", group: .room,
    parameters: [
      .positional("thing", .choice(["server"]), "what to place"),
      .positional(
        "model", .choice(Catalog.ids(.server)), optional: true,
        "which model; whatever stands outside if left out"
      ).meaning(Catalog.serverMeanings).open(to: .server),
      .named("count", .count(1...100_000), "how many; all that stand outside if left out"),
      .named(
        "rack", .name("rack"), fallback: "auto", "the rack, or 'auto' for those that have room"),
    ],
    example:
      "new shop servers=2 room=bare\nbuy rack\nbuy cooling\nplace server rack=r1\nrun 1 h\nshow room",
    errors: [
      "no-room", "not-open", "no-racks", "unknown-rack", "does-not-fit", "too-few-servers",
    ])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    do {
      let room = try world.openRoom()
      let model = try model(in: world)
      let count = arguments.count("count") ?? world.machinesOutside(model.id).count
      guard count > 0 else { throw RoomProblem.tooFewOutside(present: 0) }
      guard let name = arguments.word("rack"), name != "auto" else {
        let places = try world.place(model, count: count)
        return Report([
          .paragraph("\(counted(count, "machine")): \(PlaceCommand.words(places, world))")
        ])
      }
      let rack = try room.rack(named: name, arguments, at: "rack")
      try world.place(model, count: count, rack: rack)
      return Report([
        .paragraph("\(counted(count, "machine")) in \(name), starting; that takes three minutes.")
      ])
    } catch let problem as RoomProblem {
      throw problem.diagnostic(arguments, at: "count")
    }
  }

  private func model(in world: World) throws(RoomProblem) -> Catalog.Server {
    if let model = arguments.word("model").flatMap(world.catalog.server) { return model }
    guard let first = world.machines.first(where: { $0.rack == nil && $0.rental == nil }),
      let model = world.catalog.server(first.model)
    else { throw .tooFewOutside(present: 0) }
    return model
  }

  /// Where machines went, in words: `2 in r1, 3 in r2, starting`.
  static func words(_ places: [PlacementProblem.Place], _ world: World) -> String {
    let racks = world.machineRoom?.room.racks ?? []
    let list = places.map { "\($0.count) in \(racks[$0.rack].plan.name)" }
    return list.joined(separator: ", ") + ", starting; that takes three minutes."
  }
}
