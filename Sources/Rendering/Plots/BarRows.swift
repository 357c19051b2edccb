import Quantities
import Reports

/// Bars as rows with their values in words: what a bar chart and a histogram have in common.
struct BarRows {
  /// One bar.
  struct Row {
    /// The name at its left; empty where it belongs to the row above.
    var name: String
    /// The series that it is of.
    var series: Int
    /// How long it is; nil where there is no value.
    var value: Double?
    /// What stands at its end.
    var label: String
  }

  /// What is measured, with its unit where the labels do not bear it.
  var title: String
  /// The names in the legend; one has no letter.
  var series: [String]
  /// The bars, from top to bottom.
  var rows: [Row]
  /// What more there is to say.
  var notes: [String]

  /// The rows of a bar chart, or nil if it has no value.
  init?(_ chart: BarChart) {
    title = chart.axis.title
    series = chart.series.map(\.name)
    rows = chart.names.enumerated().flatMap { index, name in
      chart.series.enumerated().map { number, bars in
        let value =
          bars.values.indices.contains(index)
          ? bars.values[index].flatMap { Drawable.number($0, .linear) } : nil
        return Row(
          name: number == 0 ? name : "", series: number, value: value,
          label: value.map { BarRows.text($0, chart.axis.unit) } ?? "no value")
      }
    }
    let values = rows.compactMap(\.value)
    guard !values.isEmpty else { return nil }
    notes = values.allSatisfy { $0 == 0 } ? ["All values are zero."] : []
  }

  /// The rows of a histogram, or nil if it has no value.
  init?(_ histogram: Histogram) {
    guard !histogram.counts.isEmpty else { return nil }
    let bins = histogram.bins
    let symbol =
      histogram.axis.unit.symbol.isEmpty ? "" : " (\(histogram.axis.unit.symbol))"
    title = histogram.axis.title + symbol
    series = []
    rows = histogram.counts.enumerated().map { index, count in
      Row(
        name: "\(bins.label(index)) to \(bins.label(index + 1))", series: 0,
        value: Double(count), label: QuantityText.grouped(count))
    }
    notes = []
  }

  /// A value as people read it.
  static func text(_ value: Double, _ unit: Unit) -> String {
    QuantityText.text(Quantity(value, unit: unit), unit: unit)
  }
}

/// Bars in characters.
struct BarText {
  private let bars: BarRows
  private let style: TextStyle
  private let nameWidth: Int
  private let columns: Int
  private let zeroColumn: Int
  private let perColumn: Double

  /// How wide a value's words may be.
  private static let labelWidthMax = 18

  /// A bar chart, or nil if it has no value.
  init?(_ chart: BarChart, style: TextStyle) {
    guard let bars = BarRows(chart) else { return nil }
    self.init(bars, style)
  }

  /// A histogram, or nil if it has no value.
  init?(_ histogram: Histogram, style: TextStyle) {
    guard let bars = BarRows(histogram) else { return nil }
    self.init(bars, style)
  }

  private init(_ bars: BarRows, _ style: TextStyle) {
    self.bars = bars
    self.style = style
    nameWidth = style.nameWidth(bars.rows.map(\.name))
    let labelWidth = bars.rows.map {
      style.clipped($0.label, to: BarText.labelWidthMax).displayWidth
    }.max()
    let letterWidth = bars.series.count > 1 ? 2 : 0
    columns = max(1, style.width - nameWidth - letterWidth - 5 - (labelWidth ?? 0))
    let values = bars.rows.compactMap(\.value)
    let low = min(0, values.min() ?? 0)
    let high = max(0, values.max() ?? 0)
    perColumn = high > low ? (high - low) / Double(columns) : 1
    zeroColumn = Int(-low / perColumn + 0.5)
  }

  /// The lines, none wider than the screen.
  var lines: [String] {
    let wrap = WordWrap(width: style.width, hanging: "  ")
    let notes = bars.notes.flatMap { wrap.lines(style.visible($0), first: "  ") }
    return headLines(wrap) + bars.rows.map(line) + notes
  }

  private func headLines(_ wrap: WordWrap) -> [String] {
    let names = bars.series.enumerated().map { "\(letter($0)) \($1)" }
    let legend = bars.series.count > 1 ? names.joined(separator: ", ") : ""
    let head = style.visible(
      [bars.title, legend].filter { !$0.isEmpty }.joined(separator: ": "))
    return head.isEmpty ? [] : wrap.lines(head, first: "  ")
  }

  private func line(_ row: BarRows.Row) -> String {
    let name = style.clipped(row.name, to: nameWidth).indented(to: nameWidth)
    let label = style.clipped(row.label, to: BarText.labelWidthMax)
    let (before, after) = bar(row.value ?? 0)
    let mark = bars.series.count > 1 ? " \(letter(row.series))" : ""
    let bar =
      style.painted(before, .series(row.series)) + style.visible("┤")
      + style.painted(after, .series(row.series))
    let padding = String(repeating: " ", count: zeroColumn - before.count)
    return "  \(name)\(mark) \(padding)\(bar) \(label)"
  }

  /// What lies to the left and to the right of zero.
  ///
  /// To the right an eighth of a column can be seen, to the left a half.
  private func bar(_ value: Double) -> (before: String, after: String) {
    let length = value.magnitude / perColumn
    guard value > 0 else {
      guard value < 0 else { return ("", "") }
      let halves = min(zeroColumn * 2, max(1, Int(length * 2 + 0.5)))
      if style.isAscii { return (String(repeating: "#", count: (halves + 1) / 2), "") }
      return ((halves % 2 == 1 ? "▐" : "") + String(repeating: "█", count: halves / 2), "")
    }
    let room = columns - zeroColumn
    if style.isAscii {
      return ("", String(repeating: "#", count: min(room, max(1, Int(length + 0.5)))))
    }
    let eighths = min(room * 8, max(1, Int(length * 8 + 0.5)))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return ("", String(repeating: "█", count: eighths / 8) + parts[eighths % 8])
  }

  private func letter(_ index: Int) -> Character {
    Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index % 26)))
  }
}
