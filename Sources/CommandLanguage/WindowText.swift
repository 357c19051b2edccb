import Quantities

/// Windows and moments as the language writes them.
package enum WindowText {
  /// The window as it would be typed.
  package static func text(_ window: Window) -> String {
    switch window {
    case .during(let range): "during " + text(range)
    case .over(.span(let span)): "over \(number(span.seconds)) s"
    case .over(.period(.months(let count))): "over \(count) months"
    case .over(.period(.years(let count))): "over \(count) years"
    case .since(let point): "since " + text(point)
    case .at(let point): "at " + text(point)
    }
  }

  private static func text(_ range: RangeLiteral) -> String {
    text(range.start) + (range.end.map { ".." + text($0) } ?? "")
  }

  private static func text(_ point: PointLiteral) -> String {
    switch point {
    case .moment(let literal): text(literal)
    case .mark(let name): name
    }
  }

  private static func text(_ literal: MomentLiteral) -> String {
    switch literal {
    case .day(let date): "\(date)"
    case .exact(let moment): "\(moment.date)T\(moment.clockText)"
    case .clock(let span): (Moment.origin + span).clockText
    }
  }

  private static func number(_ value: Double) -> String {
    value == Double(Int(value)) ? "\(Int(value))" : "\(value)"
  }
}
