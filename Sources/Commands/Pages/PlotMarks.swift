import Quantities
import Reports
import WorldModel

/// What happened in the time of a plot and is worth a mark: moments with a name, machines bought and
/// sold, campaigns.
struct PlotMarks {
  private let world: World

  init(_ world: World) { self.world = world }

  /// The most marks.
  ///
  /// `Chosen:` numbers of one digit; more hide what is drawn.
  private static let countMax = 9

  /// The marks in the time of a series, from early to late; names go before the rest.
  func marks(of series: Series) -> [Reports.Mark] {
    let time = series.start...series.start + series.step * max(0, series.values.count)
    let marks = (named + trades + campaigns).filter { time.contains($0.moment) }
    return marks.prefix(PlotMarks.countMax).sorted { $0.moment < $1.moment }
      .map { Reports.Mark(.moment($0.moment), $0.label) }
  }

  private var named: [(moment: Moment, label: String)] {
    world.marks.map { ($0.moment, $0.name) }
  }

  /// Machines that were bought or sold, what happened at one moment together.
  private var trades: [(moment: Moment, label: String)] {
    var trades: [(moment: Moment, amount: Money)] = []
    for entry in world.ledger.entries where entry.cause == .machines {
      if trades.last?.moment == entry.moment {
        trades[trades.count - 1].amount += entry.amount
      } else {
        trades.append((entry.moment, entry.amount))
      }
    }
    return trades.map { trade in
      let verb = trade.amount < .zero ? "sold" : "bought"
      let amount = trade.amount < .zero ? -trade.amount : trade.amount
      return (trade.moment, "\(verb) machines for \(FactValue.money(amount).text)")
    }
  }

  private var campaigns: [(moment: Moment, label: String)] {
    (world.shop?.demand.campaigns ?? []).map { campaign in
      (campaign.start, "\(QuantityText.significant(campaign.factor)) times the visits")
    }
  }
}
