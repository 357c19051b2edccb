import CommandLanguage
import Quantities
import Queueing
import Reports
import SimulationKernel
import WorldModel

/// `queue`: one waiting line, simulated, with its closed form beside it where there is one.
struct QueueCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "queue", "Simulate one waiting line, with what theory says beside it.", group: .atScale,
    parameters: [
      .named("arrivals", .quantity(.rate, 0...1e7), fallback: "0.8/s", "how often customers come"),
      .named(
        "service", .quantity(.rate, 0...1e7), fallback: "1/s",
        "how many customers a server serves in its time"),
      .named("servers", .count(1...10_000), fallback: "1", "how many servers"),
      .named("customers", .count(1...1_000_000_000), fallback: "1000000", "how many customers"),
      .named(
        "distribution", .choice(ServiceLaw.allCases.map(\.rawValue)), fallback: "exponential",
        "the law of the service times"),
      .named(
        "cv", .quantity(.number, 0...1_000),
        "standard deviation over mean of the service times"),
      .named(
        "discipline", .choice(QueueDiscipline.allCases.map(\.rawValue)), fallback: "fcfs",
        "first come first served, or everybody at once"),
      .named("capacity", .count(1...1_000_000), "how many find room; who finds none is lost"),
      .named(
        "patience", .span, "the mean of how long customers wait before they leave (exponential)"),
    ],
    facts: [
      FactDeclaration("queue.wait.mean", .gauge, .second, "the mean time in line"),
      FactDeclaration("queue.wait.theory", .gauge, .second, "the same in closed form"),
      FactDeclaration(
        "queue.response.mean", .gauge, .second, "the mean time from arrival to departure"),
      FactDeclaration("queue.response.p50", .gauge, .second, "the median of the same"),
      FactDeclaration("queue.response.p95", .gauge, .second, "what 95 % do not exceed"),
      FactDeclaration("queue.response.p99", .gauge, .second, "what 99 % do not exceed"),
      FactDeclaration("queue.utilization", .gauge, .percent, "the share of servers at work"),
      FactDeclaration("queue.lost.share", .gauge, .percent, "the share of customers lost"),
      FactDeclaration("queue.lost.theory", .gauge, .percent, "the same in closed form"),
      FactDeclaration("queue.arrivals", .gauge, .perSecond, "how often customers came"),
      FactDeclaration("queue.customers", .gauge, .none, "how many customers came"),
      FactDeclaration("queue.events", .gauge, .none, "how many events were handled"),
      FactDeclaration(
        "queue.events-per-second", .gauge, .perSecond, "how fast this machine handled them"),
    ],
    example: "queue arrivals=0.8/s service=1/s servers=1 customers=100000\n"
      + "expect queue.wait.mean ~= queue.wait.theory within 20%",
    errors: ["unstable-queue", "queue-parameter"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    let experiment: QueueExperiment
    do {
      experiment = try QueueExperiment(parameters(seed: world.seed))
    } catch {
      throw error.diagnostic(arguments)
    }
    let start = context.host.monotonicSeconds
    let result = try experiment.run(checkpoint: context.checkpoint)
    let seconds = context.host.monotonicSeconds - start
    return QueuePage(result: result, seconds: seconds).report
  }

  private func parameters(seed: UInt64) -> QueueParameters {
    guard let arrivals = arguments.quantity("arrivals"),
      let service = arguments.quantity("service"), let servers = arguments.count("servers"),
      let customers = arguments.count("customers"),
      let law = arguments.word("distribution").flatMap(ServiceLaw.init),
      let discipline = arguments.word("discipline").flatMap(QueueDiscipline.init)
    else { preconditionFailure("'queue' declares defaults for all of these") }
    let patience: TimeSpan? = arguments.span("patience").map { $0.end(from: .origin) - .origin }
    return QueueParameters(
      arrivalRate: arrivals, serviceRate: service, servers: servers, customers: customers,
      law: law, coefficientOfVariation: arguments.quantity("cv"), discipline: discipline,
      capacity: arguments.count("capacity"), patience: patience, seed: seed)
  }
}

extension QueueError {
  /// The problem in words, at the argument that it lies in.
  func diagnostic(_ arguments: Arguments) -> Diagnostic {
    func bad(_ name: String, _ message: String, _ help: String? = nil) -> Diagnostic {
      arguments.error("queue-parameter", message, at: name, help: help)
    }
    func number(_ value: Double) -> String { QuantityText.significant(value) }
    switch self {
    case .arrivalRateOutOfRange(let rate, let most):
      return bad(
        "arrivals",
        "Customers come at a rate above 0 and up to \(number(most))/s, not \(number(rate))/s.")
    case .serviceRateOutOfRange(let rate, let most):
      return bad(
        "service",
        "Servers serve at a rate above 0 and up to \(number(most))/s, not \(number(rate))/s.")
    case .serversOutOfRange(let count, let allowed):
      return bad("servers", "There are \(text(allowed)) servers, not \(count).")
    case .customersOutOfRange(let count, let allowed):
      return bad(
        "customers", "It takes \(text(allowed)) customers, not \(QuantityText.grouped(count)).",
        "With fewer, what comes out is chance.")
    case .variationOutOfRange(let cv, let law, let allowed):
      return bad(
        "cv",
        "A service time that is \(law.rawValue) has a cv "
          + (allowed.lowerBound == allowed.upperBound
            ? "of \(number(allowed.lowerBound))"
            : "from \(number(allowed.lowerBound)) to \(number(allowed.upperBound))")
          + ", not \(number(cv)).",
        "For a cv below 1 use erlang or lognormal, above 1 hyperexponential or lognormal.")
    case .variationNotErlang(let cv, let below, let above):
      return bad(
        "cv", "An Erlang service time has a cv of 1/√k: \(number(cv)) is none.",
        "The nearest are \(number(below)) and \(number(above)).")
    case .capacityOutOfRange(let count, let allowed):
      return bad(
        "capacity", "There is room for \(text(allowed)) customers, not \(count).",
        "Those in service need room too.")
    case .patienceOutOfRange(let seconds, let most):
      return bad(
        "patience",
        "Patience lies above 0 s and up to \(number(most)) s, not at \(number(seconds)) s.")
    case .unstable(let utilization):
      return arguments.error(
        "unstable-queue",
        "Work comes in \(utilization == 1 ? "just" : "\(number(utilization)) times") as fast as it can "
          + "be done, so the line grows for ever and has no mean.", at: "arrivals",
        help: "Add servers, or say how it is limited: capacity=20, or patience=10s.")
    case .tooLong(let years, let most):
      return bad(
        "customers",
        "So many customers at that rate take \(number(years)) years; the clock here runs for "
          + "\(number(most)).")
    }
  }

  private func text(_ range: ClosedRange<Int>) -> String {
    "\(QuantityText.grouped(range.lowerBound)) to \(QuantityText.grouped(range.upperBound))"
  }
}
