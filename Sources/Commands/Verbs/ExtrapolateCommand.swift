import Catalogs
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `extrapolate`: from here to there, from the machine that was measured to models that others trained.
struct ExtrapolateCommand: Question {
  static let declaration = CommandDeclaration(
    "extrapolate", "What training a large model would take on this machine, as measured here.",
    group: .compute,
    // `Chosen:` 65 W, what a desktop's processor is often rated at.
    parameters: [
      .named(
        "rate", .quantity(.workRate, 1e6...1e21),
        "operations a second; those of the last training or probe if not given"),
      .named(
        "watts", .quantity(.power, 1...1e6), fallback: "65W", "what the machine draws at work"),
    ],
    facts: ExtrapolationPage.declarations,
    example: "extrapolate rate=100GFLOP/s\nexpect extrapolate.gpt-3.machines > 1000000",
    errors: ["not-measured"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let state = session.state
    func measured(_ subject: String, _ key: String) -> Double? {
      guard
        case .quantity(let quantity, _)? = state.findings[subject]?.facts.first(where: {
          $0.key == key
        })?.value
      else { return nil }
      return quantity.value
    }
    let rates = [
      arguments.quantity("rate"), measured("train", "train.rate"), measured("probe", "probe.peak"),
    ]
    guard let rate = rates.compactMap({ $0 }).first(where: { $0 > 0 }),
      let watts = arguments.quantity("watts")
    else {
      throw arguments.error(
        "not-measured", "Nobody has measured yet how fast this machine is.",
        help: "'train' or 'probe' does, or give a rate: extrapolate rate=100GFLOP/s")
    }
    let extrapolation = Extrapolation(
      rate: rate, bandwidth: measured("probe", "probe.bandwidth.all-cores"), watts: watts,
      dollarsPerKilowattHour: state.world.electricityPrice(at: state.world.now).dollars)
    return ExtrapolationPage(
      extrapolation: extrapolation, ownOperations: measured("train", "train.operations"),
      ownParameters: measured("train", "train.parameters")
    ).report
  }
}
