import Foundation
import Rendering
import Reports
import Testing

/// Every kind of plot, as it looks: one file for each width and each canvas.
///
/// The pictures were looked at before they were kept; `MACHINEROOM_PICTURES=FOLDER` writes what they
/// look like now, and each as SVG, for looking at them again.
@Suite struct PictureTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Pictures")
  private static let written = ProcessInfo.processInfo.environment["MACHINEROOM_PICTURES"]
    .map { URL(filePath: $0) }

  private static func pictures(width: Int, _ dots: DotStyle) -> String {
    let style = TextStyle(width: width, isAscii: dots == .ascii, dots: dots)
    return PlotKinds.all.map { kind in
      "== \(kind.name)\n" + TextRenderer(style: style).text([.plot(kind.plot)])
    }.joined(separator: "\n")
  }

  @Test(arguments: [40, 72], [DotStyle.braille, .block, .ascii])
  func everyKindLooksAsItDidWhenItWasLookedAt(width: Int, dots: DotStyle) throws {
    let name = "\(dots.rawValue)-\(width).txt"
    let text = Self.pictures(width: width, dots)
    if let written = Self.written {
      try FileManager.default.createDirectory(at: written, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: written.appending(path: name))
    }
    let kept = try String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
    let changed = zip(
      text.split(separator: "\n", omittingEmptySubsequences: false),
      kept.split(separator: "\n", omittingEmptySubsequences: false)
    ).first { $0 != $1 }
    #expect(text == kept, "first other line: \(changed.map { "\($0)\n\($1)" } ?? "the length")")
  }

  @Test func everyKindIsWrittenAsADocumentForBrowsers() throws {
    guard let written = Self.written else { return }
    try FileManager.default.createDirectory(at: written, withIntermediateDirectories: true)
    for (name, plot) in PlotKinds.all {
      try Data(SVG.text(plot).utf8).write(to: written.appending(path: name + ".svg"))
    }
  }

  /// The dots of a braille character by column and row, from the names of the characters: DOTS-1 is
  /// the upper left one, 4 the upper right one, 7 and 8 lie lowest (Unicode Standard, section 21.1).
  private static func dots(_ character: Character) -> Set<[Int]> {
    guard let name = character.unicodeScalars.first?.properties.name,
      let numbers = name.split(separator: "-").last, name.hasPrefix("BRAILLE PATTERN DOTS-")
    else { return [] }
    let places = [
      "1": [0, 0], "2": [0, 1], "3": [0, 2], "4": [1, 0], "5": [1, 1], "6": [1, 2],
      "7": [0, 3], "8": [1, 3],
    ]
    return Set(numbers.compactMap { places[String($0)] })
  }

  /// A parabola from 0 to 100: whoever reads the dots finds each value again, within half a dot.
  @Test func theDotsOfAScatterPlotAreItsValues() throws {
    let values = (0...10).map { (Double($0) * 10, Double($0 * $0)) }
    let chart = Chart(x: Axis("x"), y: Axis("y"), [Chart.Curve("", PlotKinds.points(values))])
    let lines = TextRenderer(style: TextStyle(width: 80))
      .text([.plot(Plot(.scatter(chart), sentence: ""))]).split(separator: "\n")
    let picture = lines.filter { $0.contains("┤") || $0.contains("│") || $0.contains("┼") }
      .map { Array($0.split { "┤│┼".contains($0) }.dropFirst().joined()) }
    var found: [(x: Int, y: Int)] = []
    for (row, characters) in picture.enumerated() {
      for (column, character) in characters.enumerated() {
        for dot in Self.dots(character) {
          found.append((2 * column + dot[0], 4 * row + dot[1]))
        }
      }
    }
    #expect(found.count == values.count)
    // Both axes run over their whole range: 0 to 100 between the first dot and the last.
    let columns = 2 * (80 - 3 - 4)
    let rows = 4 * (picture.count - 1)
    for (value, dot) in zip(values, found.sorted { $0.x < $1.x }) {
      #expect(abs(Double(dot.x) - value.0 / 100 * Double(columns - 1)) <= 0.5)
      #expect(abs(Double(4 * picture.count - 1 - dot.y) - value.1 / 100 * Double(rows)) <= 0.5)
    }
  }
}
