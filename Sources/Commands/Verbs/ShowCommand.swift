import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `show`: pages that tell how things stand, what matters first.
struct ShowCommand: Question {
  static let declaration = CommandDeclaration(
    "show", "How things stand: the shop, its network, the money; machines.", group: .world,
    parameters: [
      .positional(
        "page", .choice(["shop", "network", "ledger", "machines", "world"]), fallback: "world",
        "which page"
      ).meaning([
        "shop": "how the visitors fare, and what gives way",
        "network": "the parts that a page passes", "ledger": "what was spent, and on what",
        "machines": "the machines that there are",
        "world": "where you stand, with the state's hash",
      ])
    ],
    tail: .window,
    facts: WorldFacts.families.flatMap(\.declarations),
    example: "new shop\nrun 1 day\nshow shop\nshow shop during 2004-03-01\nshow network",
    errors: ["no-shop"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let state = session.state
    switch arguments.word("page") {
    case "shop": return try shopPage(state, session.registry.catalog)
    case "network": return try networkPage(state, session.registry.catalog)
    case "ledger": return ledgerPage(state, session.registry.catalog)
    case "machines":
      let page = MachinesPage(probe: state.findings["probe"])
      return Report(page.blocks, facts: page.facts)
    default: return worldPage(session)
    }
  }

  // MARK: - Pages

  private func shopPage(_ state: SessionState, _ catalog: FactCatalog) throws -> Report {
    let (accounts, window) = try accountsAndWindow(state)
    guard let window else { return notOpenYet(state) }
    do throws(WindowProblem) {
      let page = try ShopPage(
        accounts: accounts, window: window, servers: state.world.serverCounts,
        uplinkID: state.world.uplinkID, cash: state.world.cash)
      return Report(
        try page.blocks(), facts: facts(["shop", "demand", "servers", "uplink"], state, catalog))
    } catch {
      throw error.unavailable.diagnostic(arguments)
    }
  }

  private func networkPage(_ state: SessionState, _ catalog: FactCatalog) throws -> Report {
    let (accounts, window) = try accountsAndWindow(state)
    guard let window, let shop = state.world.shop else { return notOpenYet(state) }
    do throws(WindowProblem) {
      let page = try NetworkPage(
        accounts: accounts, window: window, shop: shop, uplinkID: state.world.uplinkID)
      return Report(
        try page.blocks(), facts: facts(["uplink", "servers", "data", "disk"], state, catalog))
    } catch {
      throw error.unavailable.diagnostic(arguments)
    }
  }

  private func ledgerPage(_ state: SessionState, _ catalog: FactCatalog) -> Report {
    let ledger = state.world.ledger
    var rows: [[Table.Cell]] = [[.words("cash at the start"), .value(.money(ledger.opening))]]
    for cause in Ledger.Cause.allCases {
      let sum = ledger.entries.filter { $0.cause == cause }.reduce(Money.zero) { $0 + $1.amount }
      rows.append([.words(cause.rawValue), .value(.money(-sum))])
    }
    rows.append([.words("left of sales"), .value(.money(state.world.earnings))])
    rows.append([.words("cash now"), .value(.money(state.world.cash))])
    return Report(
      [
        .heading("money", remark: "\(state.world.now)"),
        .table(
          Table(key: "ledger.causes", columns: [.init(""), .init("$", .dollar)], rows: rows)),
        .paragraph(
          "Of each sale \(FactValue.share(World.margin).text) is left; the rest pays for cloth, sewing, packing and "
            + "postage."),
      ], facts: facts(["ledger"], state, catalog))
  }

  private func worldPage(_ session: Session) -> Report {
    let world = session.state.world
    var sentences = ["It is \(world.now). Cash: \(FactValue.money(world.cash).text)."]
    if let shop = world.shop {
      let count = shop.servers.count
      sentences.append(
        "The shop has \(count) \(count == 1 ? "server" : "servers") and a \(world.uplinkID) line; "
          + "'show shop' tells how it does.")
    } else {
      sentences.append("There is no shop yet; 'new shop' opens one.")
    }
    if session.branches.count > 1 {
      sentences.append(
        "Branches: \(session.branches.map(\.name).joined(separator: ", ")); "
          + "you are in '\(session.currentName)'.")
    }
    return Report([
      .heading("world", remark: "seed \(world.seed)"),
      .paragraph(sentences.joined(separator: " ")),
      .paragraph("State hash: \(session.stateHash)."),
    ])
  }

  // MARK: - Parts

  private func notOpenYet(_ state: SessionState) -> Report {
    Report([
      .heading("quilt shop", remark: "\(state.world.now)"),
      .paragraph(
        "The shop has just opened; nothing has happened yet. 'run 1 day' lets a day pass."),
    ])
  }

  /// The records, and the stretch that the page is about: what is asked for, or else today as far as
  /// it has come, or else yesterday; nil if no time has passed.
  private func accountsAndWindow(_ state: SessionState) throws
    -> (accounts: Accounts, window: Service.Window?)
  {
    guard let shop = state.world.shop else { throw WorldProblem.noShop.diagnostic(arguments) }
    let accounts = shop.accounts
    let clock = WorldClock(world: state.world)
    if let window = arguments.statement.window {
      do throws(FactUnavailable) {
        return (accounts, try clock.stretch(of: window))
      } catch {
        throw error.diagnostic(arguments)
      }
    }
    let latest = accounts.latestDay
    return (accounts, latest.start < latest.end ? latest : nil)
  }

  private func facts(_ subjects: [String], _ state: SessionState, _ catalog: FactCatalog) -> [Fact]
  {
    let source = WorldFacts(state)
    return catalog.keys.filter { key in subjects.contains { key.hasPrefix($0 + ".") } }
      .compactMap { key -> Fact? in
        guard let resolved = catalog.resolve(key),
          resolved.declaration.kind != .gauge || resolved.suffix == nil
        else { return nil }
        do throws(FactUnavailable) {
          return Fact(
            key, try source.value(of: resolved, window: nil),
            .simulated(seed: state.world.seed))
        } catch {
          return Fact(key, .undefined(error.reason), .simulated(seed: state.world.seed))
        }
      }
  }
}

extension FactUnavailable {
  /// Why there is no value, in words.
  package var reason: String {
    switch self {
    case .notYet(let reason): reason
    case .never(_, let message, _): message
    }
  }

  /// The reason as a diagnostic of a statement.
  func diagnostic(_ arguments: Arguments) -> Diagnostic {
    switch self {
    case .notYet(let reason): arguments.error("not-yet", "Not yet: \(reason).")
    case .never(let code, let message, let help): arguments.error(code, message, help: help)
    }
  }
}
