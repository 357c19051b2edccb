import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `compare`: two branches side by side.
struct CompareCommand: Question {
  static let declaration = CommandDeclaration(
    "compare", "Two branches side by side, on the same visitors.", group: .world,
    parameters: [
      .positional("branch", .name("branch"), optional: true, "the other branch"),
      .positional("base", .name("branch"), optional: true, "the branch to compare it with"),
    ],
    example:
      "new shop\nfork lean\nset uplink isdn\nrun 1 day\nswitch main\nrun 1 day\ncompare lean",
    errors: ["unknown-branch", "nothing-to-compare"])

  /// What is compared, in this order.
  static let keys = [
    "shop.visits", "shop.answered-in-2s", "shop.lost", "shop.orders", "shop.revenue",
    "shop.response.p50", "shop.response.p99", "servers.count", "servers.utilization",
    "uplink.utilization", "ledger.capital", "ledger.running", "ledger.total", "ledger.cash",
    "work.hours", "carbon.total",
  ]

  /// What is compared beside that where something was rented.
  static let cloudKeys = ["cloud.instances", "cloud.bill.last", "cloud.credit"]

  /// What is compared beside that where there is a machine room.
  static let roomKeys = [
    "room.inlet", "room.pue", "room.energy", "room.cooling-energy", "room.failures", "room.down",
  ]

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let (name, base) = try names(session)
    guard name != base else {
      throw arguments.error(
        "nothing-to-compare", "'\(name)' cannot be compared with itself.", at: "branch",
        help: "Branches: \(session.branches.map(\.name).joined(separator: ", ")).")
    }
    let other = WorldFacts(try branch(name, "branch", session).state)
    let own = WorldFacts(try branch(base, "base", session).state)
    var rows: [[Table.Cell]] = []
    let hasRoom = own.state.world.machineRoom != nil && other.state.world.machineRoom != nil
    let hasShop = own.state.world.shop != nil || other.state.world.shop != nil
    let keys =
      hasShop ? CompareCommand.keys : CompareCommand.keys.filter { $0.hasPrefix("ledger.") }
    let hasAccount = [own, other].contains { !$0.state.world.accounts.isEmpty }
    let more =
      (hasRoom ? CompareCommand.roomKeys : []) + (hasAccount ? CompareCommand.cloudKeys : [])
    for key in keys + more {
      guard let fact = session.registry.catalog.resolve(key) else {
        preconditionFailure("'compare' asks for '\(key)', which nobody declares")
      }
      let (a, b) = (value(fact, own), value(fact, other))
      rows.append([.words(key), .value(a), .value(b), .difference(b, a)])
    }
    var blocks: [Block] = [
      .heading("\(base) and \(name)", remark: "\(own.now)"),
      .table(
        Table(
          key: "compare.\(base).\(name)",
          columns: [.init(""), .init(base), .init(name), .init("change")], rows: rows)),
    ]
    if let costs = costs(base, own, name, other) { blocks += costs }
    if own.now != other.now {
      blocks.append(
        .paragraph(
          "'\(base)' is at \(own.now) and '\(name)' at \(other.now): run both to the same moment "
            + "before you compare."))
    }
    return Report(blocks)
  }

  /// What either branch cost since it opened its shop, by cause: what was paid, lost to age, and not earned.
  private func costs(
    _ base: String, _ own: WorldFacts, _ name: String, _ other: WorldFacts
  ) -> [Block]? {
    func cost(_ facts: WorldFacts) -> TotalCost? {
      let world = facts.state.world
      guard let shop = world.shop, shop.start < world.now else { return nil }
      do throws(WindowProblem) {
        return try world.totalCost(of: Window(shop.start, world.now))
      } catch {
        return nil
      }
    }
    guard let a = cost(own), let b = cost(other) else { return nil }
    func row(_ words: String, _ a: Money, _ b: Money) -> [Table.Cell] {
      [
        .words(words), .value(.money(a)), .value(.money(b)), .difference(.money(b), .money(a)),
      ]
    }
    let rows = TotalCost.Item.allCases.compactMap { item -> [Table.Cell]? in
      let (x, y) = (a.amount(item), b.amount(item))
      return x == .zero && y == .zero ? nil : row(item.words, x, y)
    }
    return [
      .paragraph("What all of it cost, own hours and lost sales included:"),
      .table(
        Table(
          key: "compare.costs", columns: [.init(""), .init(base), .init(name), .init("change")],
          rows: rows + [row("all of it", a.total, b.total)])),
    ]
  }

  /// The branch and its base: as given, or the current branch and the one it was forked from, or the
  /// only other one.
  private func names(_ session: Session) throws -> (branch: String, base: String) {
    if let name = arguments.word("branch") {
      return (name, arguments.word("base") ?? session.currentName)
    }
    if let parent = session.current.parent { return (session.currentName, parent) }
    if let other = session.branches.last, session.branches.count > 1 {
      return (other.name, session.currentName)
    }
    throw arguments.error(
      "nothing-to-compare", "There is only one branch.",
      help: "'fork NAME' makes another; change something there, run both, then compare.")
  }

  private func branch(_ name: String, _ argument: String, _ session: Session) throws -> Branch {
    if let branch = session.branch(named: name) { return branch }
    let names = session.branches.map(\.name)
    throw arguments.error(
      "unknown-branch", "There is no branch '\(name)'.", at: argument,
      help: [
        NearMiss.question(for: name, among: names), "Branches: \(names.joined(separator: ", ")).",
      ].compactMap { $0 }.joined(separator: " "))
  }

  private func value(_ fact: FactCatalog.Resolved, _ facts: WorldFacts) -> FactValue {
    do throws(FactUnavailable) {
      return try facts.value(of: fact, window: nil)
    } catch {
      return .undefined(error.reason)
    }
  }
}

extension Table.Cell {
  /// By how much a value lies above another; nothing if they are no numbers.
  package static func difference(_ a: FactValue, _ b: FactValue) -> Table.Cell {
    guard case .quantity(let x, let unit) = a, case .quantity(let y, _) = b else { return .none }
    return .change(.quantity(Quantity(x.value - y.value, x.dimension), unit))
  }
}
