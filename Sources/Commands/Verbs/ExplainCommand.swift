import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `explain`: the chain of causes behind a number.
struct ExplainCommand: Question {
  static let declaration = CommandDeclaration(
    "explain", "The chain of causes behind a number of the shop, or behind an answer.",
    group: .world,
    parameters: [
      .positional(
        "fact", .name("explainable"), fallback: "shop.answered-in-2s",
        "the fact, or 'room', or a rack, or 'reply' for a language model's last answer")
    ],
    tail: .window, facts: ReplyPage.declarations,
    example: "new shop\ndemand 8\nrun 1 day\nexplain shop.lost\nexplain shop.response.p99",
    errors: [
      "no-shop", "not-yet", "no-room", "no-reply", "no-model", "model-gone", "unknown-fact",
      "needs-suffix",
    ])

  let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let key = arguments.word("fact") else {
      preconditionFailure("'explain' declares a default")
    }
    if key == "reply" { return try reply(session.state, context) }
    if let report = try room(key, session.state.world) { return report }
    let fact = try session.registry.catalog.named(key, at: arguments.place("fact"))
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
        sentences += try ShopCauses(
          accounts: accounts, window: window, shop: shop, store: session.state.world.store,
          events: session.state.world.cloudEvents
        ).sentences()
      }
      if let room = session.state.world.measuredRoom, key.hasPrefix("shop.") {
        sentences += RoomCauses(session.state.world, room).sentences(in: window)
      }
      return Report(
        [.heading(key, remark: StretchText.text(window))] + sentences.map(Block.paragraph))
    } catch {
      throw error.diagnostic(arguments)
    }
  }

  /// The report on the room or one of its racks, if that is asked about.
  private func room(_ key: String, _ world: World) throws(Diagnostic) -> Report? {
    guard let room = world.machineRoom else {
      guard key == "room" else { return nil }
      throw RoomProblem.noRoom.diagnostic(arguments)
    }
    let causes = RoomCauses(world, room)
    let sentences: [String]
    if key == "room" {
      sentences = causes.roomSentences
    } else if let rack = room.rack(named: key) {
      sentences = causes.sentences(ofRack: rack)
    } else {
      return nil
    }
    return Report(
      [.heading(key == "room" ? "machine room" : key, remark: "\(world.now)")]
        + sentences.map(Block.paragraph))
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
