import LanguageModel
import Quantities
import Reports

/// What `model show` reports: what a model is made of, and what a symbol takes.
struct ModelPage {
  let entry: ModelList.Entry
  let model: LoadedModel

  private var shape: TransformerShape { model.shape }
  private var engine: TransformerEngine { model.engine }

  static let declarations: [FactDeclaration] = [
    FactDeclaration("model.parameters", .gauge, "learned numbers"),
    FactDeclaration("model.layers", .gauge, "blocks, one on the other"),
    FactDeclaration("model.bytes", .gauge, .byte, "what its weights take in memory"),
    FactDeclaration(
      "model.operations-per-token", .gauge, "operations to say a symbol after 100 others"),
    FactDeclaration(
      "model.key-value-bytes", .gauge, .byte, "keys and values that a symbol leaves behind"),
    FactDeclaration("model.hash", .text, "the hash of its file: other weights, another hash"),
    FactDeclaration("model.context", .gauge, "symbols that it sees at once"),
  ]

  private var weightBytes: Int { engine.matrices.bytesByType.reduce(0) { $0 + $1.bytes } }
  /// `Chosen:` after a hundred symbols, about a question and half an answer.
  private var operations: Double { engine.phase(tokens: 1, sequences: 1, after: 100).operations }
  private var keyValueBytes: Int { shape.keyValueBytes(perNumber: 4) }

  var report: Report {
    var report = Report(
      [
        .heading(entry.name, remark: "\(counted(entry.parameters, "learned number"))"),
        .lines(drawing), .table(table), .paragraph(sentence),
      ], facts: facts)
    report.subject = "model"
    return report
  }

  /// The way of a symbol through the model, from below.
  private var drawing: [String] {
    let heads =
      shape.heads == shape.keyValueHeads
      ? counted(shape.heads, "head")
      : "\(counted(shape.heads, "head")), \(shape.keyValueHeads) of keys"
    return [
      "",
      "  next symbol, of \(QuantityText.grouped(shape.symbols))",
      "    ↑  \(shape.tiesHead ? "the embedding again" : "output matrix")",
      "  \(counted(shape.layers, "block")), each:",
      "    feed-forward  \(shape.width) → \(QuantityText.grouped(shape.feedForwardWidth)) → \(shape.width)",
      "    attention     \(heads) of \(shape.headWidth)",
      "    ↑  \(shape.positions == .learned ? "places are learned vectors" : "places turn queries and keys")",
      "  embedding, \(shape.width) numbers a symbol",
      "    ↑",
      "  symbol",
      "",
    ]
  }

  private var table: Table {
    var rows: [[Table.Cell]] = engine.matrices.bytesByType.map { part in
      [.words("weights as \(part.type)"), bytes(part.bytes)]
    }
    rows.append([.words("operations a symbol"), .words(QuantityText.significant(operations))])
    rows.append([.words("keys and values a symbol"), bytes(keyValueBytes)])
    rows.append([.words("sees at once"), .words(counted(engine.context, "symbol"))])
    rows.append([.words("hash of its file"), .words(String(entry.digest.prefix(12)))])
    return Table(key: "model", columns: [.init(""), .init("")], rows: rows)
  }

  private func bytes(_ count: Int) -> Table.Cell {
    .value(.quantity(Quantity(Double(count), .data), .byte))
  }

  private var sentence: String {
    "To say a symbol it reads all weights once, "
      + "\(FactValue.quantity(Quantity(Double(weightBytes), .data), .byte).text), and uses each number of them "
      + "for one multiplication and one addition."
  }

  private var facts: [Fact] {
    func given(_ key: String, _ value: FactValue) -> Fact {
      Fact("model.\(key)", value, .given(source: "the weights of the model"))
    }
    func size(_ count: Int) -> FactValue { .quantity(Quantity(Double(count), .data), .byte) }
    return [
      given("parameters", .count(entry.parameters)), given("layers", .count(shape.layers)),
      given("bytes", size(weightBytes)),
      given("operations-per-token", .quantity(Quantity(operations), .none)),
      given("key-value-bytes", size(keyValueBytes)), given("context", .count(engine.context)),
      given("hash", .text(String(entry.digest.prefix(12)))),
    ]
  }
}
