import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// What moments and windows, as people write them, mean in a world at its current moment.
struct WorldClock {
  let world: World

  /// The stretch of time that a window means now.
  /// - Throws: `notYet` if it ends in the future.
  func stretch(of window: CommandLanguage.Window) throws(FactUnavailable) -> Service.Window {
    let now = world.now
    switch window {
    case .during(let range):
      let start = range.start.last(before: now)
      let end = range.end?.last(before: now) ?? start + .days(1)
      return try checked(Service.Window(start, end))
    case .over(let span):
      let start = span.start(before: now)
      let wholeMinute =
        start
        - TimeSpan(
          nanoseconds: start.timeOfDay.nanoseconds % TimeSpan.minutes(1).nanoseconds)
      return try checked(Service.Window(wholeMinute, now))
    case .since(let point): return try checked(Service.Window(try moment(point), now))
    case .at(let point):
      let end = try moment(point)
      return try checked(Service.Window(end - .minutes(1), end))
    }
  }

  /// The moment of a point.
  func moment(_ point: PointLiteral) throws(FactUnavailable) -> Moment {
    switch point {
    case .moment(let literal): return literal.last(before: world.now)
    case .mark(let name):
      if let mark = world.mark(named: name) { return mark.moment }
      let names = world.marks.map(\.name)
      throw .never(
        code: "unknown-mark", message: "There is no mark '\(name)'.",
        help: [
          NearMiss.question(for: name, among: names),
          names.isEmpty
            ? "'mark \(name)' makes one at the current moment."
            : "Marks here: \(names.joined(separator: ", ")).",
        ].compactMap { $0 }.joined(separator: " "))
    }
  }

  private func checked(_ stretch: Service.Window) throws(FactUnavailable) -> Service.Window {
    guard stretch.start <= stretch.end else {
      throw .never(
        code: "empty-window",
        message: "The window ends at \(stretch.end), before it starts at \(stretch.start).",
        help: nil)
    }
    guard stretch.end <= world.now else {
      throw .notYet("the window ends at \(stretch.end), and it is \(world.now)")
    }
    return stretch
  }
}

extension Accounts {
  /// The stretch that a gauge's value now is read from, and that pages are about: the day so far,
  /// or the day before if none of it has passed.
  ///
  /// A single minute of a small shop says little.
  var latestDay: Service.Window {
    let midnight = now.startOfDay
    let begin = midnight < now ? midnight : midnight - .days(1)
    return Service.Window(max(begin, start), now)
  }
}

extension WindowProblem {
  /// The reason in words.
  var unavailable: FactUnavailable {
    switch self {
    case .empty: .notYet("no time has passed in that window")
    case .beforeStart(let start):
      .never(
        code: "before-start", message: "The shop opened at \(start), after the window starts.",
        help: "Begin the window at \(start) or later.")
    case .notYetSimulated(let now): .notYet("it is \(now), before the end of the window")
    case .notWholeMinutes:
      .never(
        code: "not-whole-minutes", message: "A window begins and ends at whole minutes.",
        help: "Write times without seconds, and set marks at whole minutes.")
    case .noLongerKept(let since):
      .never(
        code: "no-longer-kept",
        message: "Minutes are kept for a week: before \(since) a window has whole hours.",
        help: "Begin and end the window at whole hours.")
    }
  }
}
