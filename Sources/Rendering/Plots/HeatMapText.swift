import Quantities
import Reports

/// The shades of a heat map: a few steps with round ends.
struct HeatShades {
  /// The steps.
  let steps: RoundSteps
  /// The unit of their ends.
  let unit: AxisUnit

  /// The most shades.
  ///
  /// `Chosen:` as many as block characters tell apart.
  static let countMax = 5

  /// Shades for the values of a map, or nil if it has none.
  init?(_ map: HeatMap) {
    let values = map.values.lazy.flatMap { $0 }.compactMap {
      $0.flatMap { Drawable.number($0, .linear) }
    }
    guard let range = values.range else { return nil }
    let unit = AxisUnit(
      map.axis.unit, greatest: max(range.lowerBound.magnitude, range.upperBound.magnitude))
    self.unit = unit
    steps = RoundSteps(
      low: range.lowerBound * unit.factor, high: range.upperBound * unit.factor,
      countMax: HeatShades.countMax)
  }

  /// The shade of a value, 0 for the lowest; nil where there is no value.
  func shade(_ value: Double?) -> Int? {
    guard let value = value.flatMap({ Drawable.number($0, .linear) }) else { return nil }
    let step = RoundSteps.floor(value * unit.factor / steps.step) - steps.first
    return min(steps.count - 1, max(0, step))
  }

  /// Whether a map has cells without a value.
  func hasGaps(_ map: HeatMap) -> Bool {
    map.values.contains { $0.contains { shade($0) == nil } }
  }

  /// What a shade stands for: `20 to 40`.
  func label(_ shade: Int) -> String { "\(steps.label(shade)) to \(steps.label(shade + 1))" }
}

/// A heat map in characters.
struct HeatMapText {
  private let map: HeatMap
  private let shades: HeatShades
  private let style: TextStyle
  private let nameWidth: Int
  /// How many columns are drawn; each stands for one or more of the map's.
  private let columnCount: Int
  private let cellWidth: Int

  /// The widest cell.
  private static let cellWidthMax = 6

  /// A map, or nil if it has no value.
  init?(_ map: HeatMap, style: TextStyle) {
    guard let shades = HeatShades(map) else { return nil }
    self.map = map
    self.shades = shades
    self.style = style
    nameWidth = style.nameWidth(map.rows)
    let room = style.width - nameWidth - 4
    columnCount = min(map.columns.count, room)
    cellWidth = min(HeatMapText.cellWidthMax, room / max(1, columnCount))
  }

  /// The lines, none wider than the screen.
  var lines: [String] {
    let wrap = WordWrap(width: style.width, hanging: "  ")
    let title = style.visible(map.axis.title)
    let rows = map.rows.indices.map { row in
      "  " + style.clipped(map.rows[row], to: nameWidth).indented(to: nameWidth) + " "
        + style.visible("┤") + cells(row)
    }
    return (title.isEmpty ? [] : wrap.lines(title, first: "  ")) + rows + [labelLine]
      + legendLines(wrap)
  }

  private func mark(_ shade: Int?) -> Character {
    guard let shade else { return " " }
    return Array(style.isAscii ? ".:+*#" : "·░▒▓█")[shade]
  }

  /// Where several columns share one, the greatest value is shown, as in a sparkline.
  private func cells(_ row: Int) -> String {
    let values = map.values[row]
    return (0..<columnCount).map { column in
      let part = values[
        column * values.count / columnCount..<(column + 1) * values.count / columnCount]
      let shade = part.compactMap(shades.shade).max()
      return String(repeating: mark(shade), count: cellWidth)
    }.joined()
  }

  private var labelLine: String {
    var line = String(repeating: " ", count: nameWidth + 4)
    let end = line.count + columnCount * cellWidth
    for (index, name) in map.columns.enumerated() {
      let column = nameWidth + 4 + index * columnCount / map.columns.count * cellWidth
      let label = style.visible(name)
      let isFree = column == nameWidth + 4 || line.displayWidth < column
      guard isFree, line.displayWidth <= column,
        column + label.displayWidth <= max(end, min(style.width, end + 6))
      else { continue }
      line = line.padded(to: column) + label
    }
    return line
  }

  /// What each shade stands for.
  private func legendLines(_ wrap: WordWrap) -> [String] {
    let unit = shades.unit.symbol.isEmpty ? "" : " \(shades.unit.symbol)"
    let entries = (0..<shades.steps.count).map { shade in
      let end = shade == shades.steps.count - 1 ? unit : ""
      // Nothing breaks a line within an entry.
      return "\(mark(shade)) \(shades.label(shade))\(end)".replacing(" ", with: "\u{A0}")
    }
    let words =
      entries.joined(separator: ", ") + (shades.hasGaps(map) ? ", blank:\u{A0}no\u{A0}value" : "")
    return wrap.lines(words, first: "  ").map { style.visible($0.replacing("\u{A0}", with: " ")) }
  }
}
