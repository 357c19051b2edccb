import Quantities
import Reports

/// A table as aligned columns: words left, values right; as labelled lines where it is too wide.
struct TableText {
  private let style: TextStyle
  private let titles: [String]
  private let cells: [[String]]
  private let isRight: [Bool]
  private let reasons: [String]

  /// The narrowest that a column of words may be wrapped to.
  ///
  /// `Chosen:` a long word.
  private static let wordWidthMin = 14

  init(_ table: Table, style: TextStyle) {
    self.style = style
    titles = table.columns.map { style.visible($0.name) }
    cells = table.rows.map { row in row.map { style.visible($0.text) } }
    isRight = table.columns.indices.map { column in
      table.rows.contains { $0.indices.contains(column) && $0[column].isNumeric }
    }
    var reasons: [String] = []
    for case .value(.undefined(let reason)) in table.rows.joined() where !reasons.contains(reason) {
      reasons.append(reason)
    }
    self.reasons = reasons.map(style.visible)
  }

  /// The table's lines, none wider than the screen.
  var lines: [String] {
    guard !titles.isEmpty else { return [] }
    let body = fittingWidths.map(aligned) ?? stacked
    // A dash says that there is no value; the reasons stand below.
    let wrap = WordWrap(width: style.width, hanging: "   ")
    return body + reasons.flatMap { wrap.lines($0, first: Table.Cell.none.text(style) + "  ") }
  }

  private var naturalWidths: [Int] {
    titles.indices.map { column in
      cells.map { $0.indices.contains(column) ? $0[column].displayWidth : 0 }
        .reduce(titles[column].displayWidth, max)
    }
  }

  /// The columns' widths, with the columns of words narrowed as far as needed; nil if even that is
  /// too wide.
  private var fittingWidths: [Int]? {
    var widths = naturalWidths
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - style.width
    while excess > 0 {
      let candidates = widths.indices.filter { !isRight[$0] && widths[$0] > TableText.wordWidthMin }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  private func aligned(_ widths: [Int]) -> [String] {
    var lines: [String] = []
    if titles.contains(where: { !$0.isEmpty }) {
      lines += row(titles, widths).map { style.painted($0.withoutTrailingSpaces, .dim) }
    }
    for cells in cells { lines += row(cells, widths) }
    return lines
  }

  private func row(_ cells: [String], _ widths: [Int]) -> [String] {
    let columns = widths.indices.map { column in
      WordWrap(width: widths[column]).lines(cells.indices.contains(column) ? cells[column] : "")
    }
    let height = columns.map(\.count).max() ?? 0
    return (0..<height).map { line in
      columns.indices.map { column in
        let text = line < columns[column].count ? columns[column][line] : ""
        return isRight[column] ? text.indented(to: widths[column]) : text.padded(to: widths[column])
      }.joined(separator: "  ")
    }
  }

  /// Each row as `label: value` lines, under its first cell if that is a name.
  private var stacked: [String] {
    var lines: [String] = []
    let hasNames = !isRight[0]
    let wrap = WordWrap(width: style.width, hanging: "    ")
    for (index, row) in cells.enumerated() {
      if index > 0, !hasNames { lines.append("") }
      for (column, cell) in row.enumerated() where column < titles.count {
        if column == 0, hasNames {
          lines += WordWrap(width: style.width).lines(cell)
          continue
        }
        let label = titles[column].isEmpty ? "" : titles[column] + ": "
        lines += wrap.lines(label + cell, first: hasNames ? "  " : "")
      }
    }
    return lines
  }
}

extension Table.Cell {
  /// The cell as people read it.
  var text: String {
    switch self {
    case .value(.undefined), .none: "–"
    case .value(let value): value.text
    case .change(let value): Table.Cell.change(value)
    case .interval(let value, let low, let high): Table.Cell.interval(value, low, high)
    case .words(let words): words
    }
  }

  func text(_ style: TextStyle) -> String { style.visible(text) }

  /// Whether it stands in a column of numbers.
  var isNumeric: Bool {
    switch self {
    case .value(.quantity), .change(.quantity), .interval(.quantity, _, _): true
    default: false
    }
  }

  /// A difference with its sign; shares differ by points, as a percentage of them would mislead.
  private static func change(_ value: FactValue) -> String {
    guard case .quantity(let quantity, let unit) = value else { return value.text }
    let sign = quantity.value > 0 ? "+" : ""
    guard unit == .percent else { return sign + value.text }
    return "\(sign)\(QuantityText.fixed(quantity.value * 100, 1)) points"
  }

  /// `value ± half` where the interval is even around the value, `value (low … high)` where not.
  private static func interval(_ value: FactValue, _ low: Double, _ high: Double) -> String {
    guard case .quantity(let quantity, let unit) = value else { return value.text }
    let center = quantity.count(of: unit)
    let half = (high - low) / 2
    func text(_ count: Double, digits: Int? = nil) -> String {
      let quantity = Quantity(Quantity(count, unit: unit).value, quantity.dimension)
      return QuantityText.text(quantity, unit: unit, digits: digits)
    }
    guard half > 0, (center - (low + high) / 2).magnitude <= half * 0.02 else {
      return "\(value.text) (\(text(low)) … \(text(high)))"
    }
    return "\(value.text) ± \(text(half, digits: 2))"
  }
}
