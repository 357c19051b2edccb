import Quantities
import Reports
import WorldModel

/// The page `show world`: the date, the money, and what there is.
struct WorldPage {
  private let session: Session
  private var world: World { session.state.world }

  init(_ session: Session) { self.session = session }

  /// The page, with what changed since the last look.
  func report(since memory: PageMemory?) -> Report {
    let table = PageTable(key: "world.summary", rows: rows)
    var report = Report(
      [
        .heading("world", remark: "\(world.now.weekday.abbreviation) \(world.now)"),
        .table(table.table(since: memory)),
      ] + sentences.map(Block.paragraph))
    report.memory = table.memory(of: "world", at: world.now)
    return report
  }

  private var rows: [PageTable.Row] {
    let books = Books(world)
    let past = Books.dayBefore(world)
    var rows = [
      PageTable.Row(label: "cash", value: .money(books.cash), before: past.map { .money($0.cash) })
    ]
    guard let shop = world.shop else { return rows }
    rows += [
      PageTable.Row(
        label: "visits so far", value: .count(books.visits), before: past.map { .count($0.visits) }),
      PageTable.Row(
        label: "orders so far", value: .count(books.orders), before: past.map { .count($0.orders) }),
      PageTable.Row(label: "servers", value: .count(shop.servers.count)),
      PageTable.Row(label: "line", value: .text(world.uplinkID)),
    ]
    return rows
  }

  private var sentences: [String] {
    var sentences = [
      world.shop == nil
        ? "There is no shop yet; 'new shop' opens one."
        : "'show shop' tells how the shop does, 'show' what else can be shown."
    ]
    if session.branches.count > 1 {
      sentences.append(
        "Branches: \(session.branches.map(\.name).joined(separator: ", ")); "
          + "you are in '\(session.currentName)'.")
    }
    sentences.append("Seed \(world.seed). State hash: \(session.stateHash).")
    return sentences
  }
}
