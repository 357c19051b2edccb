import Quantities
import Randomness
import Reports

/// What `train` reports: the loss as it fell, how fast it went, and how many questions are answered right.
struct TrainingPage {
  let name: String
  let record: TrainingRecord
  /// What the machine draws at work, W.
  let watts: Double

  static let declarations: [FactDeclaration] = [
    FactDeclaration("train.steps", .gauge, "batches that it learned from"),
    FactDeclaration("train.parameters", .gauge, "learned numbers"),
    FactDeclaration("train.loss", .gauge, "mean loss of the last steps, nats a symbol"),
    FactDeclaration("train.loss.first", .gauge, "the same of the first steps"),
    FactDeclaration("train.held-out", .gauge, "mean loss on text that it never learned from"),
    FactDeclaration("train.held-out.lowest", .gauge, "the lowest that this was at any look"),
    FactDeclaration("train.tokens-per-second", .gauge, .perSecond, "symbols it learned from"),
    FactDeclaration(
      "train.rate", .gauge, Unit.named("GFLOP/s") ?? .none, "operations a second"),
    FactDeclaration(
      "train.share-of-peak", .gauge, .percent, "this rate, of what the machine could do at most"),
    FactDeclaration("train.energy", .gauge, .kilowattHour, "what the steps drew, by watts="),
    FactDeclaration("train.seconds", .gauge, .second, "how long the steps took"),
    FactDeclaration(
      "train.operations", .gauge, "operations of all steps, a multiply-add as two"),
    FactDeclaration("train.right", .gauge, .percent, "of held-out questions, those answered right"),
    FactDeclaration(
      "train.right.nearest", .gauge, .percent,
      "the same by the answer of the nearest question that was learned"),
    FactDeclaration(
      "train.overlap", .gauge, .percent,
      "of the 5-grams of these questions, those that the training had"),
  ]

  private var heldOut: [Double] { record.curve.compactMap(\.heldOut) }

  var report: Report {
    var report = Report(
      [
        .heading(name, remark: "\(counted(record.parameters, "learned number"))"),
        .table(table), .plot(plot),
      ] + (examSentence.map { [.paragraph($0)] } ?? [])
        + [.paragraph("'chat \"…\"' asks it, 'generate \"…\"' lets it go on.")], facts: facts)
    report.subject = "train"
    return report
  }

  /// Who went on from a model has timed its own steps only.
  private var took: String {
    record.stepsTimed == record.steps
      ? "took" : "took, the last \(counted(record.stepsTimed, "step"))"
  }

  private var energy: Energy { Energy(joules: watts * record.seconds) }

  private var table: Table {
    var rows: [[Table.Cell]] = [
      [
        .words("steps"),
        .words(
          QuantityText.grouped(record.steps)
            + (record.steps < record.stepsPlanned
              ? " of \(QuantityText.grouped(record.stepsPlanned))" : "")),
      ],
      [.words("symbols learned from"), .value(.count(record.steps * record.tokensPerStep))],
      [.words(took), .value(.span(.seconds(record.seconds)))],
      [.words("symbols a second"), .value(.count(Int(record.tokensPerSecond)))],
      [.words("GFLOP/s"), .words(QuantityText.significant(record.rate / 1e9))],
    ]
    if let share = record.shareOfPeak {
      rows.append([
        .words("share of peak"),
        .words(
          "\(FactValue.share(share).text) of \(QuantityText.significant(record.peak / 1e9)) GFLOP/s"
        ),
      ])
    }
    rows += [
      [.words("threads"), .value(.count(record.threads))],
      [
        .words("energy, at \(FactValue.quantity(Quantity(watts, .power), .watt).text)"),
        .words("\(QuantityText.significant(energy.joules)) J"),
      ],
    ]
    if let last = record.curve.last {
      rows.append([.words("loss"), .words(QuantityText.fixed(last.loss, 3))])
    }
    if let last = record.curve.last(where: { $0.heldOut != nil }), let loss = last.heldOut {
      let when = last.step == record.steps ? "" : ", after \(counted(last.step, "step"))"
      rows.append([.words("  on held-out text\(when)"), .words(QuantityText.fixed(loss, 3))])
    }
    return Table(key: "train", columns: [.init(""), .init("")], rows: rows)
  }

