import Quantities
import Reports

/// The marks of a plot, numbered, with what each says below the plot.
struct MarkKey {
  /// A mark with its number.
  struct Entry {
    var number: Int
    var mark: Mark
  }

  /// The marks that the plot has a place for.
  let entries: [Entry]
  private let xUnit: Unit
  private let yUnit: Unit

  /// Numbers the marks that have a place.
  init(
    _ marks: [Mark], xUnit: Unit = .none, yUnit: Unit = .none, where hasPlace: (Mark) -> Bool
  ) {
    entries = marks.filter(hasPlace).enumerated().map { Entry(number: $0 + 1, mark: $1) }
    self.xUnit = xUnit
    self.yUnit = yUnit
  }

  /// What each number stands for: `1 CRAC failed (2005-11-25T13:52)`.
  var words: [String] {
    entries.map { "\($0.number) \($0.mark.label) (\(placeText($0.mark.place)))" }
  }

  /// Where a mark is, in words.
  func placeText(_ place: Mark.Place) -> String {
    switch place {
    case .moment(let moment): "\(moment.date) \(moment.clockText)"
    case .x(let value): QuantityText.text(Quantity(value, unit: xUnit), unit: xUnit)
    case .y(let value): QuantityText.text(Quantity(value, unit: yUnit), unit: yUnit)
    }
  }

  /// A row of the numbers over their columns; one that has no room stands as near as it can.
  static func numberRow(_ numbers: [(number: Int, column: Int)], columns: Int) -> String {
    var row = [Character](repeating: " ", count: columns)
    for (number, wanted) in numbers {
      let text = Array("\(number)")
      let free = (0...max(0, columns - text.count)).filter { start in
        let around = max(0, start - 1)..<min(columns, start + text.count + 1)
        return row[around].allSatisfy { $0 == " " }
      }
      guard let start = free.min(by: { abs($0 - wanted) < abs($1 - wanted) }) else { continue }
      for (offset, digit) in text.enumerated() where start + offset < columns {
        row[start + offset] = digit
      }
    }
    return String(row)
  }
}
