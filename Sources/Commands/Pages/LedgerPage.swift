import Quantities
import Reports
import Service
import WorldModel

/// The page `show ledger`: what there was, what came in, what was spent on what, and what is left.
struct LedgerPage {
  private let world: World

  init(_ world: World) { self.world = world }

  /// What is shown even where nothing was spent on it yet.
  private static let always: [Ledger.Cause] = [.machines, .uplink, .electricity]

  private var loanSentences: [String] {
    world.loans.map { open in
      "A loan of \(FactValue.money(open.loan.principal).text): \(FactValue.money(open.loan.payment).text) a month, "
        + "\(open.paid) of \(open.loan.months) paid, \(FactValue.money(open.balance).text) still owed."
    }
  }

  /// The page, with what changed since the last look.
  func report(since memory: PageMemory?) -> Report {
    let books = Books(world)
    let past = Books.dayBefore(world)
    func row(_ label: String, _ amount: (Books) -> Money) -> PageTable.Row {
      PageTable.Row(
        label: label, value: .money(amount(books)), before: past.map { .money(amount($0)) })
    }
    var rows = [
      row("cash now", \.cash), row("at the start", \.opening), row("left of sales", \.earnings),
    ]
    for cause in Ledger.Cause.allCases
    where LedgerPage.always.contains(cause) || books.spent(on: cause) != .zero {
      rows.append(row(cause.rawValue) { -$0.spent(on: cause) })
    }
    let table = PageTable(key: "ledger.causes", rows: rows)
    var report = Report(
      [
        .heading("money", remark: "\(world.now)"),
        .table(table.table(since: memory)),
        .paragraph(
          "Of each sale \(FactValue.share(World.margin).text) is left; the rest pays for cloth, sewing, packing "
            + "and postage."),
      ] + loanSentences.map(Block.paragraph))
    report.memory = table.memory(of: "ledger", at: world.now)
    return report
  }
}

/// What had come in and gone out up to a moment.
struct Books {
  let opening: Money
  let earnings: Money
  let visits: Int
  let orders: Int
  private let spent: [(cause: Ledger.Cause, amount: Money)]

  /// The books as they are.
  init(_ world: World) {
    let total = world.shop?.accounts.total
    self.init(
      world.ledger, earnings: world.earnings, visits: total?.visits ?? 0,
      orders: total?.orders ?? 0, before: .distantFuture)
  }

  private init(_ ledger: Ledger, earnings: Money, visits: Int, orders: Int, before end: Moment) {
    opening = ledger.opening
    self.earnings = earnings
    self.visits = visits
    self.orders = orders
    spent = Ledger.Cause.allCases.map { cause in
      let entries = ledger.entries.lazy.filter { $0.cause == cause && $0.moment < end }
      return (cause, entries.reduce(Money.zero) { $0 + $1.amount })
    }
  }

  /// The books as they were a day before; nil if the shop was not open yet, or nothing is known.
  static func dayBefore(_ world: World) -> Books? {
    guard let accounts = world.shop?.accounts else { return nil }
    let moment = world.now - .days(1)
    do throws(WindowProblem) {
      let total = try accounts.total(until: moment)
      return Books(
        world.ledger, earnings: .dollars(total.revenue.dollars * World.margin),
        visits: total.visits, orders: total.orders, before: moment)
    } catch {
      return nil
    }
  }

  /// What was spent on something.
  func spent(on cause: Ledger.Cause) -> Money {
    spent.reduce(Money.zero) { $0 + ($1.cause == cause ? $1.amount : .zero) }
  }

  /// What is left.
  var cash: Money { spent.reduce(opening + earnings) { $0 - $1.amount } }
}
