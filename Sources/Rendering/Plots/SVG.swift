import Quantities
import Reports

/// Plots as SVG documents that need nothing else: no fonts, no scripts, no other files.
///
/// They follow the reader's light or dark colours, and say in words what they show.
package enum SVG {
  /// A plot as a document.
  package static func text(_ plot: Plot) -> String {
    let figure = SVGFigure(plot)
    let sentence = WordWrap(width: SVGStyle.wordsPerLine)
    let words = ([plot.sentence] + figure.words).filter { !$0.isEmpty }.flatMap {
      sentence.lines($0)
    }
    let wordsTop = figure.bottom + 26
    let height = wordsTop + Double(max(0, words.count - 1)) * SVGStyle.lineHeight + 14
    var svg = SVGWriter()
    svg.element(
      "svg",
      [
        ("xmlns", "http://www.w3.org/2000/svg"),
        ("viewBox", "0 0 \(SVGWriter.number(SVGStyle.width)) \(SVGWriter.number(height))"),
        ("role", "img"), ("aria-labelledby", "plot-title plot-description"),
        ("font-family", "system-ui, sans-serif"), ("font-size", "13"),
      ]
    ) { svg in
      svg.words("title", [("id", "plot-title")], figure.title)
      svg.words(
        "desc", [("id", "plot-description")],
        ([plot.sentence] + figure.words).filter { !$0.isEmpty }.joined(separator: " "))
      svg.element("style") { svg in
        for line in SVGStyle.sheet { svg.line(line) }
      }
      svg.element("rect", [("class", "paper"), ("width", "100%"), ("height", "100%")])
      figure.write(&svg)
      for (index, line) in words.enumerated() {
        svg.label(
          line, x: SVGStyle.margin, y: wordsTop + Double(index) * SVGStyle.lineHeight,
          anchor: "start")
      }
    }
    return svg.text
  }

  /// The plots of a report, each a document; a file holds the first.
  package static func text(_ report: Report) -> String {
    for case .plot(let plot) in report.blocks { return text(plot) }
    return text(Plot(series: [], sentence: "This report has no plot."))
  }
}

/// Sizes and colours that all SVG plots share.
enum SVGStyle {
  /// The width of a document.
  static let width = 720.0
  /// The empty space at the left and the right end.
  static let margin = 16.0
  /// From line to line of words.
  static let lineHeight = 18.0
  /// How many characters a line of words has.
  ///
  /// `Chosen:` 13 units high letters of usual fonts are at most 7 wide on the average.
  static let wordsPerLine = 96
  /// How wide a character is at most, on the average.
  static let characterWidth = 7.0
  /// How many looks curves have before they repeat.
  static let lookCount = 6
  /// How lines are broken, so that curves differ without colour.
  static let dashes = ["none", "7 3", "2 3", "9 3 2 3", "12 4", "5 2 2 2 2 2"]

  /// Blue, vermillion, bluish green, reddish purple, orange and sky blue of a palette that people
  /// with colour blindness can tell apart; sky blue and blue change places on dark paper.
  /// - Source: M. Okabe and K. Ito, "Color Universal Design", 2008, figure 16.
  private static let light = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"]
  private static let dark = ["#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#0072b2"]

  /// Five shades from light to dark that differ in brightness too.
  /// - Source: C. A. Brewer, ColorBrewer 2.0, scheme YlGnBu of five classes.
  private static let shades = ["#ffffcc", "#a1dab4", "#41b6c4", "#2c7fb8", "#253494"]

  /// The style sheet.
  static let sheet: [String] = {
    func colors(_ palette: [String]) -> [String] {
      palette.enumerated().map { index, color in
        ".line\(index) { stroke: \(color) } .fill\(index) { fill: \(color) }"
      }
    }
    let onLight =
      [
        ".paper { fill: #ffffff } text { fill: #222222 } .dim { fill: #555555 }",
        ".rule { stroke: #dddddd; stroke-width: 1 } .axis { stroke: #555555; stroke-width: 1 }",
        ".mark { stroke: #222222; stroke-width: 1; stroke-dasharray: 4 3 }",
        ".curve { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round }",
        ".box { fill-opacity: 0.25; stroke-width: 1.5 } .whisker { stroke-width: 1.5; fill: none }",
      ] + colors(light)
      + shades.enumerated().map { index, color in ".shade\(index) { fill: \(color) }" }
    let onDark =
      [
        ".paper { fill: #16181d } text { fill: #e8e8e8 } .dim { fill: #b0b0b0 }",
        ".rule { stroke: #363a42 } .axis { stroke: #b0b0b0 } .mark { stroke: #e8e8e8 }",
      ] + colors(dark)
    return onLight + ["@media (prefers-color-scheme: dark) {"] + onDark.map { "  " + $0 } + ["}"]
  }()
}

extension SVGWriter {
  /// Words at a place; `anchor` says which end of them it is.
  mutating func label(
    _ words: String, x: Double, y: Double, anchor: String, look: String = ""
  ) {
    let look = look.isEmpty ? [] : [("class", look)]
    self.words(
      "text",
      look + [
        ("x", SVGWriter.number(x)), ("y", SVGWriter.number(y)), ("text-anchor", anchor),
      ], words)
  }

  /// A straight line.
  mutating func rule(_ look: String, _ from: (x: Double, y: Double), _ to: (x: Double, y: Double)) {
    element(
      "line",
      [
        ("class", look), ("x1", SVGWriter.number(from.x)), ("y1", SVGWriter.number(from.y)),
        ("x2", SVGWriter.number(to.x)), ("y2", SVGWriter.number(to.y)),
      ])
  }

  /// A rectangle.
  mutating func box(_ look: String, x: Double, y: Double, width: Double, height: Double) {
    element(
      "rect",
      [
        ("class", look), ("x", SVGWriter.number(x)), ("y", SVGWriter.number(y)),
        ("width", SVGWriter.number(max(0, width))), ("height", SVGWriter.number(max(0, height))),
      ])
  }
}
