import Quantities
import Reports

/// A timeline laid out: from when to when, and which states there are.
struct TimelineLayout {
  let start: Moment
  let end: Moment
  /// The states in the order in which they first appear.
  let states: [String]

  /// A layout, or nil if no lane has a stretch.
  init?(_ timeline: Timeline) {
    let stretches = timeline.lanes.flatMap(\.stretches).filter { $0.start <= $0.end }
    guard let start = stretches.map(\.start).min(), let end = stretches.map(\.end).max() else {
      return nil
    }
    self.start = start
    self.end = end
    var states: [String] = []
    for stretch in stretches where !states.contains(stretch.state) { states.append(stretch.state) }
    self.states = states
  }

  /// Where a moment lies: 0 at the start, 1 at the end.
  func place(_ moment: Moment) -> Double {
    end > start ? (moment - start) / (end - start) : 0
  }
}

/// A timeline in characters: a lane a row, each stretch with the name of its state, or its letter
/// where the name has no room.
struct TimelineText {
  private let timeline: Timeline
  private let layout: TimelineLayout
  private let style: TextStyle
  private let nameWidth: Int
  private let columns: Int
  private let key: MarkKey

  /// A timeline, or nil if it has nothing to draw.
  init?(_ timeline: Timeline, _ marks: [Mark], style: TextStyle) {
    guard let layout = TimelineLayout(timeline) else { return nil }
    self.timeline = timeline
    self.layout = layout
    self.style = style
    nameWidth = style.nameWidth(timeline.lanes.map(\.name))
    columns = style.width - nameWidth - 3
    key = MarkKey(marks) { mark in
      guard case .moment(let moment) = mark.place else { return false }
      return (layout.start...layout.end).contains(moment)
    }
  }

  /// The lines, none wider than the screen.
  var lines: [String] {
    let wrap = WordWrap(width: style.width, hanging: "    ")
    let indent = String(repeating: " ", count: nameWidth + 3)
    let drawn = timeline.lanes.map(row)
    let labels = TimeAxis(from: layout.start, to: layout.end, columns: columns).labels
    let axis = labels.reduce(indent) { $0.padded(to: indent.count + $1.column) + $1.text }
    let numbers = key.entries.compactMap { entry -> (number: Int, column: Int)? in
      guard case .moment(let moment) = entry.mark.place else { return nil }
      return (entry.number, column(moment))
    }
    let rows = zip(timeline.lanes, drawn).map { lane, row in
      "  " + style.clipped(lane.name, to: nameWidth).indented(to: nameWidth) + " " + row.text
    }
    let lettered = layout.states.indices.filter { state in
      drawn.contains { $0.lettered.contains(state) }
    }
    let legend = lettered.map { "\(letter($0)) \(layout.states[$0])" }.joined(separator: ", ")
    return (numbers.isEmpty ? [] : [indent + MarkKey.numberRow(numbers, columns: columns)])
      + rows + [axis]
      + (legend.isEmpty ? [] : wrap.lines(style.visible(legend), first: "  "))
      + key.words.flatMap { wrap.lines(style.visible($0), first: "  ") }
  }

  private func column(_ moment: Moment) -> Int {
    Int(layout.place(moment) * Double(columns - 1) + 0.5)
  }

  /// A lane, and the states that only their letters name.
  private func row(_ lane: Timeline.Lane) -> (text: String, lettered: Set<Int>) {
    var cells = [Character](repeating: " ", count: columns)
    var lettered: Set<Int> = []
    for stretch in lane.stretches where stretch.start <= stretch.end {
      let first = column(stretch.start)
      // The last column is the end itself, which nothing begins at.
      let last = stretch.end == layout.end ? columns : max(column(stretch.end), first + 1)
      let name = Array(style.visible(stretch.state))
      let state = layout.states.firstIndex(of: stretch.state) ?? 0
      // Wide characters take two columns, which cells do not have.
      let hasRoom =
        first + 1 + name.count < last && name.allSatisfy { $0.displayWidth == 1 }
      if !hasRoom { lettered.insert(state) }
      let words = hasRoom ? name : [letter(state)]
      for place in first..<last {
        let index = place - first - 1
        cells[place] =
          index < 0 && last - first > 1
          ? style.isAscii ? "|" : "┃"
          : words.indices.contains(max(index, 0)) ? words[max(index, 0)] : style.isAscii ? "=" : "━"
      }
    }
    return (String(cells), lettered)
  }

  private func letter(_ index: Int) -> Character {
    Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8(index % 26)))
  }
}
