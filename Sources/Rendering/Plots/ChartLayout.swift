import Quantities
import Reports

/// How the points of a chart become marks.
enum ChartForm: Hashable {
  case line
  case stairs
  case scatter
  case columns
}

/// A chart laid out for a width in characters: its axes and how much room each part has.
struct ChartLayout {
  let drawable: Drawable
  let x: CrossAxis
  let y: AxisScale
  /// How wide the labels of the upright axis are.
  let labelWidth: Int
  /// How many columns are left for the picture.
  let columns: Int
  let key: MarkKey

  /// A layout, or nil if there is nothing to draw.
  init?(_ chart: Chart, _ form: ChartForm, marks: [Mark], width: Int) {
    let drawable = Drawable(
      chart, marks: marks, fills: form == .columns, holds: form == .columns || form == .stairs)
    guard let xRange = drawable.xRange, let yRange = drawable.yRange else { return nil }
    let y = AxisScale(chart.y, holding: yRange)
    // Two of margin, the labels, a space, the axis.
    labelWidth = y.ticks.map(\.label.displayWidth).max() ?? 1
    columns = max(8, width - labelWidth - 4)
    let x = CrossAxis(chart.x, holding: xRange, columns: columns)
    self.drawable = drawable
    self.x = x
    self.y = y
    key = MarkKey(marks, xUnit: chart.x.unit, yUnit: chart.y.unit) { mark in
      if case .y(let value) = mark.place { return Drawable.number(value, chart.y.scale) != nil }
      return x.place(mark.place) != nil
    }
  }

  /// How many rows of text there are from tick to tick.
  var rowsPerStep: Int {
    switch y.stepCount {
    case 1: 9
    case 2: 5
    case 3: 3
    default: 2
    }
  }

  /// How many rows the picture has; the highest and the lowest tick have one each.
  var rowCount: Int { y.stepCount * rowsPerStep + 1 }

  /// The first and the last moment that has a value of its own.
  var shownMoments: (start: Moment, end: Moment)? { x.moments(reaching: drawable.reach) }
}

/// Puts curves on canvases.
struct ChartDrawing {
  private let layout: ChartLayout
  private let form: ChartForm
  private let dots: DotStyle
  private let dotsPerAxis: Double

  init(_ layout: ChartLayout, _ form: ChartForm, _ dots: DotStyle) {
    self.layout = layout
    self.form = form
    self.dots = dots
    dotsPerAxis = Double(layout.y.stepCount * layout.rowsPerStep * dots.dotsPerRow)
  }

  /// The row of dots of a value.
  ///
  /// A tick's value lies on the lowest dots of its row.
  func y(_ value: Double) -> Int {
    let place = min(max(layout.y.place(value), 0), 1)
    return Int((1 - place) * dotsPerAxis + 0.5) + dots.dotsPerRow - 1
  }

  /// A curve as dots.
  ///
  /// Where several values share a column of dots, a line runs through all of them, so that their
  /// least and greatest are seen; where a value is missing, it is broken.
  func canvas(_ curve: Chart.Curve) -> PlotCanvas {
    var canvas = PlotCanvas(columns: layout.columns, rows: layout.rowCount, dots)
    var previous: (x: Int, y: Int)?
    for (index, point) in curve.points.enumerated() {
      guard let value = point.y else {
        previous = nil
        continue
      }
      let here = (x: x(point.x, canvas), y: y(value))
      switch form {
      case .line: canvas.line(from: previous ?? here, to: here)
      case .scatter: canvas.set(here.x, here.y)
      case .stairs:
        canvas.line(from: previous ?? here, to: here)
        let end = (x: x(holdEnd(index, curve), canvas), y: here.y)
        canvas.line(from: here, to: end)
        previous = end
        continue
      case .columns: drawBar(point.x, value, &canvas)
      }
      previous = here
    }
    return canvas
  }

  private func x(_ value: Double, _ canvas: PlotCanvas) -> Int {
    Int(layout.x.place(value) * Double(canvas.width - 1) + 0.5)
  }

  /// Until where a point's value holds: the next point, or what it reaches over.
  private func holdEnd(_ index: Int, _ curve: Chart.Curve) -> Double {
    let points = curve.points
    return index + 1 < points.count
      ? max(points[index].x, points[index + 1].x) : points[index].x + layout.drawable.reach
  }

  /// A bar between zero, or the lowest tick where there is none, and a value; with a gap to the next
  /// one where it is wide enough.
  private func drawBar(_ x: Double, _ value: Double, _ canvas: inout PlotCanvas) {
    let reach = layout.drawable.reach
    let left = layout.x.moments == nil ? x - reach / 2 : x
    let width = Double(canvas.width)
    let start = Int(layout.x.place(left) * width + 0.5)
    let wanted = reach > 0 ? Int(layout.x.place(left + reach) * width + 0.5) : canvas.width
    let slot = (layout.x.place(left + reach) - layout.x.place(left)) * width
    let end = max(start + 1, slot >= 4 ? wanted - 1 : wanted)
    let base = y(0)
    let top = y(value)
    if value > 0 {
      canvas.fill(start..<end, min(top, base - 1) + 1..<base + 1)
    } else if value < 0 {
      canvas.fill(start..<end, base + 1..<max(top, base + 1) + 1)
    }
  }
}
