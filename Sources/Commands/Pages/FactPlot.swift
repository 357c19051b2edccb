import CommandLanguage
import Quantities
import Reports

/// How a fact along time is drawn, with its sentence.
enum FactPlot: String, CaseIterable {
  case line, stairs, bar, sparkline, histogram, box, heat

  /// What `plot` and `export` take beside the fact.
  static let parameters: [Parameter] = [
    .named("with", .fact, "another fact of the same kind, drawn on the same axes"),
    .named("by", .fact, "another fact: a point for each step, instead of time"),
    .named("kind", .choice(allCases.map(\.rawValue)), "how it is drawn; a line if left out"),
    .named("step", .choice(FactSeries.Step.allCases.map(\.rawValue)), "the grain"),
  ]

  /// The codes of the errors that these may give.
  static let errors = [
    "kind-with-by", "one-fact", "other-unit", "not-by-hour", "not-a-number", "not-yet",
  ]

  /// Whether time runs from left to right, so that several series and marks have a place.
  var isAlongTime: Bool { [.line, .stairs, .bar].contains(self) }

  /// The plot of series along time, or of the first alone where the kind has one only.
  func plot(_ all: [Series], _ marks: [Reports.Mark]) -> Plot {
    let series = all[0]
    let sentence = all.map(FactPlot.sentence).joined(separator: " ")
    let axis = Axis(series.key, series.unit)
    switch self {
    case .line: return Plot(.line(Chart(along: all)), marks: marks, of: all, sentence: sentence)
    case .stairs:
      return Plot(.stairs(Chart(along: all)), marks: marks, of: all, sentence: sentence)
    case .bar: return Plot(.columns(Chart(along: all)), marks: marks, of: all, sentence: sentence)
    case .sparkline: return Plot(.sparkline(all), of: all, sentence: sentence)
    case .histogram:
      let histogram = Histogram(of: series.values.compactMap { $0 }, axis)
      return Plot(.histogram(histogram), of: all, sentence: FactPlot.spreadSentence(series))
    case .box:
      let boxes = BoxChart(axis, FactPlot.boxes(series))
      return Plot(.box(boxes), of: all, sentence: FactPlot.spreadSentence(series))
    case .heat: return Plot(.heatMap(FactPlot.days(series)), of: all, sentence: sentence)
    }
  }

  /// A series against another of the same moments.
  static func plot(_ series: Series, by other: Series) -> Plot {
    Plot(
      .scatter(Chart(series, by: other)), of: [series, other],
      sentence: sentence(series, by: other))
  }

  /// What a fact that is a name was when.
  static func plot(_ key: String, _ stretches: [Timeline.Stretch]) -> Plot {
    Plot(
      .timeline(Timeline([Timeline.Lane(key, stretches)])), sentence: sentence(key, stretches))
  }

  // MARK: - Words

  /// For how long a fact had each of its names, the longest first.
  private static func sentence(_ key: String, _ stretches: [Timeline.Stretch]) -> String {
    var spans: [(name: String, span: TimeSpan)] = []
    for stretch in stretches {
      let span = stretch.end - stretch.start
      if let index = spans.firstIndex(where: { $0.name == stretch.state }) {
        spans[index].span = spans[index].span + span
      } else {
        spans.append((stretch.state, span))
      }
    }
    let parts = spans.sorted { $0.span > $1.span }
      .map { "'\($0.name)' for \(FactValue.span($0.span).text)" }
    return "\(key) was \(parts.joined(separator: ", "))."
  }

  /// A series in words: where it was lowest and highest.
  static func sentence(_ series: Series) -> String {
    let points = series.values.enumerated().compactMap { index, value in
      value.map { (index: index, value: $0) }
    }
    guard let low = points.min(by: { $0.value < $1.value }),
      let high = points.max(by: { $0.value < $1.value })
    else { return "\(series.key) has no value in this time." }
    func moment(_ index: Int) -> Moment { series.start + series.step * index }
    guard low.value < high.value else {
      return "\(series.key) was \(text(low.value, series)) throughout."
    }
    return
      "\(series.key) lay between \(text(low.value, series)), first at \(moment(low.index)), and "
      + "\(text(high.value, series)), first at \(moment(high.index))."
  }

