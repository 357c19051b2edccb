import Facility
import Quantities
import Reports
import SimulationKernel

/// What `durability` reports: the simulation with its interval beside the Markov chain.
struct DurabilityPage {
  let simulation: DurabilitySimulation
  let result: DurabilitySimulation.Result
  private let chain: DurabilityChain
  private let windows: WindowDurability

  init(simulation: DurabilitySimulation, result: DurabilitySimulation.Result) {
    self.simulation = simulation
    self.result = result
    chain = DurabilityChain(simulation.parameters)
    windows = WindowDurability(simulation.parameters)
  }

  var report: Report {
    var report = Report(
      [.heading(title, remark: remark), .table(table), .paragraph(comparison)] + [
        .paragraph(limits)
      ], facts: facts)
    report.subject = "durability"
    return report
  }

  private var parameters: StorageParameters { simulation.parameters }
  private var scheme: StorageScheme { parameters.scheme }

  private var title: String {
    let what =
      switch scheme {
      case .replicas(1): "One copy on one device"
      case .replicas(let count): "\(count) copies"
      case .erasureCode(let data, let parity): "\(data) parts of data and \(parity) of parity"
      }
    return "\(what), \(MagnitudeText.percent(parameters.annualFailureRate)) fail a year, "
      + "\(QuantityText.text(Quantity(parameters.repairHours * 3_600, .time), unit: .second)) to "
      + "rebuild"
  }

  private var remark: String {
    let trials = QuantityText.grouped(simulation.trials)
    return result.method == .direct ? "\(trials) lives" : "\(trials) cycles"
  }

  // MARK: The table

  private var table: Table {
    let estimate = result.meanYearsToLoss
    let low = estimate.low.map { max(0, $0) }
    return Table(
      key: "durability.result",
      columns: [.init(""), .init("simulated"), .init("95% interval"), .init("theory")],
      rows: [
        row("mean time to loss", estimate.value, low, estimate.high, chain.meanYearsToLoss) {
          MagnitudeText.years($0)
        },
        row("lost in a year", estimate.value, estimate.high, low, chain.meanYearsToLoss) {
          MagnitudeText.chance(Durability.annualLoss(meanYearsToLoss: $0))
        },
        row("nines a year", estimate.value, low, estimate.high, chain.meanYearsToLoss) {
          QuantityText.fixed(nines($0), 2)
        },
      ])
  }

  /// A row of what follows from the mean years to a loss.
  private func row(
    _ label: String, _ years: Double, _ low: Double?, _ high: Double?, _ theory: Double,
    _ text: (Double) -> String
  ) -> [Table.Cell] {
    var interval = Table.Cell.none
    if let low, let high, low > 0 { interval = .words(MagnitudeText.range(text(low), text(high))) }
    return [
      .words(label), years.isFinite ? .words(text(years)) : .none, interval, .words(text(theory)),
    ]
  }

  private func nines(_ years: Double) -> Double {
    Durability.nines(annualLoss: Durability.annualLoss(meanYearsToLoss: years))
  }

  // MARK: In words

  private var comparison: String {
    let estimate = result.meanYearsToLoss
    var words =
      "The Markov chain says that the data last \(MagnitudeText.years(chain.meanYearsToLoss)) on "
      + "average. "
    switch (estimate.low, estimate.high) {
    case (let low?, let high?):
      let holds = low <= chain.meanYearsToLoss && chain.meanYearsToLoss <= high
      words +=
        "The simulation does not know its equations, and its interval "
        + (holds ? "holds that value. " : "misses that value, as one in twenty does. ")
    default: words += "No simulated cycle ended in a loss, so there is nothing to compare. "
    }
    if let bias = result.bias, bias > 0 {
      words +=
        "Losses are too rare to wait for, so after a failure the next one came before the repair in "
        + "\(MagnitudeText.percent(bias)) of the draws, and each loss counts by how much too often "
        + "that is."
    } else {
      words += "Every device was followed until the data were lost."
    }
    return words
  }

  private var limits: String {
    "Both know only devices that fail by themselves, one by one. A fire, a bad roll-out or a "
      + "deletion reaches all copies at once: against those there are backups elsewhere, and what "
      + "was written since the last one is lost."
  }

  // MARK: Facts

