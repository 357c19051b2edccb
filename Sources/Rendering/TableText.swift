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

  /// The columns' widths, with the titles of numbers wrapped and the columns of words narrowed as far as needed; nil if even that is
  /// too wide.
  private var fittingWidths: [Int]? {
    var widths = naturalWidths
    var excess = widths.reduce(0, +) + 2 * (widths.count - 1) - style.width
    for column in widths.indices.reversed() where excess > 0 && isRight[column] {
      let taken = min(excess, widths[column] - numberWidth(column))
      excess -= taken
      widths[column] -= taken
    }
    while excess > 0 {
      let candidates = widths.indices.filter { !isRight[$0] && widths[$0] > wordWidth($0) }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// How wide a column of numbers is at least: as its numbers and the words of its title.
  private func numberWidth(_ column: Int) -> Int {
    cells.map { $0.indices.contains(column) ? $0[column].displayWidth : 0 }
      .reduce(titles[column].split(separator: " ").map(\.displayWidth).max() ?? 0, max)
  }

  /// How wide a column of words is at least: no word of it is broken.
  private func wordWidth(_ column: Int) -> Int {
    cells.flatMap { row in
      row.indices.contains(column) ? row[column].split(separator: " ").map(\.displayWidth) : []
    }.reduce(TableText.wordWidthMin, max)
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
      TableText.lines(cells.indices.contains(column) ? cells[column] : "", width: widths[column])
    }
    let height = columns.map(\.count).max() ?? 0
    return (0..<height).map { line in
      columns.indices.map { column in
        let text = line < columns[column].count ? columns[column][line] : ""
        return isRight[column] ? text.indented(to: widths[column]) : text.padded(to: widths[column])
      }.joined(separator: "  ")
    }
  }

  /// A cell's lines; what it is indented by stays, and what is wrapped is indented further.
  private static func lines(_ cell: String, width: Int) -> [String] {
    let indent = String(cell.prefix { $0 == " " })
    guard !indent.isEmpty, indent.count < width else { return WordWrap(width: width).lines(cell) }
    return WordWrap(width: width, hanging: indent + "  ").lines(
      String(cell.dropFirst(indent.count)), first: indent)
  }

  /// Each row in a sentence of `label: value` under its first cell, or as lines where that is a number.
  private var stacked: [String] {
    let wrap = WordWrap(width: style.width, hanging: "    ")
    return cells.enumerated().flatMap { index, row -> [String] in
      let parts = zip(titles, row).map { title, cell in
        (title.isEmpty || cell.isEmpty ? "" : title + ": ") + cell
      }
      guard !isRight[0] else {
        return (index > 0 ? [""] : []) + parts.flatMap { wrap.lines($0) }
      }
      let rest = parts.dropFirst().filter { !$0.isEmpty }.joined(separator: "; ")
      return TableText.lines(row.first ?? "", width: style.width)
        + (rest.isEmpty ? [] : wrap.lines(rest, first: "  "))
    }
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
    case .multiple(let multiple): Table.Cell.multiple(multiple)
    case .words(let words): words
    }
  }

  func text(_ style: TextStyle) -> String { style.visible(text) }

  /// Whether it stands in a column of numbers.
  var isNumeric: Bool {
    switch self {
    case .value(.quantity), .change(.quantity), .interval(.quantity, _, _), .multiple: true
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

  /// How many times as much, to a tenth, or to two digits where that is not enough.
  private static func multiple(_ multiple: Double) -> String {
    let text =
      (1..<100).contains(multiple)
      ? QuantityText.fixed(multiple, 1) : QuantityText.significant(multiple, 2)
    return text + " ×"
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