  /// The values of a series in words, whenever they were.
  private static func spreadSentence(_ series: Series) -> String {
    guard let box = BoxChart.Box(series.key, series.values.compactMap { $0 }) else {
      return "\(series.key) has no value in this time."
    }
    guard box.least < box.greatest else {
      return "\(series.key) was \(text(box.least, series)) throughout."
    }
    return "In half of all steps \(series.key) lay between \(text(box.lowerQuartile, series)) and "
      + "\(text(box.upperQuartile, series)), in all between \(text(box.least, series)) and "
      + "\(text(box.greatest, series))."
  }

  /// Whether two series rose and fell together, in words.
  private static func sentence(_ series: Series, by other: Series) -> String {
    let pairs = zip(other.values, series.values).compactMap { x, y -> (x: Double, y: Double)? in
      guard let x, let y else { return nil }
      return (x, y)
    }
    let steps = pairs.count == 1 ? "1 step" : "\(QuantityText.grouped(pairs.count)) steps"
    guard !pairs.isEmpty else { return "No step has a value of both." }
    guard pairs.count > 2, let correlation = correlation(pairs) else {
      return "\(steps): too few different values to tell whether they go together."
    }
    let words =
      switch correlation {
      case 0.7...: "rose and fell together"
      case 0.3..<0.7: "tended to rise and fall together"
      case -0.3..<0.3: "hardly went together"
      case -0.7 ..< -0.3: "tended to go opposite ways"
      default: "went opposite ways"
      }
    return "Over \(steps), \(series.key) and \(other.key) \(words) "
      + "(correlation \(QuantityText.fixed(correlation, 2)))."
  }

  /// Pearson's correlation, -1 to 1; nil where one of the two never differs.
  private static func correlation(_ pairs: [(x: Double, y: Double)]) -> Double? {
    let count = Double(pairs.count)
    let meanX = pairs.reduce(0) { $0 + $1.x } / count
    let meanY = pairs.reduce(0) { $0 + $1.y } / count
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (x, y) in pairs {
      xx += (x - meanX) * (x - meanX)
      yy += (y - meanY) * (y - meanY)
      xy += (x - meanX) * (y - meanY)
    }
    guard xx > 0, yy > 0 else { return nil }
    return xy / (xx.squareRoot() * yy.squareRoot())
  }

  // MARK: - Groups

  /// The most days that have a box each.
  ///
  /// `Chosen:` a box takes three lines, and a screen has 24.
  private static let dayCountMax = 7

  /// A box a day for a few days, one for all of a longer or a shorter time.
  private static func boxes(_ series: Series) -> [BoxChart.Box] {
    let moments = series.values.indices.map { series.start + series.step * $0 }
    let days = Set(moments.map(\.date)).count
    guard series.step < .days(1), (2...dayCountMax).contains(days) else {
      return [BoxChart.Box("all", series.values.compactMap { $0 })].compactMap { $0 }
    }
    var groups: [(moment: Moment, values: [Double])] = []
    for (moment, value) in zip(moments, series.values) {
      if groups.last?.moment.date != moment.date { groups.append((moment, [])) }
      if let value { groups[groups.count - 1].values.append(value) }
    }
    return groups.compactMap { group in
      BoxChart.Box(
        "\(group.moment.weekday.abbreviation) \(group.moment.date.day)", group.values)
    }
  }

  /// A row a day and a column an hour, of the last month.
  private static func days(_ series: Series) -> HeatMap {
    var rows: [(moment: Moment, values: [Double?])] = []
    for (index, value) in series.values.enumerated() {
      let moment = series.start + series.step * index
      if rows.last?.moment.date != moment.date {
        rows.append((moment, [Double?](repeating: nil, count: 24)))
      }
      let hour = Int(moment.timeOfDay.nanoseconds / TimeSpan.hours(1).nanoseconds)
      rows[rows.count - 1].values[hour] = value
    }
    rows = rows.suffix(heatDayCountMax)
    return HeatMap(
      Axis("\(series.key), hour by hour", series.unit),
      columns: (0..<24).map { $0 < 10 ? "0\($0)" : "\($0)" },
      rows: rows.map { "\($0.moment.weekday.abbreviation) \($0.moment.date.day)" },
      rows.map(\.values))
  }

  /// `Chosen:` the rows of a month; of a longer time the last ones are drawn.
  private static let heatDayCountMax = 31

  private static func text(_ value: Double, _ series: Series) -> String {
    FactValue.quantity(Quantity(value, unit: series.unit), series.unit).text
  }
}
