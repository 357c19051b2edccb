import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `show`: pages that tell how things stand, what matters first.
struct ShowCommand: Question {
  static let declaration = CommandDeclaration(
    "show", "How things stand: the shop, its network, the room, the money; alone, what there is.",
    group: .world,
    parameters: [
      .positional(
        "page", .choice(Page.allCases.map(\.rawValue)), optional: true, "which page"
      ).meaning([
        "shop": "how the visitors fare, and what gives way",
        "room": "the racks, the heat, the power, and what is wrong",
        "network": "the parts that a page passes", "ledger": "what was spent, and on what",
        "machines": "the machines that there are", "catalog": "what is sold, and for how much",
        "bill": "what is rented, and what it costs",
        "model": "the language model in use, and what a symbol takes",
        "world": "where you stand, with the state's hash",
      ])
    ],
    tail: .window,
    facts: WorldFacts.families.flatMap(\.declarations),
    example: "new shop\nrun 1 day\nshow shop\nshow shop during 2004-03-01\nshow network",
    errors: ["no-shop", "no-model", "model-gone"])

  /// What can be shown.
  enum Page: String, CaseIterable {
    case shop, network, room, ledger, bill, catalog, machines, model, world

    var summary: String {
      switch self {
      case .shop: "visits, orders, how fast pages come, and what the limit is"
      case .network: "the path of a page view, and what each part of it can carry"
      case .room: "the machine room: racks, heat, power, alarms"
      case .ledger: "the money: what came in and what it was spent on"
      case .bill: "what is rented, and what it costs this month"
      case .catalog: "what is sold now, and for how much"
      case .machines: "this machine as the probe found it, and others beside it"
      case .model: "the language model in use: what it is made of, and what a symbol takes"
      case .world: "the date, the cash, what there is, and the branches"
      }
    }
  }

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let page = arguments.word("page").flatMap(Page.init) else { return contents }
    let state = session.state
    // A page of a stretch that is asked for is compared with what was before it, whatever was seen.
    let memory = arguments.statement.window == nil ? session.memory(of: page.rawValue) : nil
    var report: Report
    switch page {
    case .shop: report = try shopPage(state, session.registry.catalog, memory)
    case .network: report = try networkPage(state, session.registry.catalog, memory)
    case .ledger:
      report = LedgerPage(state.world).report(since: memory)
      report.facts = facts(["ledger"], state, session.registry.catalog)
    case .room:
      guard let room = state.world.machineRoom else {
        throw RoomProblem.noRoom.diagnostic(arguments)
      }
      report = RoomPage(state.world, room).report(since: memory)
      report.facts = facts(["room"], state, session.registry.catalog)
    case .bill:
      report = BillPage(world: state.world).report
      report.facts = facts(["cloud"], state, session.registry.catalog)
    case .catalog: report = CatalogPage(world: state.world).report
    case .world: report = WorldPage(session).report(since: memory)
    case .model:
      let entry = try state.models.entryInUse(arguments)
      report = try ModelPage(entry: entry, model: entry.loaded(context, arguments)).report
    case .machines:
      let page = MachinesPage(probe: state.findings["probe"])
      report = Report(page.blocks, facts: page.facts)
    }
    if arguments.statement.window != nil { report.memory = nil }
    return report
  }

  // MARK: - Pages

  /// What there is to show.
  private var contents: Report {
    Report([
      .heading("what there is to show", remark: ""),
      .table(
        Table(
          key: "show.pages", columns: [.init(""), .init("")],
          rows: Page.allCases.map { [.words("show \($0.rawValue)"), .words($0.summary)] })),
      .paragraph("'plot FACT' draws, 'commands facts' lists what can be drawn."),
    ])
  }

  private func shopPage(_ state: SessionState, _ catalog: FactCatalog, _ memory: PageMemory?) throws
    -> Report
  {
    let (accounts, window) = try accountsAndWindow(state)
    guard let window else { return notOpenYet(state) }
    do throws(WindowProblem) {
      var report = try ShopPage(
        accounts: accounts, window: window, servers: state.world.serverCounts,
        rented: state.world.rentedCounts,
        uplinkID: state.world.uplinkID, cash: state.world.cash
      ).report(since: memory)
      report.facts = facts(["shop", "demand", "servers", "uplink"], state, catalog)
      return report
    } catch {
      throw error.unavailable.diagnostic(arguments)
    }
  }

  private func networkPage(_ state: SessionState, _ catalog: FactCatalog, _ memory: PageMemory?)
    throws -> Report
  {
    let (accounts, window) = try accountsAndWindow(state)
    guard let window, let shop = state.world.shop else { return notOpenYet(state) }
    do throws(WindowProblem) {
      var report = try NetworkPage(
        accounts: accounts, window: window, shop: shop, uplinkID: state.world.uplinkID
      ).report(since: memory)
      report.facts = facts(["uplink", "servers", "data", "disk"], state, catalog)
      return report
    } catch {
      throw error.unavailable.diagnostic(arguments)
    }
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
