import LanguageModel
import Quantities
import Reports

/// What `batch` reports: what each further text at once costs, and what it gives.
struct BatchPage {
  let name: String
  let rounds: [BatchMeasurement]
  /// Some of the texts of the last round.
  let samples: [String]

  /// `Chosen:` doublings up to what an engine takes at once.
  static let sizes = [1, 2, 4, 8, 16, 32]

  static let declarations: [FactDeclaration] =
    sizes.map {
      FactDeclaration(
        "batch.\($0).rate", .gauge, .perSecond,
        "symbols of all texts together with \(counted($0, "text")) at once")
    } + [
      FactDeclaration("batch.gain", .gauge, "the most texts at once beside one: symbols in all"),
      FactDeclaration("batch.slowdown", .gauge, "the same: how much longer each text takes"),
      FactDeclaration(
        "batch.four.time", .gauge, "a symbol of each of four texts, beside the symbol of one alone"),
      FactDeclaration("batch.intensity", .gauge, "operations for each byte, one text at a time"),
      FactDeclaration(
        "batch.intensity.most", .gauge, "operations for each byte, the most texts at once"),
    ]

  private func rate(_ size: Int) -> Double? {
    rounds.first { $0.sequences == size }?.tokensPerSecond
  }

  private var most: BatchMeasurement? { rounds.last }

  private var gain: Double? {
    guard let one = rate(1), let last = most?.tokensPerSecond, one > 0 else { return nil }
    return last / one
  }

  /// A step of `size` texts beside a step of one.
  private func stepTime(_ size: Int) -> Double? {
    guard let one = rate(1), let other = rate(size), other > 0 else { return nil }
    return Double(size) * one / other
  }

  private func intensity(_ round: BatchMeasurement) -> Double? {
    round.decode.bytes > 0 ? round.decode.operations / round.decode.bytes : nil
  }

  var report: Report {
    var report = Report(
      [.heading(name, remark: "several texts at once"), .table(table), .plot(picture)]
        + samples.map { .paragraph("“\(BatchPage.oneLine($0))”") } + [.paragraph(sentence)],
      facts: facts)
    report.subject = "batch"
    return report
  }

  /// A text on one line.
  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func words(_ number: Double?, _ digits: Int = 3) -> Table.Cell {
    number.map { .words(QuantityText.significant($0, digits)) } ?? .none
  }

  private var table: Table {
    Table(
      key: "batch",
      columns: [
        .init("at once"), .init("symbols a second"), .init("for each text"),
        .init("operations a byte"),
      ],
      rows: rounds.map { round in
        [
          .value(.count(round.sequences)), BatchPage.words(round.tokensPerSecond),
          BatchPage.words(round.tokensPerSecond.map { $0 / Double(round.sequences) }),
          BatchPage.words(intensity(round), 2),
        ]
      })
  }

  private var picture: Plot {
    let points = rounds.compactMap { round in
      round.tokensPerSecond.map { Chart.Point(Double(round.sequences), $0) }
    }
    let chart = Chart(
      x: Axis("texts at once", .none), y: Axis("symbols a second", .none),
      [
        Chart.Curve("all together", points),
        Chart.Curve(
          "each", points.map { point in Chart.Point(point.x, point.y.map { $0 / point.x }) }),
      ])
    return Plot(
      .logLog(chart), sentence: "More texts at once: more symbols in all, fewer for each.")
  }

  private var sentence: String {
    guard let most, let gain, let step = stepTime(most.sequences) else {
      return "Nothing was timed here."
    }
    return
      "\(counted(most.sequences, "text")) at once give \(QuantityText.significant(gain, 2)) times as many symbols a "
      + "second as one, and each of them waits \(QuantityText.significant(step, 2)) times as long for its next. "
      + "The weights are fetched once for all; only keys and values are each text's own."
  }

  private var facts: [Fact] {
    func fact(_ key: String, _ value: FactValue) -> Fact {
      Fact("batch.\(key)", value, .measured(repetitions: BatchCommand.tries))
    }
    func number(_ value: Double?) -> FactValue {
      value.map { .quantity(Quantity($0), .none) } ?? .undefined("it was not timed")
    }
    let rates = BatchPage.sizes.map { size in
      fact(
        "\(size).rate",
        rate(size).map { .quantity(Quantity($0, .rate), .perSecond) }
          ?? .undefined("so many were not tried"))
    }
    return rates + [
      fact("gain", number(gain)), fact("slowdown", number(most.flatMap { stepTime($0.sequences) })),
      fact("four.time", number(stepTime(4))),
      fact("intensity", number(rounds.first.flatMap(intensity))),
      fact("intensity.most", number(most.flatMap(intensity))),
    ]
  }
}
