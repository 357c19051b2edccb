import Quantities
import Reports

/// Bars with their names and values as SVG.
struct SVGBars: SVGDrawing {
  private let bars: BarRows

  init(_ bars: BarRows) { self.bars = bars }

  private static let rowHeight = 24.0

  var legend: [String] { bars.series }
  var sample: SVGSample { .area }
  var words: [String] { bars.notes }
  var height: Double { Double(bars.rows.count) * SVGBars.rowHeight + 34 }

  func write(_ svg: inout SVGWriter, top: Double) {
    let left = SVGRowNames.width(bars.rows.map(\.name))
    let widest = Double(bars.rows.map(\.label.displayWidth).max() ?? 0)
    let right = SVGStyle.width - SVGStyle.margin - widest * SVGStyle.characterWidth - 8
    let values = bars.rows.compactMap(\.value)
    let low = min(0, values.min() ?? 0)
    let high = max(0, values.max() ?? 0)
    let perUnit = high > low ? (right - left) / (high - low) : 0
    let zero = left - low * perUnit
    for (index, row) in bars.rows.enumerated() {
      let y = top + Double(index) * SVGBars.rowHeight
      svg.label(row.name, x: left - 10, y: y + 16, anchor: "end")
      let end = zero + (row.value ?? 0) * perUnit
      svg.area(
        row.series % SVGStyle.lookCount, x: min(zero, end), y: y + 3,
        width: (end - zero).magnitude, height: SVGBars.rowHeight - 6)
      svg.label(row.label, x: max(zero, end) + 6, y: y + 16, anchor: "start")
    }
    let bottom = top + Double(bars.rows.count) * SVGBars.rowHeight
    svg.rule("axis", (zero, top), (zero, bottom))
    svg.label(
      bars.title, x: (left + right) / 2, y: bottom + 22, anchor: "middle", look: "axis-title")
  }
}

/// Where rows begin, so that their names have room.
enum SVGRowNames {
  static func width(_ names: [String]) -> Double {
    let widest = Double(names.map(\.displayWidth).max() ?? 0)
    return SVGStyle.margin + min(240, widest * SVGStyle.characterWidth) + 12
  }
}

/// Boxes as SVG.
struct SVGBoxes: SVGDrawing {
  private let layout: BoxLayout
  private let left: Double

  private static let rowHeight = 44.0
  private static let columns = 70

  /// Boxes, or nil if there is nothing to draw.
  init?(_ chart: BoxChart) {
    guard let layout = BoxLayout(chart, columns: SVGBoxes.columns) else { return nil }
    self.layout = layout
    left = SVGRowNames.width(layout.boxes.map(\.name))
  }

  var legend: [String] { [] }
  var sample: SVGSample { .line }
  var words: [String] { layout.notes }
  var height: Double { Double(layout.boxes.count) * SVGBoxes.rowHeight + 56 }

  func write(_ svg: inout SVGWriter, top: Double) {
    let right = SVGStyle.width - SVGStyle.margin - 12
    let bottom = top + Double(layout.boxes.count) * SVGBoxes.rowHeight
    func x(_ value: Double) -> Double { left + layout.x.place(value) * (right - left) }
    for label in layout.x.labels(columns: SVGBoxes.columns) {
      let place = left + label.place * (right - left)
      svg.rule("rule", (place, top), (place, bottom))
      svg.label(label.text, x: place, y: bottom + 20, anchor: "middle", look: "dim")
    }
    for (index, box) in layout.boxes.enumerated() {
      let middle = top + (Double(index) + 0.5) * SVGBoxes.rowHeight
      svg.label(box.name, x: left - 10, y: middle + 4, anchor: "end")
      for (from, to) in [
        (box.least, box.lowerQuartile), (box.upperQuartile, box.greatest),
      ] {
        svg.rule("whisker line0", (x(from), middle), (x(to), middle))
      }
      for end in [box.least, box.greatest] {
        svg.rule("whisker line0", (x(end), middle - 7), (x(end), middle + 7))
      }
      svg.box(
        "box fill0 line0", x: x(box.lowerQuartile), y: middle - 13,
        width: x(box.upperQuartile) - x(box.lowerQuartile), height: 26)
      svg.rule("curve line0", (x(box.median), middle - 13), (x(box.median), middle + 13))
    }
    svg.label(
      layout.x.title, x: (left + right) / 2, y: bottom + 42, anchor: "middle",
      look: "axis-title")
  }
}

/// Series as small lines, one below the other.
struct SVGSparklines: SVGDrawing {
  private let series: [Series]

  private static let rowHeight = 36.0

  /// Lines, or nil if no series has a value.
  init?(_ series: [Series]) {
    guard series.contains(where: { $0.values.contains { $0?.isFinite == true } }) else {
      return nil
    }
    self.series = series
  }

  var legend: [String] { [] }
  var sample: SVGSample { .line }
  var words: [String] { series.map { "\($0.key): \(SparklineRows.words($0))." } }
  var height: Double { Double(series.count) * SVGSparklines.rowHeight + 12 }

  func write(_ svg: inout SVGWriter, top: Double) {
    let left = SVGRowNames.width(series.map(\.key))
    let texts = series.map(SparklineRows.words)
    let widest = Double(texts.map(\.displayWidth).max() ?? 0) * SVGStyle.characterWidth
    let right = SVGStyle.width - SVGStyle.margin - widest - 12
    for (index, series) in series.enumerated() {
      let bottom = top + Double(index + 1) * SVGSparklines.rowHeight - 8
      let values = series.values.map { $0.flatMap { Drawable.number($0, .linear) } }
      let low = min(0, values.compactMap { $0 }.min() ?? 0)
      let high = max(low, values.compactMap { $0 }.max() ?? 0)
      var path = ""
      var isOpen = false
      for (place, value) in values.enumerated() {
        guard let value else {
          isOpen = false
          continue
        }
        let x = left + (right - left) * Double(place) / Double(max(1, values.count - 1))
        let y = bottom - (high > low ? (value - low) / (high - low) * 24 : 0)
        path += "\(isOpen ? "L" : "M")\(SVGWriter.number(x)) \(SVGWriter.number(y)) "
        if !isOpen { path += "h0 " }
        isOpen = true
      }
      svg.label(series.key, x: left - 10, y: bottom - 6, anchor: "end")
      svg.element("path", [("class", "curve line0"), ("d", path)])
      svg.label(texts[index], x: right + 10, y: bottom - 6, anchor: "start", look: "dim")
    }
  }
}
