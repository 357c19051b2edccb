import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `demand`: how many visitors come.
struct DemandCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "demand", "Multiply the visits, for good or in a window of time.", group: .service,
    parameters: [
      .positional("factor", .quantity(.number, 0...1_000), "how many times as many as usual")
    ],
    tail: .window,
    example: "new shop\ndemand 2\ndemand 8x during 2004-03-06..2004-03-08",
    errors: ["no-shop", "bad-window"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let factor = arguments.quantity("factor") else {
      preconditionFailure("'demand' requires its factor")
    }
    let campaign = try campaign(factor, now: world.now)
    do {
      try world.setDemand { demand in
        if let campaign { demand.campaigns.append(campaign) } else { demand.factor = factor }
      }
    } catch {
      throw error.diagnostic(arguments)
    }
    let text = QuantityText.significant(factor)
    let when = campaign.map { "from \($0.start) to \($0.end)" } ?? "from now on"
    return Report([.paragraph("\(text) times the usual visits \(when).")])
  }

  private func campaign(_ factor: Double, now: Moment) throws -> Campaign? {
    switch arguments.statement.window {
    case nil: return nil
    case .during(let range)?:
      let start = range.start.next(after: now)
      let end = range.end?.next(after: start) ?? start + .days(1)
      guard now < end, start < end else {
        throw arguments.error(
          "bad-window", "The window from \(start) to \(end) holds no time to come; it is \(now).")
      }
      return Campaign(start: max(start, now), end: end, factor: factor)
    default:
      throw arguments.error(
        "bad-window", "'demand' looks ahead, so it needs a window with two ends.",
        help: "For example: demand 8 during 2004-03-06..2004-03-08.")
    }
  }
}