  private var facts: [Fact] {
    let simulated = Provenance.simulated(seed: simulation.seed)
    let estimate = result.meanYearsToLoss
    func fact(
      _ key: String, _ low: Double?, _ high: Double?, _ value: (Double) -> Double
    ) -> Fact {
      guard estimate.value.isFinite else {
        return Fact(key, .undefined("no simulated cycle ended in a loss"), simulated)
      }
      return Fact(
        key, number(value(estimate.value)), low: low.map(value), high: high.map(value), simulated)
    }
    func computed(_ key: String, _ value: Double) -> Fact { Fact(key, number(value), .computed) }
    let loss = { (years: Double) in Durability.annualLoss(meanYearsToLoss: years) }
    // A mean has no interval below 0 to speak of; a thousandth stands for it.
    let low = estimate.low.map { max(estimate.value / 1_000, $0) }
    return [
      fact("durability.mttdl.years", low, estimate.high) { $0 },
      computed("durability.mttdl.theory", chain.meanYearsToLoss),
      fact("durability.loss", estimate.high, low, loss),
      computed("durability.loss.theory", chain.annualLoss),
      computed("durability.loss.first-year", chain.loss(withinYears: 1)),
      fact("durability.nines", low, estimate.high, nines),
      computed("durability.nines.theory", chain.nines),
      Fact(
        "durability.nines.windows", number(windows.nines),
        .modelled(source: "Backblaze's count of windows, 2018")),
      computed("durability.overhead", scheme.overhead),
      Fact("durability.tolerated", .count(scheme.tolerated), .computed),
      Fact("durability.losses", .count(result.losses), simulated),
      Fact("durability.events", .count(result.events), simulated),
    ]
  }

  private func number(_ value: Double) -> FactValue { .quantity(Quantity(value), .none) }
}

/// Numbers of many magnitudes in words: `11.2 billion years`, `1 in 729,000`.
enum MagnitudeText {
  private static let words = [
    (1e6, "million"), (1e9, "billion"), (1e12, "trillion"), (1e15, "quadrillion"),
    (1e18, "quintillion"),
  ]

  /// A number of at least 1 with three significant digits.
  static func number(_ value: Double) -> String {
    guard value >= 999_500 else { return QuantityText.significant(rounded(value), 3) }
    guard value < 1e21 else {
      var (digits, power) = (value, 0)
      while digits >= 9.995, power < 400 { (digits, power) = (digits / 10, power + 1) }
      return "\(QuantityText.fixed(digits, 2)) · 10^\(power)"
    }
    // 999,600,000 is a billion, not a thousand million.
    let word = words.last { value >= $0.0 * 0.9995 } ?? words[0]
    return "\(QuantityText.significant(rounded(value / word.0), 3)) \(word.1)"
  }

  /// A number above 1,000 to three significant digits, so that no more of them are shown.
  private static func rounded(_ value: Double) -> Double {
    var scale = 1.0
    while value / scale >= 1_000 { scale *= 10 }
    return scale == 1 ? value : Double(Int(value / scale + 0.5)) * scale
  }

  /// A span of years.
  static func years(_ years: Double) -> String {
    years < 1
      ? QuantityText.text(Quantity(years * 31_557_600, .time), unit: .second)
      : "\(number(years)) years"
  }

  /// `11.2 to 11.3 billion years` rather than all words twice.
  static func range(_ low: String, _ high: String) -> String {
    var first = low.split(separator: " ")[...]
    var second = high.split(separator: " ")[...]
    while first.count > 1, second.count > 1, first.last == second.last {
      first.removeLast()
      second.removeLast()
    }
    let tail = high.split(separator: " ").dropFirst(second.count)
    let same = zip(first, second).prefix { $0 == $1 }.count
    second = second.dropFirst(min(same, second.count - 1))
    return (first + ["to"] + second + tail).joined(separator: " ")
  }

  /// A share with three significant digits: `1.57%`.
  static func percent(_ share: Double) -> String {
    "\(QuantityText.significant(share * 100, 3))%"
  }

  /// A chance: `12.3%`, or `1 in 729,000` where it is rare.
  static func chance(_ chance: Double) -> String {
    guard chance > 0 else { return "never" }
    return chance >= 1e-3 ? percent(chance) : "1 in \(number(1 / chance))"
  }
}