  private var plot: Plot {
    func curve(_ name: String, _ points: [(Int, Double)]) -> Chart.Curve {
      Chart.Curve(name, points.map { Chart.Point(Double($0.0), $0.1) })
    }
    let chart = Chart(
      x: Axis("steps", .none), y: Axis("loss", .none),
      [
        curve("training", record.curve.map { ($0.step, $0.loss) }),
        curve(
          "held-out", record.curve.compactMap { point in point.heldOut.map { (point.step, $0) } }),
      ])
    return Plot(.line(chart), sentence: lossSentence)
  }

  private var lossSentence: String {
    guard let first = record.curve.first, let last = record.curve.last else { return "" }
    guard record.curve.count > 1 else {
      return
        "The loss was \(QuantityText.fixed(first.loss, 2)): as good as guessing among some "
        + "\(QuantityText.significant(guesses(first.loss), 2)) symbols each time."
    }
    return
      "The loss went from \(QuantityText.fixed(first.loss, 2)) to \(QuantityText.fixed(last.loss, 2)): "
      + "at first it was as good as guessing among some \(QuantityText.significant(guesses(first.loss), 2)) "
      + "symbols each time, now among \(QuantityText.significant(guesses(last.loss), 2))."
  }

  /// e^loss: among how many equally likely symbols one would have to guess.
  private func guesses(_ loss: Double) -> Double { Portable.exp(loss) }

  private var examSentence: String? {
    guard let exam = record.exam else { return nil }
    let right = FactValue.share(Double(exam.right) / Double(exam.asked)).text
    let nearest = FactValue.share(Double(exam.nearestRight) / Double(exam.asked)).text
    return
      "Of \(counted(exam.asked, "question")) that it never saw it answers \(right) right; the answer of the "
      + "nearest question that it learned from would be right in \(nearest). "
      + "\(FactValue.share(exam.overlap).text) of what stands in these questions, five words at a time, was in "
      + "the training."
  }

  private var facts: [Fact] {
    func computed(_ key: String, _ value: FactValue) -> Fact {
      Fact("train.\(key)", value, .measured(repetitions: 1))
    }
    func number(_ value: Double?) -> FactValue {
      value.map { .quantity(Quantity($0), .none) } ?? .undefined("nobody looked")
    }
    func share(_ count: Int?) -> FactValue {
      guard let count, let exam = record.exam else { return .undefined("no questions were asked") }
      return .share(Double(count) / Double(exam.asked))
    }
    return [
      computed("steps", .count(record.steps)), computed("parameters", .count(record.parameters)),
      computed("loss", number(record.curve.last?.loss)),
      computed("loss.first", number(record.curve.first?.loss)),
      computed("held-out", number(heldOut.last)),
      computed("held-out.lowest", number(heldOut.min())),
      computed(
        "tokens-per-second", .quantity(Quantity(record.tokensPerSecond, .rate), .perSecond)),
      computed(
        "rate", .quantity(Quantity(record.rate, .workRate), Unit.named("GFLOP/s") ?? .none)),
      computed(
        "share-of-peak", record.shareOfPeak.map { .share($0) } ?? .undefined("nothing was timed")),
      Fact(
        "train.energy", .quantity(Quantity(energy.joules, .energy), .kilowattHour),
        .modelled(source: "watts= over the seconds of the steps")),
      computed("seconds", .span(.seconds(record.seconds))),
      computed("operations", number(Double(record.steps) * record.operationsPerStep)),
      computed("right", share(record.exam?.right)),
      computed("right.nearest", share(record.exam?.nearestRight)),
      computed(
        "overlap", record.exam.map { .share($0.overlap) } ?? .undefined("no questions were asked")),
    ]
  }
}
