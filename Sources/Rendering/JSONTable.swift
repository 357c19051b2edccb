import Quantities
import Reports

extension JSONLines {
  static func write(_ table: Table, _ json: inout JSONWriter) {
    let units = table.columns.indices.map(table.unit(ofColumn:))
    json.object { json in
      json.key("key")
      json.string(table.key)
      json.key("columns")
      json.array { json in
        for (column, unit) in zip(table.columns, units) {
          json.object { json in
            json.key("name")
            json.string(column.name)
            if let unit {
              json.key("unit")
              json.string(unit.symbol)
            }
          }
        }
      }
      json.key("rows")
      json.array { json in
        for row in table.rows {
          json.array { json in
            for (cell, unit) in zip(row, units) { write(cell, unit, &json) }
          }
        }
      }
    }
  }

  /// A cell: a number in its column's unit, or an object that says its own unit or its interval.
  private static func write(_ cell: Table.Cell, _ unit: Unit?, _ json: inout JSONWriter) {
    switch cell {
    case .none, .value(.undefined): json.null()
    case .words(let words): json.string(words)
    case .multiple(let multiple):
      json.object { json in
        json.key("value")
        json.number(multiple)
        json.key("unit")
        json.string("×")
      }
    case .value(let value), .change(let value): write(value, nil, unit, &json)
    case .interval(let value, let low, let high): write(value, (low, high), unit, &json)
    }
  }

  private static func write(
    _ value: FactValue, _ interval: (low: Double, high: Double)?, _ unit: Unit?,
    _ json: inout JSONWriter
  ) {
    switch value {
    case .text(let text): json.string(text)
    case .moment(let moment): json.string(moment.iso8601)
    case .flag(let flag): json.bool(flag)
    case .undefined: json.null()
    case .quantity(let quantity, let own):
      let isOfColumn = unit?.dimension == quantity.dimension
      let shown = isOfColumn ? unit ?? own : own
      if interval == nil, isOfColumn { return json.number(quantity.count(of: shown)) }
      json.object { json in
        json.key("value")
        json.number(quantity.count(of: shown))
        json.key("unit")
        json.string(shown.symbol)
        guard let interval else { return }
        json.key("low")
        json.number(Quantity(interval.low, unit: own).count(of: shown))
        json.key("high")
        json.number(Quantity(interval.high, unit: own).count(of: shown))
      }
    }
  }
}

extension Table {
  /// The unit of a column's numbers: its own, else the one that all of them share.
  func unit(ofColumn index: Int) -> Unit? {
    if let unit = columns[index].unit { return unit }
    var shared: Unit?
    for row in rows where row.indices.contains(index) {
      let value: FactValue
      switch row[index] {
      case .value(let cellValue), .change(let cellValue), .interval(let cellValue, _, _):
        value = cellValue
      case .words, .multiple, .none: continue
      }
      guard case .quantity(_, let unit) = value else { continue }
      if let shared, shared != unit { return nil }
      shared = unit
    }
    return shared
  }
}
