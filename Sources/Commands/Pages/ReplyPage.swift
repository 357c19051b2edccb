import Compute
import Quantities
import Reports

/// What `explain reply` reports: what the last answer's two phases did, and which limit each met.
struct ReplyPage {
  /// A phase of an answer.
  struct Phase: Hashable, Sendable {
    var tokens: Int
    var seconds: Double
    var operations: Double
    var bytes: Double

    /// Operations for each byte that came from memory.
    var intensity: Double { bytes > 0 ? operations / bytes : 0 }
  }

  let prefill: Phase
  let decode: Phase
  /// What this machine can do with the numbers that the model is made of.
  let roof: Roofline

  static let declarations: [FactDeclaration] = [
    FactDeclaration(
      "reply.prefill.intensity", .gauge, "operations for each byte while it read the question"),
    FactDeclaration(
      "reply.decode.intensity", .gauge, "operations for each byte while it said the answer"),
    FactDeclaration(
      "reply.prefill.share", .gauge, .percent, "of what the roof allows, reading the question"),
    FactDeclaration(
      "reply.decode.share", .gauge, .percent, "of what the roof allows, saying the answer"),
    FactDeclaration(
      "reply.ridge-point", .gauge, "operations for each byte from which on computing is the limit"),
  ]

  /// The rate that a phase reached, as a share of what the roof allows at its intensity; nil if it took no time.
  private func share(_ phase: Phase) -> Double? {
    guard phase.seconds > 0, phase.intensity > 0 else { return nil }
    return phase.operations / phase.seconds / roof.attainableRate(intensity: phase.intensity)
  }

  private func waitsForMemory(_ phase: Phase) -> Bool { phase.intensity < roof.ridgePoint }

  var report: Report {
    var report = Report(
      [
        .heading("the last answer", remark: "in its two phases"), .table(table), .plot(picture),
        .paragraph(sentence("Reading the question", prefill, "each weight served all its symbols")),
        .paragraph(
          sentence("Saying the answer", decode, "each weight came from memory for one symbol")),
      ], facts: facts)
    report.subject = "reply"
    return report
  }

  private var table: Table {
    func row(_ name: String, _ value: (Phase) -> Table.Cell) -> [Table.Cell] {
      [.words(name), value(prefill), value(decode)]
    }
    func seconds(_ value: Double) -> Table.Cell { .value(.span(.seconds(value))) }
    return Table(
      key: "reply", columns: [.init(""), .init("reading"), .init("saying")],
      rows: [
        row("symbols") { .value(.count($0.tokens)) }, row("took") { seconds($0.seconds) },
        row("operations") { .words(QuantityText.significant($0.operations)) },
        row("from memory") { .value(.quantity(Quantity($0.bytes, .data), .byte)) },
        row("operations a byte") { .words(QuantityText.significant($0.intensity, 2)) },
        row("arithmetic alone") { seconds($0.operations / roof.peak) },
        row("memory alone") { seconds($0.bytes / roof.bandwidth) },
        row("memory brings at most") { _ in
          .words("\(QuantityText.significant(roof.bandwidth / 1e9)) GB/s")
        },
        row("its limit") { .words(waitsForMemory($0) ? "memory" : "arithmetic") },
      ])
  }

  /// `Chosen:` below a fifth neither arithmetic nor memory explains the time.
  private static let shareOfLittleWork = 0.2

  private func sentence(_ name: String, _ phase: Phase, _ cause: String) -> String {
    let limit = waitsForMemory(phase) ? "memory" : "arithmetic"
    let reached =
      share(phase).map { share in
        " It reached \(FactValue.share(share).text) of that limit."
          + (share < ReplyPage.shareOfLittleWork
            ? " Most of the time went into neither: the work is so little that handing it out takes longer."
            : "")
      } ?? ""
    return
      "\(name) did \(QuantityText.significant(phase.intensity, 2)) operations for each byte, as \(cause); this "
      + "machine's corner is at \(QuantityText.significant(roof.ridgePoint, 2)), so \(limit) is the limit."
      + reached
  }

  /// `Chosen:` from a quarter of the smaller phase or corner to four times the larger.
  private var picture: Plot {
    let marks = [prefill.intensity, decode.intensity, roof.ridgePoint].filter { $0 > 0 }
    let (low, high) = ((marks.min() ?? 1) / 4, (marks.max() ?? 1) * 4)
    var intensities: [Double] = []
    var at = low
    while at < high {
      intensities.append(at)
      at *= 1.414
    }
    func point(_ name: String, _ phase: Phase) -> [Chart.Curve] {
      guard phase.seconds > 0, phase.intensity > 0 else { return [] }
      return [
        Chart.Curve(
          name, [Chart.Point(phase.intensity, phase.operations / phase.seconds / 1e9)])
      ]
    }
    let chart = Chart(
      x: Axis("operations for each byte", .none),
      y: Axis("operations a second", ProbeCommand.unit("GFLOP/s")),
      [
        Chart.Curve(
          "this machine",
          (intensities + [roof.ridgePoint]).sorted().map {
            Chart.Point($0, roof.attainableRate(intensity: $0) / 1e9)
          })
      ] + point("reading", prefill) + point("saying", decode))
    return Plot(
      .logLog(chart),
      sentence: "Below the roof: reading the question to the right, saying the answer to the left.")
  }

  private var facts: [Fact] {
    func number(_ key: String, _ value: FactValue) -> Fact {
      Fact("reply.\(key)", value, .measured(repetitions: 1))
    }
    func share(_ phase: Phase) -> FactValue {
      self.share(phase).map { .share($0) } ?? .undefined("it took no time")
    }
    func intensity(_ phase: Phase) -> FactValue { .quantity(Quantity(phase.intensity), .none) }
    return [
      number("prefill.intensity", intensity(prefill)),
      number("decode.intensity", intensity(decode)),
      number("prefill.share", share(prefill)), number("decode.share", share(decode)),
      number("ridge-point", .quantity(Quantity(roof.ridgePoint), .none)),
    ]
  }
}
