import Cloud
import Quantities
import Reports

/// What `pool` reports: the retailer's year, what tenants make of the rest, and where it does not reach.
struct PoolPage {
  let experiment: PoolExperiment
  let result: PoolExperiment.Result
  /// What a machine costs a year.
  let yearlyCost: Money

  private var hours: Double { Double(experiment.own.count) }
  private var ownMean: Double { experiment.own.reduce(0, +) / hours }
  private var wantedMean: Double { result.wanted.reduce(0, +) / hours }
  private var shortage: [(hour: Int, lacking: Double)] {
    result.shortage(own: experiment.own, fleet: experiment.fleet)
  }
  private var served: Double {
    wantedMean - shortage.reduce(0) { $0 + $1.lacking } / hours
  }
  private var ownUsed: Double { ownMean / experiment.fleet }
  private var used: Double { (ownMean + served) / experiment.fleet }
  private var gain: Double? { result.peak > 0 ? result.sumOfPeaks / result.peak : nil }
  private var law: Double { result.law(tenants: experiment.tenants) }
  private var inSeason: Int {
    shortage.count { (experiment.start + .hours($0.hour)).date.month >= 11 }
  }

  /// What an hour that is used must bring, where so many machines are owned.
  private func hour(owned: Double) -> Money? {
    wantedMean > 0
      ? .dollars(yearlyCost.dollars * owned / (wantedMean * hours)) : nil
  }

  var report: Report {
    let short = shortage
    var blocks: [Block] = [
      .heading(
        "\(QuantityText.grouped(Int(experiment.fleet))) machines for a peak, "
          + "\(counted(experiment.tenants, "tenant"))",
        remark: "\(experiment.start.date.year)"),
      .plot(plot),
    ]
    if experiment.tenants > 0 {
      blocks += [.table(table), .paragraph(poolSentence), .paragraph(shortageSentence(short))]
    }
    var report = Report(blocks, facts: facts(short))
    report.subject = "pool"
    return report
  }

  /// By the week: what is used, by whom.
  private var plot: Plot {
    func weekly(_ values: [Double]) -> [Double] {
      stride(from: 0, to: values.count - 167, by: 168).map { first in
        values[first..<(first + 168)].reduce(0, +) / 168 / experiment.fleet * 100
      }
    }
    func series(_ key: String, _ values: [Double]) -> Series {
      Series(
        key: key, unit: .percent, start: experiment.start, step: .days(7), values: weekly(values))
    }
    let own = series("the retailer's own", experiment.own)
    let both = series("with tenants", zip(experiment.own, result.wanted).map { $0 + $1 })
    guard experiment.tenants > 0 else {
      return Plot(
        .line(Chart(along: [own])), title: "machines in use, by the week", of: [own],
        sentence: "The retailer uses \(FactValue.share(ownUsed).text) of his machines on average.")
    }
    return Plot(
      .line(Chart(along: [own, both])), title: "machines in use, by the week", of: [own, both],
      sentence:
        "The retailer uses \(FactValue.share(ownUsed).text) of his machines on average; with tenants "
        + "\(FactValue.share(used).text) are used.")
  }

  private var table: Table {
    func row(_ label: String, _ value: Double) -> [Table.Cell] {
      [.words(label), .words(QuantityText.significant(value))]
    }
    return Table(
      key: "pool.result", columns: [.init(""), .init("machines")],
      rows: [
        row("one for each tenant", result.sumOfPeaks), row("all at once, at most", result.peak),
        row("  by the square-root law", law), row("on average", wantedMean),
      ])
  }

  private var poolSentence: String {
    guard let gain, let alone = hour(owned: result.sumOfPeaks),
      let shared = hour(owned: result.peak)
    else { return "Nobody wants to rent." }
    let together =
      gain < 1.05
      ? "Together they need as many machines as each for himself: all are busy at once."
      : "Together they need \(QuantityText.significant(gain, 2)) times fewer machines than each for himself."
    return together
      + " With \(FactValue.money(yearlyCost).text) a machine and year, an hour that is used costs "
      + "\(RateText.text(alone)) alone and \(RateText.text(shared)) shared."
  }

  private func shortageSentence(_ short: [(hour: Int, lacking: Double)]) -> String {
    guard let worst = short.max(by: { $0.lacking < $1.lacking }) else {
      return "The idle machines were enough for them in every hour of the year."
    }
    let moment = experiment.start + .hours(worst.hour)
    return
      "In \(counted(short.count, "hour")) they found too few idle machines, \(QuantityText.grouped(inSeason)) "
      + "of them in November and December; at \(moment.date) \(moment.clockText) "
      + "\(QuantityText.significant(worst.lacking)) were lacking."
  }

  private func facts(_ short: [(hour: Int, lacking: Double)]) -> [Fact] {
    let simulated = Provenance.simulated(seed: experiment.seed)
    func number(_ value: Double) -> FactValue { .quantity(Quantity(value), .none) }
    let none = FactValue.undefined("nobody wants to rent")
    return [
      Fact("pool.own.used", .share(ownUsed), simulated), Fact("pool.used", .share(used), simulated),
      Fact("pool.sum-of-peaks", number(result.sumOfPeaks), simulated),
      Fact("pool.peak", number(result.peak), simulated), Fact("pool.law", number(law), .computed),
      Fact("pool.gain", gain.map(number) ?? none, simulated),
      Fact("pool.short.hours", .count(short.count), simulated),
      Fact("pool.short.november", .count(inSeason), simulated),
      Fact("pool.hour.own", hour(owned: result.sumOfPeaks).map { .rate($0) } ?? none, simulated),
      Fact("pool.hour.shared", hour(owned: result.peak).map { .rate($0) } ?? none, simulated),
    ]
  }
}
