import Quantities

/// Labels along a time axis: clock times, days, months or years, as many as there is room for.
struct TimeAxis {
  /// A label and the column that it begins at, which is where its moment lies.
  struct Label: Hashable {
    var column: Int
    /// Where its moment lies, 0 at the start of the axis and 1 at its end.
    var place = 0.0
    var text: String
  }

  /// The labels, from left to right.
  let labels: [Label]

  /// What lies between two ticks.
  private enum Step {
    case nanoseconds(Int64)
    case days(Int)
    case months(Int)

    /// How many nanoseconds it is at least.
    var length: Double {
      switch self {
      case .nanoseconds(let count): Double(count)
      case .days(let count): Double(count) * 86_400e9
      case .months(let count): Double(count) * 28 * 86_400e9
      }
    }

    /// How wide its labels are.
    var labelWidth: Int {
      switch self {
      case .nanoseconds(let count): count < 1_000_000_000 ? 12 : count < 60_000_000_000 ? 8 : 6
      case .days: 6
      case .months: 4
      }
    }
  }

  private static let steps: [Step] = {
    let second: Int64 = 1_000_000_000
    let minute = 60 * second
    let short: [Int64] = [1, 2, 5, 10, 20, 50, 100, 200, 500].map { $0 * 1_000_000 }
    let clocks: [Int64] = [
      second, 5 * second, 15 * second, 30 * second, minute, 5 * minute, 15 * minute, 30 * minute,
      60 * minute, 120 * minute, 180 * minute, 240 * minute, 360 * minute, 720 * minute,
    ]
    return (short + clocks).map(Step.nanoseconds) + [1, 2, 7, 14].map(Step.days)
      + [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200].map(Step.months)
  }()

  /// The labels of an axis from one moment to another over so many columns.
  init(from start: Moment, to end: Moment, columns: Int) {
    let span = Double(end.nanoseconds) - Double(start.nanoseconds)
    guard span > 0, columns > 1 else {
      labels = [Label(column: 0, text: TimeAxis.dayText(start))]
      return
    }
    let perColumn = span / Double(columns - 1)
    let step = TimeAxis.steps.first { $0.length / perColumn >= Double($0.labelWidth + 2) }
    var labels: [Label] = []
    var free = 0
    for tick in TimeAxis.ticks(step ?? .months(12_000), from: start, to: end) {
      let offset = Double(tick.nanoseconds) - Double(start.nanoseconds)
      let column = Int(offset / perColumn + 0.5)
      let text = TimeAxis.text(tick, step ?? .months(12_000))
      guard column >= free, column + text.count <= columns else { continue }
      labels.append(Label(column: column, place: offset / span, text: text))
      free = column + text.count + 1
    }
    self.labels = labels
  }

  private static func ticks(_ step: Step, from start: Moment, to end: Moment) -> [Moment] {
    var ticks: [Moment] = []
    switch step {
    case .nanoseconds(let length): return multiples(of: length, offset: 0, start, end)
    case .days(let count):
      // Weeks begin on Mondays, and 1970-01-05 was one.
      let offset = count % 7 == 0 ? TimeSpan.days(4).nanoseconds : 0
      return multiples(of: TimeSpan.days(count).nanoseconds, offset: offset, start, end)
    case .months(let count):
      let date = start.date
      let month = (date.year * 12 + date.month - 1) / count * count
      var tick = Moment(year: month / 12, month: month % 12 + 1, day: 1)
      while tick <= end {
        if tick >= start { ticks.append(tick) }
        tick = tick.adding(months: count)
      }
      return ticks
    }
  }

  private static func multiples(of length: Int64, offset: Int64, _ start: Moment, _ end: Moment)
    -> [Moment]
  {
    let distance = start.nanoseconds - offset
    let remainder = ((distance % length) + length) % length
    let first = remainder == 0 ? start.nanoseconds : start.nanoseconds - remainder + length
    return stride(from: first, through: end.nanoseconds, by: Int64.Stride(length))
      .map(Moment.init(nanoseconds:))
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func dayText(_ moment: Moment) -> String {
    "\(moment.weekday.abbreviation) \(moment.date.day)"
  }

  private static func text(_ tick: Moment, _ step: Step) -> String {
    switch step {
    case .nanoseconds: return tick.timeOfDay == .zero ? dayText(tick) : tick.clockText
    case .days(let count) where count < 7: return dayText(tick)
    case .days: return "\(months[tick.date.month - 1]) \(tick.date.day)"
    case .months(let count):
      return tick.date.month == 1 || count % 12 == 0
        ? "\(tick.date.year)" : months[tick.date.month - 1]
    }
  }
}
