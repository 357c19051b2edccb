import Compute
import Quantities
import Reports

/// What `multiply` reports: each rung of the ladder with its rate, and what the processor waited for.
struct MultiplyPage {
  let steps: [MultiplyLadder.Step]

  static let declarations: [FactDeclaration] =
    MultiplyLadder.Rung.allCases.map { rung in
      FactDeclaration(
        "multiply.\(rung.rawValue).rate", .gauge, Unit.named("GFLOP/s") ?? .none,
        "operations a second: \(rung.words)")
    } + [
      FactDeclaration("multiply.size", .gauge, "rows and columns of the matrices"),
      FactDeclaration(
        "multiply.gain", .gauge,
        "how many times as fast the fastest rung in 32 bits is as the first"),
      FactDeclaration("multiply.threads", .gauge, "threads of the last rungs"),
      FactDeclaration(
        "multiply.best", .gauge, Unit.named("GFLOP/s") ?? .none,
        "operations a second of the fastest rung in 32 bits"),
      FactDeclaration("multiply.reordered.gain", .gauge, "memory's order beside the plain loops"),
      FactDeclaration("multiply.vector.gain", .gauge, "vectors beside the same tile without them"),
      FactDeclaration("multiply.threads.gain", .gauge, "all threads beside one"),
      FactDeclaration(
        "multiply.error", .gauge, "the largest error of a rung in 32 bits, of the largest number"),
      FactDeclaration("multiply.bytes.error", .gauge, .percent, "the same of the rung in 8 bits"),
    ]

  private func step(_ rung: MultiplyLadder.Rung) -> MultiplyLadder.Step? {
    steps.first { $0.rung == rung }
  }

  private func ratio(_ upper: MultiplyLadder.Rung, _ lower: MultiplyLadder.Rung) -> Double? {
    guard let upper = step(upper), let lower = step(lower), lower.rate.median > 0 else {
      return nil
    }
    return upper.rate.median / lower.rate.median
  }

  private var exactSteps: [MultiplyLadder.Step] { steps.filter { $0.rung != .bytes } }

  var report: Report {
    let size = steps.first?.size ?? 0
    var report = Report(
      [
        .heading(
          "\(QuantityText.grouped(size)) × \(QuantityText.grouped(size)) matrices, multiplied",
          remark: counted(2 * size * size * size, "operation")),
        .table(table), .plot(picture),
      ] + MultiplyLadder.Rung.allCases.compactMap(sentence), facts: facts)
    report.subject = "multiply"
    return report
  }

  private var table: Table {
    let first = steps.first?.rate.median ?? 1
    return Table(
      key: "multiply.rungs",
      columns: [
        .init("rung"), .init("a product"), .init("GFLOP/s"), .init("times"), .init("right"),
      ],
      rows: steps.map { step in
        [
          .words(step.rung.words), .value(.span(.seconds(step.seconds.median))),
          .words(QuantityText.significant(step.rate.median / 1e9)),
          .words(QuantityText.significant(step.rate.median / first)),
          .words(step.isRight ? "yes" : "no"),
        ]
      })
  }

  private var picture: Plot {
    let rates = steps.map { $0.rate.median / 1e9 }
    return Plot(
      .bar(
        BarChart(
          Axis("operations a second", Unit.named("GFLOP/s") ?? .none),
          names: steps.map(\.rung.words), [BarChart.Bars("rate", rates)])),
      sentence: gainSentence)
  }

  private var gainSentence: String {
    guard let best = exactSteps.map(\.rate.median).max(), let first = steps.first else { return "" }
    return "The same operations on the same chip, "
      + "\(QuantityText.significant(best / first.rate.median, 2)) times as fast."
  }

  /// What the chip was waiting for, rung by rung.
  private func sentence(_ rung: MultiplyLadder.Rung) -> Block? {
    guard let step = step(rung) else { return nil }
    let set = step.instructionSet.words
    let text: String =
      switch rung {
      case .nested: "It looked up a row, then a number in it, and waited for both at each step."
      case .flat:
        "It waited for memory: one matrix is read down its columns, a new line for each number."
      case .reordered:
        "Memory is read in its order now; it waited for the sum, which goes out and comes in each time."
      case .blocked:
        "A block stays in the cache while it is used; that pays once matrices are larger than the cache."
      case .packed:
        "A tile of the result stays in registers, so it waited for the multipliers only, four numbers wide."
      case .vector: "The same with \(set): the multipliers are full."
      case .threads:
        "Each of \(counted(step.threads, "thread")) has its own rows, and a core to itself if there is one."
      case .bytes:
        "Numbers of eight bits: four in the place of one. They are off by "
          + "\(FactValue.share(step.largestError).text) of the largest."
      }
    return .paragraph("\(rung.words): \(text)")
  }

  private var facts: [Fact] {
    let exact = exactSteps
    func measured(_ key: String, _ value: FactValue) -> Fact {
      Fact("multiply.\(key)", value, .measured(repetitions: steps.first?.seconds.repetitions ?? 0))
    }
    func number(_ value: Double?) -> FactValue {
      value.map { .quantity(Quantity($0), .none) } ?? .undefined("it was not measured")
    }
    let best = exact.map(\.rate.median).max()
    return MultiplyLadder.Rung.allCases.map(rateFact) + [
      measured("size", .count(steps.first?.size ?? 0)),
      measured("gain", number(best.flatMap { best in steps.first.map { best / $0.rate.median } })),
      measured("threads", .count(step(.threads)?.threads ?? 1)),
      measured(
        "best",
        best.map { .quantity(Quantity($0, .workRate), Unit.named("GFLOP/s") ?? .none) }
          ?? .undefined("it was not measured")),
      measured("reordered.gain", number(ratio(.reordered, .flat))),
      measured("vector.gain", number(ratio(.vector, .packed))),
      measured("threads.gain", number(ratio(.threads, .vector))),
      measured("error", number(exact.map(\.largestError).max())),
      measured(
        "bytes.error",
        step(.bytes).map { .share($0.largestError) } ?? .undefined("it was not measured")),
    ]
  }

  private func rateFact(_ rung: MultiplyLadder.Rung) -> Fact {
    let key = "multiply.\(rung.rawValue).rate"
    guard let rate = step(rung)?.rate, let unit = Unit.named("GFLOP/s") else {
      return Fact(key, .undefined("it was not measured"), .measured(repetitions: 0))
    }
    func quantity(_ value: Double) -> Quantity { Quantity(value, .workRate) }
    return Fact(
      key, .quantity(quantity(rate.median), unit), low: quantity(rate.low).count(of: unit),
      high: quantity(rate.high).count(of: unit), .measured(repetitions: rate.repetitions))
  }
}

extension MultiplyLadder.Rung {
  /// What it is, in words.
  var words: String {
    switch self {
    case .nested: "rows of rows"
    case .flat: "one array"
    case .reordered: "in memory's order"
    case .blocked: "in blocks"
    case .packed: "tiles in registers"
    case .vector: "wide vectors"
    case .threads: "all threads"
    case .bytes: "8 bits"
    }
  }
}

extension InstructionSet {
  /// What it is called.
  var words: String {
    switch self {
    case .baseline: "plain vectors"
    case .avx2: "AVX2"
    case .avx512: "AVX-512"
    case .neon: "NEON"
    }
  }
}
