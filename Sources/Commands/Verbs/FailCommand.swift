import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `fail`: breaks a part by hand, to see what happens.
struct FailCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "fail", "Break a part by hand: cooling, power, a machine or its switch.", group: .room,
    parameters: [
      .positional("part", .choice(RoomTarget.Kind.failing), "what breaks")
        .meaning(RoomTarget.Kind.meanings),
      .positional(
        "which", .name("part"), optional: true, "which: unit 1, feed A, rack r1, machine 3, zone a"),
      .named(
        "of", .choice(ComponentKind.allCases.map(\.words)),
        "which part of a server; its board if left out"),
      .named("at", .moment, "when a zone goes down; now if left out"),
      .named("for", .span, fallback: "4h", "how long a zone is down, or a neighbor busy"),
      .named(
        "takes", .quantity(.number, 0.01...0.99), fallback: "50%",
        "what a busy neighbor takes of the cores"),
    ],
    example:
      "new shop servers=4 room=furnished visits=500/day\nrun 1 day\nfail cooling\nrun 20 min\nexplain room",
    errors: RoomTarget.errors + ["no-shop", "no-account", "unknown-zone", "zone-down"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    do {
      switch arguments.word("part") {
      case "storage": return try storage(&world)
      case "orders": return try orders(&world)
      case "host": return try host(&world)
      case "zone": return try zone(&world)
      case "neighbor": return try neighbor(&world)
      default: break
      }
      let room = try world.openRoom()
      let target = try RoomTarget(arguments, room, world)
      let first = room.room.log.count
      switch target {
      case .parts(let parts):
        for part in parts {
          guard !room.room.isBroken(part) else {
            throw arguments.error(
              "already", "\(RoomWords(room).name(part).capitalizedFirst) is down already.",
              at: "which",
              help: "'repair' puts it in order.")
          }
          _ = try world.fail(part)
        }
      case .networkSwitch(let rack):
        guard try world.failSwitch(rack: rack) else { throw nothingToBreak("switch") }
      case .machine(let index):
        let name = arguments.word("of") ?? "board"
        guard let kind = ComponentKind.allCases.first(where: { $0.words == name }),
          try world.fail(kind, machine: index)
        else { throw nothingToBreak(name) }
      case .everything, .rack: preconditionFailure("'fail' names one thing")
      }
      return FailCommand.report(since: first, world)
    } catch let problem as RoomProblem {
      throw problem.diagnostic(arguments)
    } catch let problem as WorldProblem {
      throw problem.diagnostic(arguments)
    }
  }

  private func storage(_ world: inout World) throws(WorldProblem) -> Report {
    let layout = world.store.scheme.layout
    let lost = try world.failStorage()
    guard !world.store.isManaged else {
      return Report([
        .paragraph(
          "A disk failed at the provider, who replaces it. Your database is on several, and nobody noticed."
        )
      ])
    }
    guard let rebuild = world.store.rebuilds.last else {
      let words =
        layout.devices == 1
        ? "The disk with the orders failed."
        : "One more disk failed, and the others do not hold all orders."
      return Report([.paragraph(words + " " + outcome(lost, world))])
    }
    let down = world.store.disksDown(at: world.now)
    let left = layout.tolerated - down
    return Report([
      .paragraph(
        "One of \(layout.devices) disks failed. The others have all orders, and "
          + (left == 0
            ? "none of them may fail now."
            : "\(counted(left, "more disk")) may fail.")
          + " A new one comes at \(rebuild.comes.date) \(rebuild.comes.clockText) and is full at "
          + "\(rebuild.done.clockText); meanwhile pages have "
          + "\(FactValue.share(1 - OrderStore.fillingShare).text) of the disks' time.")
    ])
  }

  private func orders(_ world: inout World) throws(WorldProblem) -> Report {
    let count = world.store.scheme.layout.devices
    let disks =
      count == 1
      ? "The disk obeyed" : count == 2 ? "Both disks obeyed" : "All \(count) disks obeyed"
    let lost = try world.deleteOrders()
    return Report([.paragraph("Somebody deleted the orders. \(disks). " + outcome(lost, world))])
  }

  private func host(_ world: inout World) throws -> Report {
    let losses = world.store.losses.count
    do throws(CloudProblem) {
      let size = try world.failHost()
      let left = world.rentedCounts.reduce(0) { $0 + $1.count }
      var words =
        "Somewhere at the provider a host failed, and your \(size) on it is gone with all that it held. "
        + "Nobody starts another for you. You rent \(counted(left, "machine")) now."
      if world.store.losses.count > losses, let loss = world.store.losses.last {
        words += " It had the orders. " + outcome(loss.orders, world)
      }
      if let opens = world.entrance?.opens {
        words += " Visitors came in by it: nobody finds the shop until \(opens.clockText)."
      }
      return Report([.paragraph(words)])
    } catch {
      throw error.diagnostic(arguments, at: "part")
    }
  }

  private func neighbor(_ world: inout World) throws -> Report {
    guard let span = arguments.span("for"), let share = arguments.quantity("takes") else {
      preconditionFailure("'fail' declares these")
    }
    let until = span.end(from: world.now)
    do throws(CloudProblem) {
      let size = try world.disturb(share: share, for: until - world.now)
      return Report([
        .paragraph(
          "Until \(until) another tenant is busy on the host under your oldest \(size), and takes "
            + "\(FactValue.share(share).text) of the cores that you share. Nobody tells you who it is, or that it is so."
        )
      ])
    } catch {
      throw error.diagnostic(arguments, at: "part")
    }
  }

  private func zone(_ world: inout World) throws -> Report {
    guard let account = world.accounts.first, let span = arguments.span("for") else {
      throw CloudProblem.noAccount.diagnostic(arguments, at: "part")
    }
    let letter = arguments.word("which") ?? "a"
    let zone = ZoneText.number(letter)
    guard zone != nil || letter == "busiest" else {
      throw arguments.error(
        "unknown-zone", "There is no zone '\(letter)'.", at: "which",
        help: "Zones have letters: fail zone a. With at= it can be 'busiest' too.")
    }
    do throws(CloudProblem) {
      if let moment = arguments.moment("at") {
        return try planned(zone, moment.next(after: world.now), span, account.provider, &world)
      }
      return try down(zone ?? 0, span, account.provider, &world)
    } catch {
      throw error.diagnostic(arguments, at: "which")
    }
  }

  private func down(
    _ zone: Int, _ span: SpanLiteral, _ provider: String, _ world: inout World
  ) throws(CloudProblem) -> Report {
    let (told, until) = (world.cloudEvents.count, span.end(from: world.now))
    let hit = try world.failZone(zone, of: provider, for: until - world.now)
    return Report(
      [
        .paragraph(
          "Zone \(ZoneText.name(zone)) is without power until \(until), and \(counted(hit, "machine")) of "
            + "yours with it.")
      ] + CloudStory(world, after: told + 1).blocks + [
        .paragraph("'run' lets it take its course; 'undo' takes it back.")
      ])
  }

  private func planned(
    _ zone: Int?, _ moment: Moment, _ span: SpanLiteral, _ provider: String, _ world: inout World
  ) throws(CloudProblem) -> Report {
    let until = span.end(from: moment)
    try world.planOutage(zone, of: provider, at: moment, for: until - moment)
    let words = zone.map { "Zone \(ZoneText.name($0))" } ?? "The zone with most of your machines"
    return Report([.paragraph("\(words) will be without power from \(moment) to \(until).")])
  }

  private func outcome(_ lost: Int, _ world: World) -> String {
    let are = lost == 1 ? "is" : "are"
    let closed = world.store.closedUntil.map {
      " Until \($0.clockText) nobody can look at a page."
    }
    guard let copy = world.store.lastBackup else {
      return "There is no copy elsewhere: \(counted(lost, "order")) \(are) gone."
        + (closed.map { " The disks are set up anew." + $0 } ?? "")
    }
    return "The copy of \(copy.date) is put back: \(counted(lost, "order")) since then "
      + "\(are) gone, \(QuantityText.grouped(world.ordersKept)) are there." + (closed ?? "")
  }

  private func nothingToBreak(_ name: String) -> Diagnostic {
    arguments.error(
      "already", "There is no \(name) there that still runs.", at: "which",
      help: "'show room' tells what is down.")
  }

  /// What happened since the log had so many entries, each in a sentence.
  static func report(since first: Int, _ world: World) -> Report {
    guard let room = world.machineRoom else { return Report() }
    let words = RoomWords(room)
    let lines = room.room.log[first...].map { words.sentence($0) }
    let machines = "\(room.downCount(world.machines)) of \(world.machines.count { $0.rack != nil })"
    return Report(
      lines.map { .paragraph($0) }
        + [
          .paragraph(
            "Machines down: \(machines). 'run 10 min' lets it take its course; 'undo' takes it back."
          )
        ])
  }
}
