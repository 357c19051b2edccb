import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `repair`: puts parts in order at once.
struct RepairCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "repair", "Put a part in order, close a breaker, or switch on what heat switched off.",
    group: .room,
    parameters: [
      .positional(
        "part", .choice(RoomTarget.Kind.repairing), fallback: "all", "what is put in order"
      )
      .meaning(RoomTarget.Kind.meanings),
      .positional(
        "which", .name("part"), optional: true, "which: unit 1, feed A, rack r1, machine 3"),
    ],
    example: "new shop servers=4 room=furnished\nfail cooling\nrun 10 min\nrepair all",
    errors: RoomTarget.errors)

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    do {
      let room = try world.openRoom()
      let first = room.room.log.count
      let before = world.cash
      switch try RoomTarget(arguments, room, world) {
      case .parts(let parts): for part in parts { _ = try world.repair(part) }
      case .networkSwitch(let rack): try world.repairSwitch(rack: rack)
      case .machine(let index): _ = try world.repair(machine: index)
      case .rack(let rack): _ = try world.restart(rack: rack)
      case .everything: try repairAll(&world)
      }
      var report = FailCommand.report(since: first, world)
      report.blocks.removeLast()
      let cost = before - world.cash
      var words = cost > .zero ? ["It cost \(FactValue.money(cost).text)."] : []
      if world.machineRoom?.downCount(world.machines) ?? 0 > 0 {
        words.append("Machines that were off take three minutes to start.")
      }
      if !words.isEmpty { report.blocks.append(.paragraph(words.joined(separator: " "))) }
      return report
    } catch let problem as RoomProblem {
      throw problem.diagnostic(arguments)
    }
  }

  /// Puts everything in order that is not.
  private func repairAll(_ world: inout World) throws(RoomProblem) {
    let room = try world.openRoom()
    for part in room.room.allParts where room.room.isBroken(part) { _ = try world.repair(part) }
    for rack in room.room.racks.indices {
      if room.cutOff[rack] != nil { try world.repairSwitch(rack: rack) }
      if room.room.racks[rack].groups.contains(where: { $0.state == .tripped }) {
        _ = try world.restart(rack: rack)
      }
    }
    for index in world.machines.indices where !world.machines[index].brokenParts.isEmpty {
      _ = try world.repair(machine: index)
    }
  }
}
