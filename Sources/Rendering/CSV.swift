import Quantities
import Reports

/// Tables as comma-separated values.
/// - Source: RFC 4180, "Common Format and MIME Type for CSV Files", 2005.
package enum CSV {
  /// A table with a header line; numbers stand in the unit of their column.
  package static func text(_ table: Table) -> String {
    let header = table.columns.map { column in
      field(column.name + (column.unit.map { $0.symbol.isEmpty ? "" : " (\($0.symbol))" } ?? ""))
    }
    let rows = table.rows.map { row in
      zip(row, table.columns).map { cell, column in field(text(cell, column.unit)) }
    }
    return ([header] + rows).map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func text(_ cell: Table.Cell, _ unit: Unit?) -> String {
    switch cell {
    case .value(let value), .interval(let value, _, _): text(value, unit)
    case .words(let words): words
    case .none: ""
    }
  }

  private static func text(_ value: FactValue, _ unit: Unit?) -> String {
    switch value {
    case .quantity(let quantity, let own): "\(quantity.count(of: unit ?? own))"
    case .text(let text): text
    case .moment(let moment): moment.iso8601
    case .flag(let flag): flag ? "true" : "false"
    case .undefined: ""
    }
  }

  private static func field(_ text: String) -> String {
    let needsQuotes = text.contains { ",\"\r\n".contains($0) || $0 == "\r\n" }
    guard needsQuotes else { return text }
    return "\"" + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
