import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// A fact along time: its value in each minute, hour or day of a stretch.
struct FactSeries {
  /// The grain of a series.
  enum Step: String, CaseIterable {
    case minute, hour, day

    var span: TimeSpan {
      switch self {
      case .minute: .minutes(1)
      case .hour: .hours(1)
      case .day: .days(1)
      }
    }

    /// A grain that gives a readable number of points.
    static func fitting(_ span: TimeSpan) -> Step {
      if span <= .hours(4) { return .minute }
      return span <= .days(14) ? .hour : .day
    }
  }

  let state: SessionState
  let catalog: FactCatalog

  /// The series of a fact over a window, or over all so far.
  ///
  /// A gauge without suffix gives its mean in each step. Steps that are not over yet are left out.
  /// - Throws: `FactUnavailable`, and what `checkpoint` throws.
  func series(
    _ key: String, window: CommandLanguage.Window?, by step: Step?, checkpoint: () throws -> Void
  ) throws -> Series {
    let fact = try resolved(key)
    let (start, step, values) = try values(
      of: fact, window: window, by: step, checkpoint: checkpoint)
    return Series(
      key: fact.key, unit: fact.declaration.unit, start: start, step: step.span,
      values: values.map { number($0, fact.declaration.unit) })
  }

  /// The stretches in which a fact that is a name had the same one, over a window or over all so far.
  /// - Throws: `FactUnavailable`, and what `checkpoint` throws.
  func stretches(
    _ key: String, window: CommandLanguage.Window?, by step: Step?, checkpoint: () throws -> Void
  ) throws -> [Timeline.Stretch] {
    guard let fact = catalog.resolve(key) else { throw unknown(key) }
    let (start, step, values) = try values(
      of: fact, window: window, by: step, checkpoint: checkpoint)
    var stretches: [Timeline.Stretch] = []
    for (index, value) in values.enumerated() {
      let begin = start + step.span * index
      let name = if case .undefined = value { "" } else { value.text }
      if let last = stretches.last, last.state == name, last.end == begin {
        stretches[stretches.count - 1].end = begin + step.span
      } else {
        stretches.append(Timeline.Stretch(begin, begin + step.span, name))
      }
    }
    return stretches.filter { !$0.state.isEmpty }
  }

  /// The value of a fact in each whole step of a stretch.
  private func values(
    of fact: FactCatalog.Resolved, window: CommandLanguage.Window?, by step: Step?,
    checkpoint: () throws -> Void
  ) throws -> (start: Moment, step: Step, values: [FactValue]) {
    let isOfRoom =
      fact.declaration.key.hasPrefix("room.") || fact.declaration.key.hasPrefix("rack.")
    guard let start = isOfRoom ? state.world.machineRoom?.records.start : state.world.shop?.start
    else {
      throw FactUnavailable.notYet(
        isOfRoom
          ? "there is no machine room; 'build' orders one"
          : "there is no shop yet; 'new shop' opens one")
    }
    let stretch: Service.Window
    if let window {
      stretch = try WorldClock(world: state.world).stretch(of: window)
    } else {
      stretch = Service.Window(start, state.world.now)
    }
    let step = step ?? .fitting(stretch.end - stretch.start)
    let facts = WorldFacts(state)
    var values: [FactValue] = []
    var begin = stretch.start
    while begin + step.span <= stretch.end {
      // A step takes some microseconds, of a week's minutes or a day's hours a millisecond at most.
      if values.count % 16 == 0 { try checkpoint() }
      let part = CommandLanguage.Window.during(
        RangeLiteral(start: .exact(begin), end: .exact(begin + step.span)))
      values.append(try facts.value(of: fact, window: part))
      begin += step.span
    }
    guard !values.isEmpty else {
      throw FactUnavailable.notYet("not one whole \(step.rawValue) has passed")
    }
    return (stretch.start, step, values)
  }

  private func resolved(_ key: String) throws(FactUnavailable) -> FactCatalog.Resolved {
    guard let fact = catalog.resolve(key) else { throw unknown(key) }
    switch fact.declaration.kind {
    case .counter, .share, .distribution: return fact
    case .gauge:
      guard fact.suffix == nil, let mean = catalog.resolve(key + ".mean") else { return fact }
      return mean
    case .text, .flag, .moment:
      throw .never(
        code: "not-a-number",
        message: "'\(key)' is \(withArticle(fact.declaration.kind.rawValue)), not a number.",
        help: "Facts with numbers: 'commands shop' lists them.")
    }
  }

  private func unknown(_ key: String) -> FactUnavailable {
    .never(code: "unknown-fact", message: "There is no fact '\(key)'.", help: nil)
  }

  private func number(_ value: FactValue, _ unit: Unit) -> Double? {
    guard case .quantity(let quantity, _) = value else { return nil }
    return quantity.count(of: unit)
  }
}
