import Catalogs
import CommandLanguage
import Compute
import Quantities
import Reports
import WorldModel

/// `probe`: what this machine can do, measured in a few seconds; from then on it can be bought.
struct ProbeCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "probe", "Measure this machine: chip, memory, disk, network; takes a few seconds.",
    group: .compute,
    parameters: [
      .named("recorded", .text, "what was measured before, as the log keeps it")
    ],
    facts: [
      FactDeclaration("probe.cores", .gauge, .none, "how many cores the system offers"),
      FactDeclaration(
        "probe.compute-rate", .gauge, unit("GFLOP/s"), "multiply-adds of 32-bit numbers, one core"),
      FactDeclaration(
        "probe.compute-rate.scattered", .gauge, unit("GFLOP/s"),
        "the same with each number somewhere else in memory"),
      FactDeclaration(
        "probe.compute-rate.share", .gauge, .percent,
        "what is left of the compute rate with scattered numbers"),
      FactDeclaration(
        "probe.bandwidth.cache", .gauge, unit("GB/s"), "reading the smallest working set over"),
      FactDeclaration(
        "probe.bandwidth.memory", .gauge, unit("GB/s"), "reading the largest working set over"),
      FactDeclaration(
        "probe.latency.cache", .gauge, unit("ns"), "one access in the smallest working set"),
      FactDeclaration(
        "probe.latency.memory", .gauge, unit("ns"), "one access in the largest working set"),
      FactDeclaration("probe.disk.write", .gauge, unit("MB/s"), "a file until it is on the disk"),
      FactDeclaration("probe.disk.read", .gauge, unit("MB/s"), "a file that was set aside"),
      FactDeclaration("probe.disk.access", .gauge, unit("us"), "one place of a file set aside"),
      FactDeclaration(
        "probe.network.round-trip", .gauge, unit("us"), "a byte to oneself and back over TCP"),
      FactDeclaration("probe.network.rate", .gauge, unit("GB/s"), "data to oneself over TCP"),
      FactDeclaration("probe.memory", .gauge, unit("GB"), "how much memory the system has"),
      FactDeclaration(
        "probe.core-speed", .gauge, .none,
        "how fast a core is for pages, that of the server of 2004 being 1"),
    ] + ProbePage.rooflineDeclarations,
    example: "probe\nsource probe.latency.memory\nnew shop\nbuy server my-machine",
    errors: ["bad-recording", "not-safe"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let recorded = arguments.word("recorded") else {
      do {
        let measured = try context.host.measureMachine(checkpoint: context.checkpoint)
        var report = try report(measured, in: &world)
        report.recorded = measured.text
        return report
      } catch let error as HostError {
        throw error.diagnostic("this machine", at: arguments.place())
      }
    }
    guard let measured = MachineMeasurement(text: recorded) else {
      throw arguments.error(
        "bad-recording", "This is no measurement that 'probe' has recorded.", at: "recorded",
        help: "Leave 'recorded=' out to measure this machine.")
    }
    return try report(measured, in: &world)
  }

  /// What was measured, with the machine in the catalog of the world.
  private func report(_ measured: MachineMeasurement, in world: inout World) throws(Diagnostics)
    -> Report
  {
    let machine = OwnMachine(measured)
    var report = ProbePage(measured: measured, machine: machine).report
    if let machine {
      let isNew = try world.offerOwnMachine(machine.entry)
      report.blocks.append(
        .paragraph(
          isNew
            ? machine.sentence
            : "The '\(Catalog.ownMachineID)' that you own stays as it was measured before you bought it."
        ))
    }
    return report
  }

  /// A unit that the language knows.
  static func unit(_ symbol: String) -> Unit {
    guard let unit = Unit.named(symbol) else { preconditionFailure("no unit '\(symbol)'") }
    return unit
  }
}
