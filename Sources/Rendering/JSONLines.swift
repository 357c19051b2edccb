import CommandLanguage
import Quantities
import Reports

/// Reports as JSON, one line each; `ReportSchema` says what may be in it.
package enum JSONLines {
  /// The name and version of the format.
  package static let schemaName = "machineroom.report/1"

  /// A report as one line, without the newline.
  package static func line(_ report: Report) -> String {
    var json = JSONWriter()
    json.object { json in
      json.key("schema")
      json.string(schemaName)
      json.key("statement")
      json.string(report.statement)
      json.key("ok")
      json.bool(report.ok)
      json.key("facts")
      json.object { json in write(report.facts, &json) }
      json.key("tables")
      json.array { json in for table in report.tables { write(table, &json) } }
      json.key("series")
      json.array { json in for series in report.series { write(series, &json) } }
      json.key("diagnostics")
      json.array { json in
        for diagnostic in report.diagnostics { json.object { write(diagnostic, &$0) } }
      }
    }
    return json.text
  }

  /// Facts by key; of several with one key, the last.
  private static func write(_ facts: [Fact], _ json: inout JSONWriter) {
    var lastIndex: [String: Int] = [:]
    for (index, fact) in facts.enumerated() { lastIndex[fact.key] = index }
    for (index, fact) in facts.enumerated() where lastIndex[fact.key] == index {
      json.key(fact.key)
      json.object { json in write(fact, &json) }
    }
  }

  private static func write(_ fact: Fact, _ json: inout JSONWriter) {
    switch fact.value {
    case .quantity(let quantity, let unit) where quantity.count(of: unit).isFinite:
      json.key("kind")
      json.string("quantity")
      json.key("value")
      json.number(quantity.count(of: unit))
      json.key("unit")
      json.string(symbol(unit, quantity.dimension))
      if let low = fact.low, low.isFinite {
        json.key("low")
        json.number(low)
      }
      if let high = fact.high, high.isFinite {
        json.key("high")
        json.number(high)
      }
    case .quantity: writeUndefined("not a finite number", &json)
    case .text(let text): write("text", &json) { $0.string(text) }
    case .moment(let moment): write("moment", &json) { $0.string(moment.iso8601) }
    case .flag(let flag): write("flag", &json) { $0.bool(flag) }
    case .undefined(let reason): writeUndefined(reason, &json)
    }
    json.key("provenance")
    write(fact.provenance, &json)
  }

  private static func write(
    _ kind: String, _ json: inout JSONWriter, value: (inout JSONWriter) -> Void
  ) {
    json.key("kind")
    json.string(kind)
    json.key("value")
    value(&json)
  }

  private static func writeUndefined(_ reason: String, _ json: inout JSONWriter) {
    write("undefined", &json) { $0.null() }
    json.key("reason")
    json.string(reason)
  }

  /// The symbol of a unit; for what has none, the dimension in words, since a bare number would be
  /// taken for a plain one.
  private static func symbol(_ unit: Unit, _ dimension: Dimension) -> String {
    unit.symbol.isEmpty && dimension != .number ? dimension.name : unit.symbol
  }

  private static func write(_ provenance: Provenance, _ json: inout JSONWriter) {
    json.object { json in
      json.key("kind")
      switch provenance {
      case .simulated(let seed):
        json.string("simulated")
        json.key("seed")
        json.integer(seed)
      case .computed: json.string("computed")
      case .measured(let repetitions):
        json.string("measured")
        json.key("repetitions")
        json.integer(repetitions)
      case .modelled(let source):
        json.string("modelled")
        json.key("source")
        json.string(source)
      case .given(let source):
        json.string("given")
        json.key("source")
        json.string(source)
      }
    }
  }

  private static func write(_ series: Series, _ json: inout JSONWriter) {
    json.object { json in
      json.key("key")
      json.string(series.key)
      json.key("unit")
      json.string(series.unit.symbol)
      json.key("start")
      json.string(series.start.iso8601)
      json.key("step")
      json.number(Quantity(series.step).value)
      json.key("values")
      json.array { json in
        for value in series.values {
          if let value { json.number(value) } else { json.null() }
        }
      }
    }
  }

  /// The members of a diagnostic's object.
  package static func write(_ diagnostic: Diagnostic, _ json: inout JSONWriter) {
    json.key("severity")
    json.string(diagnostic.severity.rawValue)
    json.key("code")
    json.string(diagnostic.code)
    json.key("message")
    json.string(diagnostic.message)
    if let span = diagnostic.span {
      if let file = span.file {
        json.key("file")
        json.string(file)
      }
      json.key("line")
      json.integer(span.line)
      json.key("column")
      json.integer(span.column)
      json.key("length")
      json.integer(span.length)
    }
    if let help = diagnostic.help {
      json.key("help")
      json.string(help)
    }
  }
}
