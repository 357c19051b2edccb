import Quantities
import Reports

/// The part of an SVG plot that depends on its kind.
protocol SVGDrawing {
  /// The names in the legend; one alone needs none.
  var legend: [String] { get }
  /// What stands for a series in the legend.
  var sample: SVGSample { get }
  /// What more there is to say, below the sentence.
  var words: [String] { get }
  /// How high the picture is, labels included.
  var height: Double { get }
  /// Draws it below a height.
  func write(_ svg: inout SVGWriter, top: Double)
}

/// What stands for a series in a legend.
enum SVGSample {
  case line
  case point
  case area
}

/// A title, a legend where there are several series, and the drawing.
struct SVGFigure {
  /// What the plot is called.
  let title: String
  private let drawing: (any SVGDrawing)?

  /// Where the drawing ends.
  let bottom: Double
  private let legendRows: [[(index: Int, name: String)]]

  /// A figure for a plot.
  init(_ plot: Plot) {
    drawing = SVGFigure.drawing(plot)
    title = plot.title.isEmpty ? SVGFigure.subject(plot.figure) : plot.title
    let names = drawing?.legend ?? []
    legendRows = names.count > 1 ? SVGFigure.rows(names) : []
    bottom =
      SVGFigure.titleHeight + Double(legendRows.count) * SVGStyle.lineHeight
      + (drawing?.height ?? 40)
  }

  private static let titleHeight = 40.0

  /// What more there is to say than the sentence.
  var words: [String] { drawing?.words ?? [] }

  /// Draws all of it.
  func write(_ svg: inout SVGWriter) {
    svg.words(
      "text",
      [("x", SVGWriter.number(SVGStyle.margin)), ("y", "26"), ("font-size", "16")], title)
    var top = SVGFigure.titleHeight
    for row in legendRows {
      var x = SVGStyle.margin
      for entry in row {
        let look = entry.index % SVGStyle.lookCount
        svg.sample(drawing?.sample ?? .line, look, x: x, y: top + 6)
        svg.label(entry.name, x: x + 32, y: top + 10, anchor: "start")
        x += SVGFigure.entryWidth(entry.name)
      }
      top += SVGStyle.lineHeight
    }
    guard let drawing else {
      svg.label("no values to draw", x: SVGStyle.margin, y: top + 20, anchor: "start")
      return
    }
    drawing.write(&svg, top: top)
  }

  private static func entryWidth(_ name: String) -> Double {
    32 + Double(name.displayWidth) * SVGStyle.characterWidth + 24
  }

  private static func rows(_ names: [String]) -> [[(index: Int, name: String)]] {
    var rows: [[(index: Int, name: String)]] = [[]]
    var used = SVGStyle.margin
    for (index, name) in names.enumerated() {
      let width = entryWidth(name)
      if used + width > SVGStyle.width, !rows[rows.count - 1].isEmpty {
        rows.append([])
        used = SVGStyle.margin
      }
      rows[rows.count - 1].append((index, name))
      used += width
    }
    return rows
  }

  private static func drawing(_ plot: Plot) -> (any SVGDrawing)? {
    switch plot.figure {
    case .line(let chart): SVGChart(chart, .line, plot.marks)
    case .stairs(let chart): SVGChart(chart, .stairs, plot.marks)
    case .scatter(let chart): SVGChart(chart, .scatter, plot.marks)
    case .columns(let chart): SVGChart(chart, .columns, plot.marks)
    case .bar(let chart): BarRows(chart).map(SVGBars.init)
    case .histogram(let histogram): BarRows(histogram).map(SVGBars.init)
    case .box(let chart): SVGBoxes(chart)
    case .heatMap(let map): SVGHeatMap(map)
    case .sparkline(let series): SVGSparklines(series)
    case .timeline(let timeline): SVGTimeline(timeline, plot.marks)
    }
  }

  /// What a plot without a title is of.
  private static func subject(_ figure: Figure) -> String {
    switch figure {
    case .line(let chart), .stairs(let chart), .scatter(let chart), .columns(let chart):
      let names = chart.curves.map(\.name).joined(separator: ", ")
      let across = chart.x.title.isEmpty ? "" : " by \(chart.x.title)"
      return (chart.y.title.isEmpty ? names : chart.y.title) + across
    case .bar(let chart): return chart.axis.title.isEmpty ? "Bars" : chart.axis.title
    case .histogram(let histogram): return "How often: \(histogram.axis.title)"
    case .box(let chart): return chart.axis.title.isEmpty ? "Boxes" : chart.axis.title
    case .heatMap(let map): return map.axis.title.isEmpty ? "Heat map" : map.axis.title
    case .sparkline(let series): return series.map(\.key).joined(separator: ", ")
    case .timeline: return "Timeline"
    }
  }
}

extension SVGWriter {
  /// What stands for a series in the legend, 26 wide.
  mutating func sample(_ sample: SVGSample, _ look: Int, x: Double, y: Double) {
    switch sample {
    case .line:
      element(
        "line",
        [
          ("class", "curve line\(look)"), ("stroke-dasharray", SVGStyle.dashes[look]),
          ("x1", SVGWriter.number(x)), ("y1", SVGWriter.number(y)),
          ("x2", SVGWriter.number(x + 26)), ("y2", SVGWriter.number(y)),
        ])
    case .point: point(look, (x + 13, y))
    case .area: area(look, x: x, y: y - 6, width: 26, height: 12)
    }
  }

  /// A point; its form differs by curve, since colour alone says nothing.
  mutating func point(_ look: Int, _ place: (x: Double, y: Double)) {
    switch look % 3 {
    case 0:
      element(
        "circle",
        [
          ("class", "fill\(look)"), ("cx", SVGWriter.number(place.x)),
          ("cy", SVGWriter.number(place.y)), ("r", "3.5"), ("fill-opacity", "0.7"),
        ])
    case 1: box("fill\(look)", x: place.x - 3, y: place.y - 3, width: 6, height: 6)
    default:
      let (x, y) = (SVGWriter.number(place.x), SVGWriter.number(place.y - 4))
      element("path", [("class", "fill\(look)"), ("d", "M\(x) \(y) l4 7 l-8 0 z")])
    }
  }

  /// A filled area; its outline is dashed as the curve of the same look would be.
  mutating func area(_ look: Int, x: Double, y: Double, width: Double, height: Double) {
    element(
      "rect",
      [
        ("class", "box fill\(look) line\(look)"), ("stroke-dasharray", SVGStyle.dashes[look]),
        ("x", SVGWriter.number(x)), ("y", SVGWriter.number(y)),
        ("width", SVGWriter.number(max(0, width))), ("height", SVGWriter.number(max(0, height))),
      ])
  }
}
