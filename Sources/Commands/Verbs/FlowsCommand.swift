import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// `flows`: what a network gives to hosts that all send at once.
struct FlowsCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "flows", "How hosts that all send at once share the links between them.", group: .atScale,
    parameters: [
      .named(
        "topology", .choice(Shape.allCases.map(\.rawValue)), fallback: "leaf-spine",
        "how the hosts are wired"
      ).meaning(Dictionary(uniqueKeysWithValues: Shape.allCases.map { ($0.rawValue, $0.words) })),
      .named("hosts", .count(1...4_096), fallback: "16", "hosts on a switch, or on each leaf"),
      .named("leaves", .count(2...256), fallback: "4", "switches for hosts"),
      .named("spines", .count(1...256), fallback: "2", "switches above them"),
      .named(
        "ports", .count(2...24), fallback: "8", "ports of a switch of a fat-tree, an even number"),
      .named(
        "rate", .quantity(.dataRate, 1...1e12), fallback: "1Gbit/s", "what a host's link carries"),
      .named(
        "uplink", .quantity(.dataRate, 1...1e12), fallback: "1Gbit/s",
        "what a link between switches carries, or the one to the outside"),
      .named(
        "traffic", .choice(TrafficPattern.allCases.map(\.rawValue)), fallback: "pairs",
        "who sends to whom"
      ).meaning([
        "pairs": "each to one other, at random", "halves": "each of one half to one of the other",
        "incast": "all to one", "shuffle": "all to all", "outside": "all to the world outside",
      ]),
      .named(
        "routes", .choice(RouteChoice.allCases.map(\.rawValue)), fallback: "hash",
        "how a flow picks one of several ways"
      ).meaning(["hash": "by chance, as switches do", "even": "in turn"]),
      .named("down", .count(0...255), fallback: "0", "how many spines or core switches are down"),
      .named("size", .quantity(.data, 1...1e15), fallback: "1GB", "what each flow brings over"),
    ],
    facts: [
      FactDeclaration("flows.count", .gauge, "how many flows there are"),
      FactDeclaration(
        "flows.oversubscription", .gauge, .none,
        "what hosts of a switch can send over what can leave it"),
      FactDeclaration("flows.rate.mean", .gauge, .megabitPerSecond, "the mean rate of a flow"),
      FactDeclaration("flows.rate.min", .gauge, .megabitPerSecond, "the rate of the slowest flow"),
      FactDeclaration("flows.rate.max", .gauge, .megabitPerSecond, "the rate of the fastest flow"),
      FactDeclaration(
        "flows.share", .gauge, .percent, "of what hosts' own links would let through, all together"),
      FactDeclaration("flows.links.full", .gauge, "how many links are full"),
      FactDeclaration("flows.time", .gauge, .second, "until the last flow is through"),
      FactDeclaration(
        "flows.time.ideal", .gauge, .second, "the same with nothing but hosts' own links in the way"
      ),
    ],
    example:
      "flows traffic=halves routes=even\nexpect flows.share ~= 1 / flows.oversubscription within 1%\n"
      + "flows topology=fat-tree ports=4 traffic=pairs",
    errors: ["flow-parameter"])

  /// How hosts are wired.
  enum Shape: String, CaseIterable {
    case uplink, `switch`
    case leafSpine = "leaf-spine"
    case fatTree = "fat-tree"

    var words: String {
      switch self {
      case .uplink: "on one switch, with one line to the outside"
      case .switch: "on one switch"
      case .leafSpine: "on leaves, each joined to every spine"
      case .fatTree: "in pods of equal switches, as wide above as below"
      }
    }
  }

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let pattern = arguments.word("traffic").flatMap(TrafficPattern.init),
      let choice = arguments.word("routes").flatMap(RouteChoice.init),
      let size = arguments.quantity("size"), let down = arguments.count("down")
    else { preconditionFailure("'flows' declares defaults for all of these") }
    let experiment = FlowExperiment(
      topology: try topology(), pattern: pattern, choice: choice, size: DataSize(bytes: size),
      switchesDown: down, seed: world.seed)
    do {
      let result = try experiment.run(checkpoint: context.checkpoint)
      return FlowsPage(experiment: experiment, result: result).report
    } catch let error as FlowError {
      throw error.diagnostic(arguments)
    }
  }

  private func topology() throws(Diagnostic) -> NetworkTopology {
    guard let shape = arguments.word("topology").flatMap(Shape.init),
      let hosts = arguments.count("hosts"), let leaves = arguments.count("leaves"),
      let spines = arguments.count("spines"), let ports = arguments.count("ports"),
      let rate = arguments.quantity("rate").map(DataRate.init(bytesPerSecond:)),
      let uplink = arguments.quantity("uplink").map(DataRate.init(bytesPerSecond:))
    else { preconditionFailure("'flows' declares defaults for all of these") }
    switch shape {
    case .uplink: return .uplink(hosts: hosts, hostRate: rate, uplinkRate: uplink)
    case .switch: return .singleSwitch(hosts: hosts, hostRate: rate)
    case .leafSpine:
      return .leafSpine(
        leaves: leaves, spines: spines, hostsPerLeaf: hosts, hostRate: rate, spineRate: uplink)
    case .fatTree:
      guard ports % 2 == 0 else {
        throw arguments.error(
          "flow-parameter", "A fat-tree has switches of 2, 4, 6, … ports, not \(ports).",
          at: "ports")
      }
      return .fatTree(ports: ports, rate: rate)
    }
  }
}

extension FlowError {
  /// The problem in words, at the argument that it lies in.
  func diagnostic(_ arguments: Arguments) -> Diagnostic {
    switch self {
    case .flowsOutOfRange(let count, let most):
      arguments.error(
        "flow-parameter",
        count < 1
          ? "So few hosts have nobody to send to."
          : "That would be \(QuantityText.grouped(count)) flows; at most \(QuantityText.grouped(most)) are "
            + "shared out.",
        at: "hosts", help: count < 1 ? nil : "Take fewer hosts, or traffic=pairs.")
    case .noOutside:
      arguments.error(
        "flow-parameter", "Nothing leads outside there.", at: "traffic",
        help: "'topology=uplink' has a line to the outside.")
    case .tooManyDown(let down, let count):
      arguments.error(
        "flow-parameter",
        "There \(count == 1 ? "is one way" : "are \(count) ways") between switches, so \(down) cannot be down.",
        at: "down", help: "Leave one up at least.")
    }
  }
}
