import Quantities
import Reports

/// Tables and series as comma-separated values (RFC 4180): for spreadsheets, so numbers are bare
/// and in one unit a column.
package enum CSV {
  /// A table, with a header line.
  ///
  /// A column with intervals becomes three: the value, `low`, `high`.
  package static func text(_ table: Table) -> String {
    let columns = table.columns.indices.map { Column(table, $0) }
    let header = columns.flatMap(\.titles)
    let rows = table.rows.map { row in
      zip(columns, row).flatMap { column, cell in column.fields(cell) }
    }
    return text([header] + rows)
  }

  /// Series: one line a moment and one column a series where they share their moments, otherwise
  /// one line a value.
  package static func text(_ series: [Series]) -> String {
    guard let first = series.first else { return "" }
    let isShared = series.allSatisfy {
      $0.start == first.start && $0.step == first.step && $0.values.count == first.values.count
    }
    guard isShared else {
      let rows = series.flatMap { series in
        series.values.enumerated().map { index, value in
          [series.key, series.moment(index).iso8601, number(value), series.unit.symbol]
        }
      }
      return text([["series", "time", "value", "unit"]] + rows)
    }
    let header = ["time"] + series.map { titled($0.key, $0.unit) }
    let rows = first.values.indices.map { index in
      [first.moment(index).iso8601] + series.map { number($0.values[index]) }
    }
    return text([header] + rows)
  }

  private static func text(_ rows: [[String]]) -> String {
    rows.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
  }

  /// A field between quotation marks where it needs them.
  private static func field(_ text: String) -> String {
    let needsQuotes = text.unicodeScalars.contains { ",\"\r\n".unicodeScalars.contains($0) }
    return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }

  fileprivate static func number(_ number: Double?) -> String {
    number.flatMap(JSONWriter.text) ?? ""
  }

  fileprivate static func titled(_ name: String, _ unit: Unit?) -> String {
    guard let symbol = unit?.symbol, !symbol.isEmpty else { return name }
    return name.isEmpty ? symbol : "\(name) (\(symbol))"
  }
}

/// A column of a table with the unit of its bare numbers.
private struct Column {
  let name: String
  let unit: Unit?
  let hasIntervals: Bool

  init(_ table: Table, _ index: Int) {
    name = table.columns[index].name
    unit = table.unit(ofColumn: index)
    hasIntervals = table.rows.contains { row in
      if row.indices.contains(index), case .interval = row[index] { true } else { false }
    }
  }

  var titles: [String] {
    let title = CSV.titled(name, unit)
    return hasIntervals ? [title, title + " low", title + " high"] : [title]
  }

  func fields(_ cell: Table.Cell) -> [String] {
    switch cell {
    case .words(let words): padded(words)
    case .none: padded("")
    case .multiple(let multiple): padded(CSV.number(multiple) + " ×")
    case .value(let value), .change(let value): padded(text(value))
    case .interval(let value, let low, let high):
      [text(value), end(low, of: value), end(high, of: value)]
    }
  }

  private func padded(_ text: String) -> [String] { hasIntervals ? [text, "", ""] : [text] }

  /// An end of an interval, which is in the value's unit, in the column's.
  private func end(_ count: Double, of value: FactValue) -> String {
    guard case .quantity(let quantity, let own) = value, let unit,
      unit.dimension == quantity.dimension
    else { return CSV.number(count) }
    return CSV.number(Quantity(count, unit: own).count(of: unit))
  }

  /// A value; a quantity of another unit than the column's has it behind the number.
  private func text(_ value: FactValue) -> String {
    switch value {
    case .text(let text): return text
    case .moment(let moment): return moment.iso8601
    case .flag(let flag): return flag ? "true" : "false"
    case .undefined: return ""
    case .quantity(let quantity, let own):
      if let unit, unit.dimension == quantity.dimension {
        return CSV.number(quantity.count(of: unit))
      }
      let number = CSV.number(quantity.count(of: own))
      return own.symbol.isEmpty || number.isEmpty ? number : "\(number) \(own.symbol)"
    }
  }
}

extension Series {
  /// The moment of a value.
  fileprivate func moment(_ index: Int) -> Moment { start + step * index }
}
