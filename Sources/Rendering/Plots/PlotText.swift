import Quantities
import Reports

/// A plot of series along time: round ticks, a legend where there are several, the sentence below.
struct PlotText {
  private let plot: Plot
  private let style: TextStyle
  private let unit: AxisUnit
  private let axis: ValueAxis
  private let start: Moment
  private let end: Moment
  private let isEmpty: Bool

  init(_ plot: Plot, style: TextStyle) {
    self.plot = plot
    self.style = style
    let values = plot.series.lazy.flatMap(\.values).compactMap { $0 }.filter(\.isFinite)
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    isEmpty = values.isEmpty
    unit = AxisUnit(plot.series.first?.unit ?? .none, greatest: max(high, -low))
    axis = ValueAxis(low: low * unit.factor, high: high * unit.factor)
    start = plot.series.map(\.start).min() ?? .origin
    end = plot.series.map(\.end).max() ?? .origin
  }

  /// The plot's lines, none wider than the screen.
  var lines: [String] {
    let wrap = WordWrap(width: style.width, hanging: "  ")
    let sentence =
      plot.sentence.isEmpty ? [] : wrap.lines(style.visible(plot.sentence), first: "  ")
    guard !isEmpty else {
      return ["  " + style.painted("no values to draw", .dim)] + sentence
    }
    return headLines(wrap) + picture + [timeLine] + sentence
  }

  // MARK: - Layout

  /// Columns before the axis: two of margin, the labels, a space.
  private var labelWidth: Int {
    (0...axis.stepCount).map { axis.label($0).displayWidth }.max() ?? 1
  }
  private var columns: Int { style.width - labelWidth - 4 }
  private var rowsPerStep: Int { axis.stepCount <= 3 ? 3 : 2 }
  private var rowCount: Int { axis.stepCount * rowsPerStep + 1 }

  /// The unit and what is drawn, with the time that it covers at the right end where it fits.
  private func headLines(_ wrap: WordWrap) -> [String] {
    let symbol = style.visible(unit.symbol)
    let unitText = symbol.isEmpty ? "  " : "  " + symbol.indented(to: labelWidth) + "  "
    var keys = plot.series.map { style.visible($0.key) }
    if keys.count > 1 { keys = keys.enumerated().map { "\(letter($0)) \($1)" } }
    let head = unitText + keys.joined(separator: "   ")
    let days = start.date == end.date ? "\(start.date)" : "\(start.date) to \(end.date)"
    for time in [days, "from \(start.date)"] {
      let gap = style.width - head.displayWidth - time.count
      if gap >= 2 { return [head + String(repeating: " ", count: gap) + time] }
    }
    if head.displayWidth <= style.width { return [head] }
    return keys.enumerated().flatMap { index, key in
      wrap.lines(key, first: index == 0 ? unitText : "".padded(to: unitText.count))
    }
  }

  private var timeLine: String {
    var line = String(repeating: " ", count: labelWidth + 4)
    for label in TimeAxis(from: start, to: end, columns: columns).labels {
      line = line.padded(to: labelWidth + 4 + label.column) + label.text
    }
    return line
  }

  /// The name of a series in the legend and along its line.
  private func letter(_ index: Int) -> Character {
    Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index % 26)))
  }

  // MARK: - Drawing

  private var picture: [String] {
    let canvases = plot.series.map(canvas)
    let labels = seriesLabels(canvases)
    return (0..<rowCount).map { row in
      let isTick = row % rowsPerStep == 0
      let label = isTick ? axis.label(axis.stepCount - row / rowsPerStep) : ""
      let mark = row == rowCount - 1 ? "┼" : isTick ? "┤" : "│"
      return "  " + style.visible(label).indented(to: labelWidth) + " "
        + style.visible(mark) + rowText(row, canvases, labels)
    }
  }

  private func rowText(_ row: Int, _ canvases: [PlotCanvas], _ labels: [[Int: Character]])
    -> String
  {
    var text = ""
    for column in 0..<columns {
      let bits = canvases.map { $0.bits(row: row, column: column) }
      // What is drawn last lies on top and gives the colour; braille shows the dots of all.
      guard let top = bits.lastIndex(where: { $0 != 0 }) else {
        text += " "
        continue
      }
      guard canvases.count > 1 else {
        text.append(PlotCanvas.character(bits[0], isAscii: style.isAscii))
        continue
      }
      let drawn =
        style.isAscii ? letter(top) : PlotCanvas.character(bits.reduce(0, |), isAscii: false)
      text += style.painted(String(labels[row][column] ?? drawn), .series(top))
    }
    return text
  }

  /// Where each series' letter stands on its line: once in the middle of its share of the width.
  private func seriesLabels(_ canvases: [PlotCanvas]) -> [[Int: Character]] {
    var labels = [[Int: Character]](repeating: [:], count: rowCount)
    guard canvases.count > 1, !style.isAscii else { return labels }
    for (index, canvas) in canvases.enumerated() {
      let wanted = columns * (2 * index + 1) / (2 * canvases.count)
      let byDistance = (0..<columns).sorted { abs($0 - wanted) < abs($1 - wanted) }
      for column in byDistance {
        let rows = (0..<rowCount).filter {
          canvas.bits(row: $0, column: column) != 0 && labels[$0][column] == nil
        }
        guard let row = rows.first else { continue }
        labels[row][column] = letter(index)
        break
      }
    }
    return labels
  }

  /// A series as dots.
  ///
  /// Where several values share a column of dots, the line runs through all of them, so that their
  /// least and greatest are seen; where a value is missing, it is broken.
  private func canvas(_ series: Series) -> PlotCanvas {
    var canvas = PlotCanvas(columns: columns, rows: rowCount, isAscii: style.isAscii)
    let span = Double(end.nanoseconds) - Double(start.nanoseconds)
    let offset = Double(series.start.nanoseconds) - Double(start.nanoseconds)
    let dots = PlotCanvas.dotsPerRow(isAscii: style.isAscii)
    let dotsPerUnit = Double(rowsPerStep * dots) / axis.step
    var previous: (x: Int, y: Int)?
    for (index, value) in series.values.enumerated() {
      guard let value, value.isFinite else {
        previous = nil
        continue
      }
      let time = offset + Double(series.step.nanoseconds) * Double(index)
      let x = span > 0 ? Int(time / span * Double(canvas.width - 1) + 0.5) : 0
      // A tick's value lies on the lowest dots of its row.
      let y = Int((axis.high - value * unit.factor) * dotsPerUnit + 0.5) + dots - 1
      canvas.line(from: previous ?? (x, y), to: (x, y))
      previous = (x, y)
    }
    return canvas
  }
}

extension Series {
  /// The moment of the last value.
  var end: Moment { start + step * max(0, values.count - 1) }
}
