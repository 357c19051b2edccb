import Quantities
import Reports

/// A chart as SVG: axes with titles, rules at the ticks, curves, marks with their words.
struct SVGChart: SVGDrawing {
  private let chart: Chart
  private let form: ChartForm
  private let drawable: Drawable
  private let x: CrossAxis
  private let y: AxisScale
  private let key: MarkKey
  private let left: Double

  private static let plotHeight = 280.0
  private static let right = SVGStyle.width - SVGStyle.margin - 8
  /// Columns of text that the width of the picture corresponds to.
  private static let columns = 84

  /// How many places side by side can be told apart.
  private static let places = 1_400

  /// A chart, or nil if there is nothing to draw.
  init?(_ chart: Chart, _ form: ChartForm, _ marks: [Mark]) {
    let drawable = Drawable(
      chart, marks: marks, fills: form == .columns, holds: form == .columns || form == .stairs)
    guard let xRange = drawable.xRange, let yRange = drawable.yRange else { return nil }
    let x = CrossAxis(chart.x, holding: xRange, columns: SVGChart.columns)
    y = AxisScale(chart.y, holding: yRange)
    key = MarkKey(marks, xUnit: chart.x.unit, yUnit: chart.y.unit) { mark in
      if case .y(let value) = mark.place { return Drawable.number(value, chart.y.scale) != nil }
      return x.place(mark.place) != nil
    }
    let widest = y.ticks.map(\.label.displayWidth).max() ?? 1
    left = SVGStyle.margin + 24 + Double(widest) * SVGStyle.characterWidth + 8
    self.x = x
    self.chart = chart
    self.form = form
    self.drawable = drawable
  }

  var legend: [String] { chart.curves.map(\.name) }
  var sample: SVGSample {
    switch form {
    case .line, .stairs: .line
    case .scatter: .point
    case .columns: .area
    }
  }
  var words: [String] {
    drawable.notes + key.entries.map { "\($0.mark.label): \(key.placeText($0.mark.place))." }
  }
  private var marksHeight: Double {
    Double(key.entries.count { if case .y = $0.mark.place { false } else { true } })
      * SVGStyle.lineHeight
  }
  var height: Double { marksHeight + SVGChart.plotHeight + 56 }

  func write(_ svg: inout SVGWriter, top: Double) {
    let frame = Frame(
      left: left, right: SVGChart.right, top: top + marksHeight + 8,
      bottom: top + marksHeight + 8 + SVGChart.plotHeight)
    writeAxes(&svg, frame)
    for (index, curve) in drawable.curves.enumerated() {
      write(curve, look: index, &svg, frame)
    }
    writeMarks(&svg, frame, top)
  }

  /// Where the picture is.
  private struct Frame {
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    func x(_ place: Double) -> Double { left + place * (right - left) }
    func y(_ place: Double) -> Double { bottom - place * (bottom - top) }
  }

  // MARK: - Axes

  private func writeAxes(_ svg: inout SVGWriter, _ frame: Frame) {
    for tick in y.ticks {
      let height = frame.y(tick.place)
      svg.rule("rule", (frame.left, height), (frame.right, height))
      svg.label(tick.label, x: frame.left - 8, y: height + 4, anchor: "end", look: "dim")
    }
    for label in x.labels(columns: SVGChart.columns) {
      let place = frame.x(label.place)
      svg.rule("axis", (place, frame.bottom), (place, frame.bottom + 5))
      svg.label(
        label.text, x: place, y: frame.bottom + 20,
        anchor: label.place < 0.03 ? "start" : label.place > 0.97 ? "end" : "middle", look: "dim")
    }
    svg.rule("axis", (frame.left, frame.bottom), (frame.right, frame.bottom))
    svg.rule("axis", (frame.left, frame.top), (frame.left, frame.bottom))
    let middle = (frame.top + frame.bottom) / 2
    svg.words(
      "text",
      [
        ("class", "axis-title"), ("text-anchor", "middle"),
        (
          "transform",
          "translate(\(SVGWriter.number(SVGStyle.margin + 8)) \(SVGWriter.number(middle))) rotate(-90)"
        ),
      ], yTitle)
    svg.label(
      xTitle, x: (frame.left + frame.right) / 2, y: frame.bottom + 42, anchor: "middle",
      look: "axis-title")
  }

