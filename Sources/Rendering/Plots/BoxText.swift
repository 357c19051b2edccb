import Quantities
import Reports

/// The boxes of a chart that can be drawn, on their axis.
struct BoxLayout {
  let boxes: [BoxChart.Box]
  let x: CrossAxis
  /// The five numbers of each box and what was left out, in words.
  let notes: [String]

  /// A layout, or nil if there is nothing to draw.
  init?(_ chart: BoxChart, columns: Int) {
    let boxes = chart.boxes.filter { box in
      [box.least, box.greatest].allSatisfy { Drawable.number($0, chart.axis.scale) != nil }
    }
    guard let range = boxes.flatMap({ [$0.least, $0.greatest] }).range else { return nil }
    self.boxes = boxes
    x = CrossAxis(chart.axis, holding: range, columns: columns)
    func text(_ value: Double) -> String { BarRows.text(value, chart.axis.unit) }
    let lost = chart.boxes.count - boxes.count
    // One box is what the plot's sentence is about; of many, the words would outgrow the picture.
    let told = (2...4).contains(boxes.count) ? boxes : []
    notes =
      told.map { box in
        box.least == box.greatest
          ? "\(box.name): all are \(text(box.least))."
          : "\(box.name): half lie between \(text(box.lowerQuartile)) and "
            + "\(text(box.upperQuartile)) around \(text(box.median)), all between "
            + "\(text(box.least)) and \(text(box.greatest))."
      } + (lost == 0 ? [] : ["\(lost) left out: the axis has no place for their values."])
  }
}

/// Boxes in characters: the box from quarter to quarter with a line at the middle, whiskers to the
/// least and the greatest.
struct BoxText {
  private let layout: BoxLayout
  private let style: TextStyle
  private let nameWidth: Int
  private let columns: Int

  /// A chart, or nil if it has nothing to draw.
  init?(_ chart: BoxChart, style: TextStyle) {
    nameWidth = style.nameWidth(chart.boxes.map(\.name))
    columns = style.width - nameWidth - 3
    guard let layout = BoxLayout(chart, columns: columns) else { return nil }
    self.layout = layout
    self.style = style
  }

  /// The lines, none wider than the screen.
  var lines: [String] {
    let wrap = WordWrap(width: style.width, hanging: "    ")
    let title = style.visible(layout.x.title)
    let indent = String(repeating: " ", count: nameWidth + 3)
    let labels = layout.x.labels(columns: columns).reduce(indent) { line, label in
      line.padded(to: indent.count + label.column) + style.visible(label.text)
    }
    return layout.boxes.flatMap(lines) + [labels]
      + (title.isEmpty ? [] : titleLines(title, wrap))
      + layout.notes.flatMap { wrap.lines(style.visible($0), first: "  ") }
  }

  private func titleLines(_ title: String, _ wrap: WordWrap) -> [String] {
    title.displayWidth <= columns
      ? [title.indented(to: style.width)] : wrap.lines(title, first: "  ")
  }

  /// The three rows of a box.
  private func lines(_ box: BoxChart.Box) -> [String] {
    func column(_ value: Double) -> Int {
      Int(layout.x.place(value) * Double(columns - 1) + 0.5)
    }
    let ends = (column(box.least), column(box.greatest))
    let sides = (column(box.lowerQuartile), column(box.upperQuartile))
    let middle = column(box.median)
    var rows = [[Character]](
      repeating: [Character](repeating: " ", count: ends.1 + 1), count: 3)
    for column in ends.0...ends.1 { rows[1][column] = "─" }
    for column in sides.0...sides.1 { rows[0][column] = "─"; rows[1][column] = " " }
    rows[2] = rows[0]
    for (place, marks) in [
      (ends.0, "╷├╵"), (ends.1, "╷┤╵"), (sides.0, "┌┤└"), (sides.1, "┐├┘"), (middle, "┬│┴"),
    ] {
      for (row, mark) in marks.enumerated() { rows[row][place] = mark }
    }
    let name = style.clipped(box.name, to: nameWidth).indented(to: nameWidth)
    return rows.enumerated().map { index, row in
      let margin = index == 1 ? name : String(repeating: " ", count: nameWidth)
      return "  \(margin) " + String(style.isAscii ? row.map(ascii) : row)
    }
  }

  private func ascii(_ mark: Character) -> Character {
    switch mark {
    case " ": " "
    case "─": "-"
    case "┌", "┐", "└", "┘", "┬", "┴": "+"
    default: "|"
    }
  }
}
