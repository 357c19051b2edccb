import Quantities
import Reports

/// A chart in characters: round ticks, a legend where there are several curves, numbered marks.
struct ChartText {
  private let chart: Chart
  private let form: ChartForm
  private let layout: ChartLayout
  private let style: TextStyle
  private let key: MarkKey
  /// The dots that it is drawn with: bars are whole blocks, which braille is not.
  private let dots: DotStyle

  /// A chart, or nil if it has nothing to draw.
  init?(_ chart: Chart, _ form: ChartForm, marks: [Mark], style: TextStyle) {
    guard let layout = ChartLayout(chart, form, marks: marks, width: style.width) else {
      return nil
    }
    self.chart = chart
    self.form = form
    self.layout = layout
    self.style = style
    dots = form == .columns && style.dots == .braille ? .block : style.dots
    key = layout.key
  }

  /// The lines, the words for the marks and for what was left out included.
  var lines: [String] {
    let wrap = WordWrap(width: style.width, hanging: "    ")
    let words = (key.words + layout.drawable.notes).flatMap {
      wrap.lines(style.visible($0), first: "  ")
    }
    return headLines + numberLines + picture + [labelLine] + titleLines + words
  }

  // MARK: - Around the picture

  private var columns: Int { layout.columns }
  private var indent: String { String(repeating: " ", count: layout.labelWidth + 4) }

  /// The unit and what is drawn, with the time that it covers at the right end where it fits.
  private var headLines: [String] {
    let wrap = WordWrap(width: style.width, hanging: "  ")
    let symbol = style.visible(layout.y.symbol)
    let unitText =
      symbol.isEmpty ? "  " : "  " + symbol.indented(to: layout.labelWidth) + "  "
    var keys = chart.curves.map { style.visible($0.name) }
    if keys.count > 1 { keys = keys.enumerated().map { "\(letter($0)) \($1)" } }
    if !chart.y.title.isEmpty, chart.y.title != chart.curves.first?.name {
      keys.insert(style.visible(chart.y.title), at: 0)
    }
    let head = unitText + keys.joined(separator: "   ")
    for time in timeRemarks {
      let gap = style.width - head.displayWidth - time.count
      if gap >= 2 { return [head + String(repeating: " ", count: gap) + time] }
    }
    if head.displayWidth <= style.width { return [head] }
    return keys.enumerated().flatMap { index, key in
      wrap.lines(key, first: index == 0 ? unitText : "".padded(to: unitText.displayWidth))
    }
  }

  private var timeRemarks: [String] {
    guard let moments = layout.shownMoments else { return [] }
    let (start, end) = (moments.start.date, moments.end.date)
    return [start == end ? "\(start)" : "\(start) to \(end)", "from \(start)"]
  }

  /// The numbers of the marks across, above the picture.
  private var numberLines: [String] {
    let numbers = key.entries.compactMap { entry in
      column(entry.mark).map { (number: entry.number, column: $0) }
    }
    return numbers.isEmpty ? [] : [indent + MarkKey.numberRow(numbers, columns: columns)]
  }

  private var labelLine: String {
    layout.x.labels(columns: columns).reduce(indent) { line, label in
      line.padded(to: indent.count + label.column) + style.visible(label.text)
    }
  }

  private var titleLines: [String] {
    let title = style.visible(layout.x.title)
    guard !title.isEmpty else { return [] }
    return title.displayWidth <= columns
      ? [title.indented(to: style.width)] : WordWrap(width: style.width).lines(title, first: "  ")
  }

  /// The name of a curve in the legend and along its line.
  private func letter(_ index: Int) -> Character {
    Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index % 26)))
  }

  // MARK: - The picture

  private func column(_ mark: Mark) -> Int? {
    layout.x.place(mark.place).map { Int($0 * Double(columns - 1) + 0.5) }
  }

  private var picture: [String] {
    let drawing = ChartDrawing(layout, form, dots)
    let canvases = layout.drawable.curves.map(drawing.canvas)
    let labels = curveLabels(canvases)
    let upright = Set(key.entries.compactMap { column($0.mark) })
    let level = key.entries.compactMap { entry -> (number: Int, row: Int)? in
      guard case .y(let value) = entry.mark.place,
        let value = Drawable.number(value, chart.y.scale)
      else { return nil }
      return (entry.number, drawing.y(value) / dots.dotsPerRow)
    }
    return (0..<layout.rowCount).map { row in
      let isTick = row % layout.rowsPerStep == 0
      let tick = layout.y.stepCount - row / layout.rowsPerStep
      let label = isTick ? layout.y.ticks[tick].label : ""
      let mark = row == layout.rowCount - 1 ? "┼" : isTick ? "┤" : "│"
      return "  " + style.visible(label).indented(to: layout.labelWidth) + " "
        + style.visible(mark)
        + rowText(
          row, canvases, labels[row], upright,
          level.first { $0.row == row }.map { "\($0.number)" })
    }
  }

  /// A row of the picture; where there is no dot, marks are seen.
  private func rowText(
    _ row: Int, _ canvases: [PlotCanvas], _ labels: [Int: Character], _ upright: Set<Int>,
    _ levelNumber: String?
  ) -> String {
    let number = Array(levelNumber ?? "")
    var text = ""
    for column in 0..<columns {
      if column >= columns - number.count {
        text.append(number[column - columns + number.count])
        continue
      }
      let bits = canvases.map { $0.bits(row: row, column: column) }
      // What is drawn last lies on top and gives the colour; other dots are those of all.
      guard let top = bits.lastIndex(where: { $0 != 0 }) else {
        text.append(empty(upright.contains(column), !number.isEmpty))
        continue
      }
      guard canvases.count > 1 else {
        text.append(dots == .ascii && form == .columns ? filled(bits[0]) : dots.character(bits[0]))
        continue
      }
      // Points stand alone, so each bears its letter; a line bears one, in braille.
      let isLettered = dots == .ascii || form == .scatter
      let drawn = isLettered ? letter(top) : dots.character(bits.reduce(0, |))
      text += style.painted(String(labels[column] ?? drawn), .series(top))
    }
    return text
  }

  /// A whole mark for a full bar in ASCII, where three dots are a thin line.
  private func filled(_ bits: UInt8) -> Character {
    bits == 0b111 ? "#" : dots.character(bits)
  }

  private func empty(_ isUpright: Bool, _ isLevel: Bool) -> Character {
    if isUpright { return style.isAscii ? "!" : "┊" }
    return isLevel ? style.isAscii ? "." : "┈" : " "
  }

  /// Where each curve's letter stands on its line: once in the middle of its share of the width.
  private func curveLabels(_ canvases: [PlotCanvas]) -> [[Int: Character]] {
    var labels = [[Int: Character]](repeating: [:], count: layout.rowCount)
    guard canvases.count > 1, dots != .ascii, form != .scatter else { return labels }
    for (index, canvas) in canvases.enumerated() {
      let wanted = columns * (2 * index + 1) / (2 * canvases.count)
      let byDistance = (0..<columns).sorted { abs($0 - wanted) < abs($1 - wanted) }
      for column in byDistance {
        let rows = (0..<layout.rowCount).filter {
          canvas.bits(row: $0, column: column) != 0 && labels[$0][column] == nil
        }
        guard let row = rows.first else { continue }
        labels[row][column] = letter(index)
        break
      }
    }
    return labels
  }
}
