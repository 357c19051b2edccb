import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `tco`: what everything costs, by cause, for an order and for a page.
struct TcoCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "tco", "Total cost of ownership over a time: by cause, for an order and for a page.",
    group: .atScale, tail: .window,
    facts: [FactDeclaration("tco.total", .gauge, .dollar, "all that it cost")]
      + TotalCost.Item.allCases.map {
        FactDeclaration("tco.\($0.rawValue)", .gauge, .dollar, $0.words)
      }
      + [
        FactDeclaration("tco.per-order", .gauge, .dollar, "all that it cost, for an order"),
        FactDeclaration("tco.per-page", .gauge, .dollar, "all that it cost, for a page"),
        FactDeclaration("tco.own-hours", .gauge, "hours of your own that it took"),
        FactDeclaration("tco.days", .gauge, "how many days it is about"),
      ],
    example: "new shop servers=2 room=furnished visits=500/day\nrun 2 days\ntco\n"
      + "tco during 2004-03-01",
    errors: ["no-shop", "not-yet"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    do throws(FactUnavailable) {
      let window = try stretch(world)
      do throws(WindowProblem) {
        return report(try world.totalCost(of: window), world)
      } catch {
        throw error.unavailable
      }
    } catch {
      throw error.diagnostic(arguments)
    }
  }

  private func stretch(_ world: World) throws(FactUnavailable) -> Service.Window {
    if let window = arguments.statement.window {
      return try WorldClock(world: world).stretch(of: window)
    }
    guard let start = world.shop?.start ?? world.machineRoom?.records.start, start < world.now
    else {
      throw .notYet("no time has passed")
    }
    return Service.Window(start, world.now)
  }

  private func report(_ cost: TotalCost, _ world: World) -> Report {
    let provenance = Provenance.simulated(seed: world.seed)
    let days = (cost.window.end - cost.window.start).seconds / 86_400
    let shown = cost.amounts.filter { $0.amount != .zero }
      .sorted { $0.amount > $1.amount }
    let rows = shown.map { item, amount -> [Table.Cell] in
      [
        .words(item.words), .value(.money(amount)),
        cost.total > .zero ? .value(.share(amount.dollars / cost.total.dollars)) : .none,
      ]
    }
    var report = Report([
      .heading("total cost", remark: StretchText.text(cost.window)),
      .table(
        Table(
          key: "tco.causes", columns: [.init(""), .init("cost"), .init("of all")],
          rows: rows + [[.words("all of it"), .value(.money(cost.total)), .none]])),
      .paragraph(sentence(cost, days)),
      .paragraph(
        "Machines lose their worth in five years, building and plant in ten; money costs 5% a year."
      ),
    ])
    report.subject = "tco"
    report.facts =
      [Fact("tco.total", .money(cost.total), provenance)]
      + cost.amounts.map { Fact("tco.\($0.item.rawValue)", .money($0.amount), provenance) }
      + [
        Fact("tco.per-order", per(cost.orders, cost.total, "no order came"), provenance),
        Fact("tco.per-page", per(cost.pages, cost.total, "no page was answered"), provenance),
        Fact("tco.own-hours", .quantity(Quantity(cost.ownHours), .none), provenance),
        Fact("tco.days", .quantity(Quantity(days), .none), provenance),
      ]
    return report
  }

  private func per(_ count: Int, _ total: Money, _ reason: String) -> FactValue {
    count > 0
      ? .quantity(Quantity(total.dollars / Double(count), .money), .dollar) : .undefined(reason)
  }

  private func sentence(_ cost: TotalCost, _ days: Double) -> String {
    var parts = ["\(FactValue.money(cost.total).text) in \(QuantityText.significant(days)) days"]
    if cost.orders > 0 {
      parts.append(
        "\(FactValue.money(.dollars(cost.total.dollars / Double(cost.orders))).text) for each of "
          + "\(counted(cost.orders, "order"))")
    }
    if cost.pages > 0 {
      let cents = cost.total.dollars / Double(cost.pages) * 100
      parts.append(
        "\(QuantityText.significant(cents)) cents for each of \(counted(cost.pages, "page"))")
    }
    var text = parts.joined(separator: ": ") + "."
    if parts.count > 2 { text = "\(parts[0]): \(parts[1]), \(parts[2])." }
    if cost.ownHours > 0 {
      text += " It took \(QuantityText.significant(cost.ownHours)) hours of your own."
    }
    return text
  }
}
