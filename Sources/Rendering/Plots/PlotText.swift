import Quantities
import Reports

/// A plot in characters: a title, the figure, the sentence below.
struct PlotText {
  private let plot: Plot
  private let style: TextStyle

  init(_ plot: Plot, style: TextStyle) {
    self.plot = plot
    self.style = style
  }

  /// The plot's lines, none wider than the screen.
  var lines: [String] {
    let wrap = WordWrap(width: style.width, hanging: "  ")
    let sentence =
      plot.sentence.isEmpty ? [] : wrap.lines(style.visible(plot.sentence), first: "  ")
    let title =
      plot.title.isEmpty
      ? []
      : wrap.lines(style.visible(plot.title), first: "  ").map { style.painted($0, .strong) }
    let nothing = ["  " + style.painted("no values to draw", .dim)]
    return title + (figureLines ?? nothing) + sentence
  }

  /// The figure, or nil if it has nothing to draw.
  private var figureLines: [String]? {
    switch plot.figure {
    case .line(let chart): lines(chart, .line)
    case .stairs(let chart): lines(chart, .stairs)
    case .scatter(let chart): lines(chart, .scatter)
    case .columns(let chart): lines(chart, .columns)
    case .bar(let chart): BarText(chart, style: style)?.lines
    case .histogram(let histogram): BarText(histogram, style: style)?.lines
    case .box(let chart): BoxText(chart, style: style)?.lines
    case .heatMap(let map): HeatMapText(map, style: style)?.lines
    case .sparkline(let series): SparklineRows(series, style: style)?.lines
    case .timeline(let timeline): TimelineText(timeline, plot.marks, style: style)?.lines
    }
  }

  private func lines(_ chart: Chart, _ form: ChartForm) -> [String]? {
    ChartText(chart, form, marks: plot.marks, style: style)?.lines
  }
}

extension TextStyle {
  /// A text fit for the screen that takes at most so many columns; what is cut off leaves an
  /// ellipsis.
  func clipped(_ text: String, to width: Int) -> String {
    let text = visible(text)
    guard text.displayWidth > width else { return text }
    var short = ""
    for character in text
    where short.displayWidth + character.displayWidth + ellipsis.count <= width {
      short.append(character)
    }
    return short + String(ellipsis.prefix(width))
  }

  /// How wide names to the left of rows are: as the widest, but at most a part of the screen.
  func nameWidth(_ names: [String], share: Double = 1.0 / 3) -> Int {
    min(names.map { visible($0).displayWidth }.max() ?? 0, Int(Double(width) * share))
  }
}
