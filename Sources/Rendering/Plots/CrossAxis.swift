import Quantities
import Reports

/// The axis across a plot: moments or values.
struct CrossAxis {
  /// A tick: where it lies, 0 at the left end and 1 at the right one, and what stands at it.
  typealias Tick = AxisScale.Tick

  private enum Kind {
    case time(start: Double, span: Double)
    case values(AxisScale)
  }

  private let kind: Kind
  private let axis: Axis

  /// An axis that holds a range, with at most one tick for so many columns of text.
  init(_ axis: Axis, holding range: ClosedRange<Double>, columns: Int) {
    self.axis = axis
    if axis.scale == .time {
      kind = .time(start: range.lowerBound, span: range.upperBound - range.lowerBound)
    } else {
      kind = .values(
        AxisScale(axis, holding: range, stepCountMax: min(10, max(2, columns / 12))))
    }
  }

  /// Where a value lies: 0 at the left end, 1 at the right one.
  func place(_ value: Double) -> Double {
    switch kind {
    case .time(let start, let span): span > 0 ? (value - start) / span : 0
    case .values(let scale): scale.place(value)
    }
  }

  /// The place of a mark, or nil if it is not on this axis.
  func place(_ mark: Mark.Place) -> Double? {
    let place: Double
    switch (mark, kind) {
    case (.moment(let moment), .time(let start, let span)) where span > 0:
      place = (Double(moment.nanoseconds) - start) / span
    case (.x(let value), .values(let scale)):
      guard let value = Drawable.number(value, axis.scale) else { return nil }
      place = scale.place(value)
    default: return nil
    }
    return (0...1).contains(place) ? place : nil
  }

  /// The first and the last moment of an axis of time.
  var moments: (start: Moment, end: Moment)? {
    guard case .time(let start, let span) = kind else { return nil }
    return (CrossAxis.moment(start), CrossAxis.moment(start + span))
  }

  /// The first and the last moment that has a value, where values reach so many nanoseconds.
  func moments(reaching reach: Double) -> (start: Moment, end: Moment)? {
    moments.map { ($0.start, max($0.start, $0.end - .seconds(reach * 1e-9))) }
  }

  /// The title with its unit; empty on an axis of time, whose labels say it all.
  var title: String {
    guard case .values(let scale) = kind else { return "" }
    if axis.title.isEmpty || scale.symbol.isEmpty { return axis.title + scale.symbol }
    return "\(axis.title) (\(scale.symbol))"
  }

  /// The labels over so many columns; those of moments begin at their columns, those of values stand
  /// around them.
  func labels(columns: Int) -> [TimeAxis.Label] {
    switch kind {
    case .time:
      guard let (start, end) = moments else { return [] }
      return TimeAxis(from: start, to: end, columns: columns).labels
    case .values(let scale):
      var labels: [TimeAxis.Label] = []
      var free = 0
      for tick in scale.ticks {
        let width = tick.label.displayWidth
        let middle = Int(tick.place * Double(columns - 1) + 0.5)
        let column = min(max(middle - width / 2, 0), columns - width)
        guard column >= free else { continue }
        labels.append(TimeAxis.Label(column: column, place: tick.place, text: tick.label))
        free = column + width + 1
      }
      return labels
    }
  }

  private static func moment(_ nanoseconds: Double) -> Moment {
    Moment(nanoseconds: Int64(min(max(nanoseconds, -9.2e18), 9.2e18)))
  }
}
