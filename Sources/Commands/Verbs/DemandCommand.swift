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
    errors: ["no-shop", "bad-window", "too-many-visits"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let factor = arguments.quantity("factor") else {
      preconditionFailure("'demand' requires its factor")
    }
    let campaign = try campaign(factor, now: world.now)
    try checkVisits(world, factor: factor, campaign: campaign)
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

  /// `Chosen:` more visits a second than any shop of the story has; beyond, memory is what ends.
  private static let visitsPerSecondMax = 2_000.0

  /// Refuses what would multiply to more visits than can be held: campaigns that overlap multiply.
  private func checkVisits(_ world: World, factor: Double, campaign: Campaign?) throws {
    guard let demand = world.shop?.demand else { return }
    let others = demand.campaigns.filter { other in
      other.factor > 1 && other.end > world.now
        && (campaign.map { $0.start < other.end && other.start < $0.end } ?? true)
    }
    let product = others.reduce(factor * (campaign == nil ? 1 : demand.factor)) { $0 * $1.factor }
    let perSecond = demand.visitsPerDay / 86_400 * product
    guard perSecond > DemandCommand.visitsPerSecondMax else { return }
    throw arguments.error(
      "too-many-visits",
      "That comes to \(QuantityText.significant(perSecond)) visits a second on average; at most "
        + "\(QuantityText.significant(DemandCommand.visitsPerSecondMax)) can be simulated.",
      at: "factor", help: "Take a smaller factor; campaigns that overlap multiply.")
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
