import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `explain`: the chain of causes behind a number.
struct ExplainCommand: Question {
  static let declaration = CommandDeclaration(
    "explain", "The chain of causes behind a number of the shop.", group: .world,
    parameters: [.positional("fact", .fact, fallback: "shop.answered-in-2s", "the fact")],
    tail: .window,
    example: "new shop\ndemand 8\nrun 1 day\nexplain shop.lost\nexplain shop.response.p99",
    errors: ["no-shop", "not-yet"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let key = arguments.word("fact"), let fact = session.registry.catalog.resolve(key) else {
      preconditionFailure("'explain' checks its fact")
    }
    guard let shop = session.state.world.shop else {
      throw WorldProblem.noShop.diagnostic(arguments)
    }
    do throws(FactUnavailable) {
      let accounts = shop.accounts
      let window = try stretch(session.state.world, accounts)
      let during = CommandLanguage.Window.during(
        RangeLiteral(start: .exact(window.start), end: .exact(window.end)))
      let suffixed =
        fact.declaration.kind == .gauge && fact.suffix == nil
        ? session.registry.catalog.resolve(key + ".mean") ?? fact : fact
      let isOfTime = WorldFacts.families.contains { $0.owns(fact.declaration.key) }
      let isWindowless =
        WorldFacts.knownForNow.contains(key) && arguments.statement.window == nil
      let value = try WorldFacts(session.state).value(
        of: isOfTime && !isWindowless ? suffixed : fact,
        window: isOfTime && !isWindowless ? during : nil)
      var sentences = ["\(key), \(fact.declaration.summary): \(value.text)."]
      if isOfTime, !key.hasPrefix("ledger.") {
        sentences += try ShopCauses(accounts: accounts, window: window, shop: shop).sentences()
      }
      return Report(
        [.heading(key, remark: StretchText.text(window))] + sentences.map(Block.paragraph))
    } catch {
      throw error.diagnostic(arguments)
    }
  }

  private func stretch(_ world: World, _ accounts: Accounts) throws(FactUnavailable)
    -> Service.Window
  {
    if let window = arguments.statement.window {
      return try WorldClock(world: world).stretch(of: window)
    }
    let latest = accounts.latestDay
    guard latest.start < latest.end else { throw .notYet("no time has passed") }
    return latest
  }
}
