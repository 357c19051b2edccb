import Quantities
import Reports

/// A heat map as SVG: a shade a cell, and each cell's value for those who point at it.
struct SVGHeatMap: SVGDrawing {
  private let map: HeatMap
  private let shades: HeatShades

  /// A map, or nil if it has no value.
  init?(_ map: HeatMap) {
    guard let shades = HeatShades(map) else { return nil }
    self.map = map
    self.shades = shades
  }

  private static let rowHeight = 22.0

  var legend: [String] { [] }
  var sample: SVGSample { .area }
  var words: [String] { [] }
  var height: Double { Double(map.rows.count) * SVGHeatMap.rowHeight + 66 }

  func write(_ svg: inout SVGWriter, top: Double) {
    let left = SVGRowNames.width(map.rows)
    let right = SVGStyle.width - SVGStyle.margin
    let width = (right - left) / Double(max(1, map.columns.count))
    for (row, values) in map.values.enumerated() {
      let y = top + Double(row) * SVGHeatMap.rowHeight
      svg.label(map.rows[row], x: left - 10, y: y + 15, anchor: "end")
      for (column, value) in values.enumerated() {
        guard let value, let shade = shades.shade(value) else { continue }
        let text = BarRows.text(value, map.axis.unit)
        svg.element(
          "rect",
          [
            ("class", "shade\(shade)"), ("x", SVGWriter.number(left + Double(column) * width)),
            ("y", SVGWriter.number(y)), ("width", SVGWriter.number(max(1, width - 1))),
            ("height", SVGWriter.number(SVGHeatMap.rowHeight - 1)),
          ]
        ) { $0.words("title", [], "\(map.rows[row]), \(map.columns[column]): \(text)") }
      }
    }
    let bottom = top + Double(map.rows.count) * SVGHeatMap.rowHeight
    var free = left
    for (column, name) in map.columns.enumerated() {
      let x = left + Double(column) * width
      let end = x + Double(name.displayWidth) * SVGStyle.characterWidth
      guard x >= free, end <= right else { continue }
      svg.label(name, x: x, y: bottom + 16, anchor: "start", look: "dim")
      free = end + 8
    }
    writeLegend(&svg, top: bottom + 32)
  }

  private func writeLegend(_ svg: inout SVGWriter, top: Double) {
    var x = SVGStyle.margin
    let unit = shades.unit.symbol.isEmpty ? "" : " \(shades.unit.symbol)"
    for shade in 0..<shades.steps.count {
      svg.box("shade\(shade)", x: x, y: top, width: 16, height: 14)
      let label = shades.label(shade) + unit
      svg.label(label, x: x + 22, y: top + 12, anchor: "start")
      x += 22 + Double(label.displayWidth) * SVGStyle.characterWidth + 18
    }
    if shades.hasGaps(map) {
      svg.label("blank: no value", x: x, y: top + 12, anchor: "start")
    }
  }
}

/// A timeline as SVG: a lane a row, each stretch with its state in words.
struct SVGTimeline: SVGDrawing {
  private let timeline: Timeline
  private let layout: TimelineLayout
  private let key: MarkKey

  private static let rowHeight = 28.0
  private static let columns = 78

  /// A timeline, or nil if it has nothing to draw.
  init?(_ timeline: Timeline, _ marks: [Mark]) {
    guard let layout = TimelineLayout(timeline) else { return nil }
    self.timeline = timeline
    self.layout = layout
    key = MarkKey(marks) { mark in
      guard case .moment(let moment) = mark.place else { return false }
      return (layout.start...layout.end).contains(moment)
    }
  }

  var legend: [String] { layout.states }
  var sample: SVGSample { .area }
  var words: [String] {
    key.entries.map { "\($0.mark.label): \(key.placeText($0.mark.place))." }
  }
  private var marksHeight: Double { Double(key.entries.count) * SVGStyle.lineHeight }
  var height: Double {
    marksHeight + Double(timeline.lanes.count) * SVGTimeline.rowHeight + 52
  }

  func write(_ svg: inout SVGWriter, top: Double) {
    let left = SVGRowNames.width(timeline.lanes.map(\.name))
    let right = SVGStyle.width - SVGStyle.margin
    func x(_ moment: Moment) -> Double { left + layout.place(moment) * (right - left) }
    let lanesTop = top + marksHeight + 8
    let bottom = lanesTop + Double(timeline.lanes.count) * SVGTimeline.rowHeight
    for (index, lane) in timeline.lanes.enumerated() {
      let y = lanesTop + Double(index) * SVGTimeline.rowHeight
      svg.label(lane.name, x: left - 10, y: y + 18, anchor: "end")
      for stretch in lane.stretches where stretch.start <= stretch.end {
        let state = layout.states.firstIndex(of: stretch.state) ?? 0
        let (from, to) = (x(stretch.start), x(stretch.end))
        svg.element(
          "rect",
          [
            ("class", "box fill\(state % SVGStyle.lookCount) line\(state % SVGStyle.lookCount)"),
            ("stroke-dasharray", SVGStyle.dashes[state % SVGStyle.lookCount]),
            ("x", SVGWriter.number(from)), ("y", SVGWriter.number(y + 3)),
            ("width", SVGWriter.number(max(2, to - from))),
            ("height", SVGWriter.number(SVGTimeline.rowHeight - 6)),
          ]
        ) {
          $0.words(
            "title", [], "\(lane.name): \(stretch.state), \(stretch.start) to \(stretch.end)")
        }
        if Double(stretch.state.displayWidth) * SVGStyle.characterWidth + 8 < to - from {
          svg.label(stretch.state, x: from + 5, y: y + 18, anchor: "start")
        }
      }
    }
    for label in TimeAxis(from: layout.start, to: layout.end, columns: SVGTimeline.columns).labels {
      let place = left + label.place * (right - left)
      svg.rule("axis", (place, bottom), (place, bottom + 5))
      svg.label(label.text, x: place, y: bottom + 20, anchor: "start", look: "dim")
    }
    svg.label(
      "time", x: (left + right) / 2, y: bottom + 40, anchor: "middle", look: "axis-title")
    for (index, entry) in key.entries.enumerated() {
      guard case .moment(let moment) = entry.mark.place else { continue }
      let line = top + 12 + Double(index) * SVGStyle.lineHeight
      let isLate = layout.place(moment) > 0.6
      svg.rule("mark", (x(moment), line + 4), (x(moment), bottom))
      svg.label(
        entry.mark.label, x: x(moment) + (isLate ? -4 : 4), y: line,
        anchor: isLate ? "end" : "start")
    }
  }
}