  private var yTitle: String {
    let names = chart.curves.count == 1 ? chart.curves[0].name : ""
    let title = chart.y.title.isEmpty ? names : chart.y.title
    if title.isEmpty || y.symbol.isEmpty { return title.isEmpty ? y.symbol : title }
    return "\(title) (\(y.symbol))"
  }

  private var xTitle: String {
    guard let moments = x.moments(reaching: drawable.reach) else { return x.title }
    let (start, end) = (moments.start.date, moments.end.date)
    return start == end ? "time, \(start)" : "time, \(start) to \(end)"
  }

  // MARK: - Curves

  private func write(_ curve: Chart.Curve, look: Int, _ svg: inout SVGWriter, _ frame: Frame) {
    let color = look % SVGStyle.lookCount
    switch form {
    case .columns: writeBars(curve, look, &svg, frame)
    case .scatter:
      for point in curve.points {
        guard let value = point.y else { continue }
        svg.point(color, (frame.x(x.place(point.x)), frame.y(y.place(value))))
      }
    case .line, .stairs:
      let path = path(
        form == .line ? curve.thinned(places: SVGChart.places, x.place) : curve, frame)
      svg.element(
        "path",
        [
          ("class", "curve line\(color)"), ("stroke-dasharray", SVGStyle.dashes[color]),
          ("d", path),
        ])
    }
  }

  /// The path of a line: a missing value breaks it, one that stands alone is a dot.
  private func path(_ curve: Chart.Curve, _ frame: Frame) -> String {
    var parts: [String] = []
    var isOpen = false
    for (index, point) in curve.points.enumerated() {
      guard let value = point.y else {
        isOpen = false
        continue
      }
      let x = SVGWriter.number(frame.x(self.x.place(point.x)))
      let y = SVGWriter.number(frame.y(self.y.place(value)))
      parts.append("\(isOpen ? "L" : "M")\(x) \(y)")
      if form == .stairs {
        let points = curve.points
        let end =
          index + 1 < points.count ? points[index + 1].x : point.x + drawable.reach
        parts.append("H\(SVGWriter.number(frame.x(self.x.place(end))))")
      } else if !isOpen {
        parts.append("h0")
      }
      isOpen = true
    }
    return parts.joined(separator: " ")
  }

  private func writeBars(
    _ curve: Chart.Curve, _ look: Int, _ svg: inout SVGWriter, _ frame: Frame
  ) {
    let zero = frame.y(min(max(y.place(0), 0), 1))
    for point in curve.points {
      guard let value = point.y else { continue }
      let start = x.moments == nil ? point.x - drawable.reach / 2 : point.x
      let from = frame.x(x.place(start))
      let slot = drawable.reach > 0 ? frame.x(x.place(start + drawable.reach)) - from : 40
      let share = slot * 0.84 / Double(chart.curves.count)
      let top = frame.y(y.place(value))
      svg.area(
        look % SVGStyle.lookCount, x: from + slot * 0.08 + share * Double(look),
        y: min(top, zero), width: share, height: (top - zero).magnitude)
    }
  }

  // MARK: - Marks

  private func writeMarks(_ svg: inout SVGWriter, _ frame: Frame, _ top: Double) {
    var line = top + 12
    for entry in key.entries {
      if case .y(let value) = entry.mark.place {
        let height = frame.y(y.place(value))
        svg.rule("mark", (frame.left, height), (frame.right, height))
        svg.label(entry.mark.label, x: frame.right, y: height - 5, anchor: "end")
      } else if let place = x.place(entry.mark.place) {
        let across = frame.x(place)
        svg.rule("mark", (across, line + 4), (across, frame.bottom))
        svg.label(
          entry.mark.label, x: place > 0.6 ? across - 4 : across + 4, y: line,
          anchor: place > 0.6 ? "end" : "start")
        line += SVGStyle.lineHeight
      }
    }
  }
}
