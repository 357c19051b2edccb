import Cloud
import Quantities
import Reports

/// What `breakeven` reports.
struct BreakevenPage {
  let choice: OwnOrRent
  let parts: [(String, Money)]
  let own: OwnedServer
  let size: String
  let work: Double
  let busy: Double
  /// Over how many years a server is paid off.
  let years: Int

  var report: Report {
    let steady = choice.costs(of: OwnOrRent.year(mean: work, busy: 1))
    let spiky = choice.costs(of: OwnOrRent.year(mean: work, busy: busy))
    let found = choice.breakEvenByTrying(mean: work)
    var report = Report(
      [
        .heading("own \(own.server.id) or rent \(size)", remark: "a year"),
        .table(
          Table(
            key: "breakeven.server", columns: [.init("a server of your own"), .init("a year")],
            rows: parts.map { [.words($0.0), .value(.money($0.1))] }
              + [[.words("all of it"), .value(.money(choice.ownYearly))]])),
        .table(
          Table(
            key: "breakeven.costs",
            columns: ["", "own", "rent", "owned", "rented hours"].map { .init($0) },
            rows: [row("steady", steady), row("in \(FactValue.share(busy).text) of hours", spiky)])),
        .plot(plot(found)), .paragraph(sentence(found)), .plot(horizonPlot),
        .paragraph(horizonSentence),
      ], facts: facts(steady, spiky, found))
    report.subject = "breakeven"
    return report
  }

  private func row(
    _ label: String, _ costs: (own: Money, rent: Money, owned: Int, rentedHours: Int)
  ) -> [Table.Cell] {
    [
      .words(label), .value(.money(costs.own)), .value(.money(costs.rent)),
      .value(.count(costs.owned)), .value(.count(costs.rentedHours)),
    ]
  }

  /// Cost by the share of busy hours, for the same work.
  private func plot(_ found: Double?) -> Plot {
    let shares = [0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1]
    let years = shares.map { ($0, choice.costs(of: OwnOrRent.year(mean: work, busy: $0))) }
    func curve(_ name: String, _ cost: (Money, Money) -> Money) -> Chart.Curve {
      .init(name, years.map { .init($0.0 * 100, cost($0.1.own, $0.1.rent).dollars) })
    }
    let chart = Chart(
      x: Axis("hours in which the work comes", .percent), y: Axis("a year", .dollar),
      [curve("own", { own, _ in own }), curve("rent", { _, rent in rent })])
    return Plot(
      .logLog(chart), title: "the same work, in ever more of the hours",
      marks: found.map {
        [Mark(.x($0 * 100), "from \(FactValue.share($0).text) of the hours on, owning is cheaper")]
      } ?? [],
      sentence:
        "What is owned costs the same however seldom it is used, so the rarer the work, the dearer; what is "
        + "rented costs what it does.")
  }

  // MARK: - Horizon

  private func payback(_ busy: Double) -> Payback {
    choice.payback(price: own.price, running: own.upkeep, busy: busy)
  }

  /// How long a server takes to pay back, by the share of hours in which there is work.
  private var horizonPlot: Plot {
    let points = stride(from: 0.05, through: 1.001, by: 0.05).compactMap { share in
      payback(share).months.map { (share, $0) }
    }
    // Beyond twenty years nobody waits.
    let shown = points.filter { $0.1 <= 240 }
    let chart = Chart(
      x: Axis("hours in which there is work", .percent), y: Axis("months to pay back"),
      [.init("one server", shown.map { .init($0.0 * 100, $0.1) })])
    return Plot(
      .line(chart), title: "when a server of your own has paid back",
      marks: [Mark(.y(Double(12 * years)), "paid off in \(counted(years, "year"))")],
      sentence: "The more of the hours there is work, the sooner its price is back.")
  }

  private var horizonSentence: String {
    func words(_ share: Double) -> String {
      payback(share).months.map { "after \(QuantityText.significant($0, 3)) months" } ?? "never"
    }
    return
      "A server at \(FactValue.money(own.price).text) that runs for \(FactValue.money(own.upkeep).text) a month has "
      + "paid back \(words(1)) where its work never stops, and \(words(busy)) where it comes in "
      + "\(FactValue.share(busy).text) of the hours."
  }

  private func sentence(_ found: Double?) -> String {
    guard let found else {
      return "Renting is cheaper even for work that never stops: a server of your own costs "
        + "\(FactValue.money(choice.ownYearly).text) a year, and renting its work all year "
        + "\(FactValue.money(.dollars(8_760 * choice.hourly.dollars * choice.rentedForOne)).text)."
    }
    return
      "Owning pays where the work comes in more than \(FactValue.share(found).text) of the hours; the costs of one "
      + "machine alone say \(FactValue.share(choice.breakEven).text). Left out: your hours, the line, and what either "
      + "way can go wrong."
  }

  private func facts(
    _ steady: (own: Money, rent: Money, owned: Int, rentedHours: Int),
    _ spiky: (own: Money, rent: Money, owned: Int, rentedHours: Int), _ found: Double?
  ) -> [Fact] {
    func fact(_ key: String, _ value: FactValue) -> Fact {
      Fact("breakeven.\(key)", value, .computed)
    }
    return [
      fact("server", .money(choice.ownYearly)),
      fact("share", found.map { .share($0) } ?? .undefined("renting is always cheaper")),
      fact("theory", .share(choice.breakEven)),
      fact("own.steady", .money(steady.own)), fact("rent.steady", .money(steady.rent)),
      fact("own.spiky", .money(spiky.own)), fact("rent.spiky", .money(spiky.rent)),
      fact("horizon.steady", horizon(1)), fact("horizon.spiky", horizon(busy)),
    ]
  }

  private func horizon(_ busy: Double) -> FactValue {
    payback(busy).months.map { .quantity(Quantity($0), .none) }
      ?? .undefined("renting costs less than its power and place")
  }
}
