import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `durability`: how long data last on devices that fail and are rebuilt, simulated and by theory.
struct DurabilityCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "durability", "How long data last: copies or parity, failures, rebuilds.", group: .atScale,
    parameters: [
      .named(
        "replicas", .count(1...40), "how many copies: 1 a single disk, 2 a mirror; 3 if not given"),
      .named("data", .count(1...40), "instead of copies: into how many parts data are split"),
      .named("parity", .count(0...39), "how many more parts are computed, and may be lost"),
      .named(
        "afr", .quantity(.number, 0...1), fallback: "1.57%", "the share of devices that fail a year"
      ),
      .named(
        "repair", .quantity(.time, 0...31_557_600), fallback: "24h",
        "the mean time from a failure until its part is whole again"),
      .named(
        "rebuild", .choice(RebuildOrder.allCases.map(\.rawValue)), fallback: "parallel",
        "all at the same time, or one after another"),
      .named("trials", .count(1...100_000_000), fallback: "100000", "how many lives or cycles"),
    ],
    facts: [
      FactDeclaration(
        "durability.mttdl.years", .gauge, .none, "the mean years until data are lost"),
      FactDeclaration("durability.mttdl.theory", .gauge, .none, "the same by the Markov chain"),
      FactDeclaration("durability.loss", .gauge, .none, "the chance to lose the data in a year"),
      FactDeclaration("durability.loss.theory", .gauge, .none, "the same by the Markov chain"),
      FactDeclaration(
        "durability.loss.first-year", .gauge, .none,
        "the same by the chain in the first year, which begins with all devices sound"),
      FactDeclaration("durability.nines", .gauge, .none, "how many nines keeping them a year has"),
      FactDeclaration("durability.nines.theory", .gauge, .none, "the same by the Markov chain"),
      FactDeclaration(
        "durability.nines.windows", .gauge, .none,
        "the same as Backblaze counts, window by window"),
      FactDeclaration(
        "durability.overhead", .gauge, .none, "bytes on devices for each byte of data"),
      FactDeclaration(
        "durability.tolerated", .gauge, .none, "how many devices may be down at once"),
      FactDeclaration("durability.losses", .gauge, .none, "how many losses were drawn"),
      FactDeclaration("durability.events", .gauge, .none, "how many events were handled"),
    ],
    example: "durability replicas=3 afr=1.57% repair=24h\n"
      + "expect durability.mttdl.years ~= durability.mttdl.theory within 5%",
    errors: ["durability-parameter"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let trials = arguments.count("trials") else {
      preconditionFailure("'durability' declares a default for 'trials'")
    }
    let simulation: DurabilitySimulation
    do {
      simulation = try DurabilitySimulation(parameters(), trials: trials, seed: world.seed)
    } catch let error as StorageError {
      throw error.diagnostic(arguments)
    }
    let result = try simulation.run(checkpoint: context.checkpoint)
    return DurabilityPage(simulation: simulation, result: result).report
  }

  private func parameters() throws -> StorageParameters {
    guard let rate = arguments.quantity("afr"), let repair = arguments.quantity("repair"),
      let order = arguments.word("rebuild").flatMap(RebuildOrder.init)
    else { preconditionFailure("'durability' declares defaults for all of these") }
    return StorageParameters(
      scheme: try scheme(), annualFailureRate: rate, repairHours: repair / 3_600, order: order)
  }

  private func scheme() throws -> StorageScheme {
    let replicas = arguments.count("replicas")
    switch (arguments.count("data"), arguments.count("parity")) {
    case (nil, nil): return .replicas(replicas ?? 3)
    case (let data?, let parity?):
      guard replicas == nil else {
        throw bad(
          "replicas", "Data are copied whole or split into parts, not both.",
          help: "Give replicas=, or data= and parity=.")
      }
      return .erasureCode(data: data, parity: parity)
    case (let data?, nil):
      throw bad(
        "data", "\(data) parts of data need to be told how many of parity there are.",
        help: "For example: data=\(data) parity=2.")
    case (nil, let parity?):
      throw bad(
        "parity", "\(parity) parts of parity need to be told how many of data there are.",
        help: "For example: data=6 parity=\(parity).")
    }
  }

  private func bad(_ name: String, _ message: String, help: String) -> Diagnostic {
    arguments.error("durability-parameter", message, at: name, help: help)
  }
}

extension StorageError {
  /// The problem in words, at the argument that it lies in.
  func diagnostic(_ arguments: Arguments) -> Diagnostic {
    func bad(_ name: String, _ message: String, _ help: String? = nil) -> Diagnostic {
      arguments.error("durability-parameter", message, at: name, help: help)
    }
    switch self {
    case .replicasOutOfRange(let count, let allowed):
      return bad("replicas", "There are \(text(allowed)) copies, not \(count).")
    case .devicesOutOfRange(let data, let parity, let allowed):
      return bad(
        "data",
        "\(data) + \(parity) parts are \(data + parity) devices, and \(text(allowed)) are "
          + "allowed.")
    case .failureRateOutOfRange(let rate, let most):
      return bad(
        "afr",
        "A share above 0 and up to \(FactValue.share(most).text) of devices fails in a year, not "
          + "\(FactValue.share(rate).text).",
        "Backblaze's disks: 1.57% in 2024.")
    case .repairOutOfRange(let hours, let allowed):
      return bad(
        "repair",
        "A repair takes \(time(allowed.lowerBound)) to \(time(allowed.upperBound)), not "
          + "\(time(hours)).")
    case .trialsOutOfRange(let count, let allowed):
      return bad(
        "trials", "It takes \(text(allowed)) trials, not \(QuantityText.grouped(count)).",
        "With fewer, the interval is chance itself.")
    case .tooManyEvents(let events, let most):
      return bad(
        "trials",
        "So many trials take about \(MagnitudeText.number(events)) failures and repairs; at most "
          + "\(MagnitudeText.number(most)) are simulated.",
        "Take fewer trials. Where that does not help, repairs are slower than failures.")
    }
  }

  private func text(_ range: ClosedRange<Int>) -> String {
    "\(QuantityText.grouped(range.lowerBound)) to \(QuantityText.grouped(range.upperBound))"
  }

  private func time(_ hours: Double) -> String {
    QuantityText.text(Quantity(hours * 3_600, .time), unit: .second)
  }
}
