import CommandLanguage
import Commands
import Quantities
import Reports
import Testing
import Compute

private let day = "new shop visits=2000/day\nrun 1 day\n"

extension Session {
  /// The report of a statement, run on a copy.
  fileprivate func copyRunning(_ statement: String) throws -> Report {
    var copy = self
    let source = Source(text: statement)
    return try copy.execute(source, source.all, CommandContext(host: NoHost()))
  }
}

private func plot(_ statement: String) throws -> Plot {
  let report = try lastReport(day + statement)
  guard case .plot(let plot)? = report.blocks.first else {
    throw report.diagnostics.first ?? Diagnostic("no-plot", "There is no plot.")
  }
  return plot
}

@Test func plotDrawsALineUnlessAskedForAnotherKind() throws {
  guard case .line(let chart) = try plot("plot shop.visits").figure else {
    throw Diagnostic("no-line", "It is no line.")
  }
  #expect(chart.curves.map(\.points.count) == [24] && chart.x.scale == .time)
}

@Test(arguments: ["line", "stairs", "bar", "sparkline", "histogram", "box", "heat"])
func everyKindCarriesTheSeriesAndASentence(kind: String) throws {
  let plot = try plot("plot shop.visits kind=\(kind)")
  #expect(plot.series.map(\.key) == ["shop.visits"] && plot.series[0].values.count == 24)
  #expect(plot.sentence.contains("shop.visits"))
}

@Test func aNameIsATimelineOfTheStretchesInWhichItHeld() throws {
  let session = try played("new shop visits=30000/day\nrun 1 day")
  guard
    case .plot(let plot)? = try session.copyRunning("plot shop.bottleneck").blocks.first,
    case .timeline(let timeline) = plot.figure, let lane = timeline.lanes.first
  else { throw Diagnostic("no-timeline", "It is no timeline.") }
  #expect(lane.stretches.count > 1, "the night is calm and the evening is not")
  for (one, next) in zip(lane.stretches, lane.stretches.dropFirst()) {
    #expect(one.end == next.start && one.state != next.state)
  }
  for stretch in lane.stretches {
    let end = stretch.start + .hours(1)
    let asked = "shop.bottleneck during \(stretch.start.statementText)..\(end.statementText)"
    #expect(try value(asked, in: session) == .text(stretch.state))
  }
}

@Test func aHistogramHasTheStepsAsItsValues() throws {
  guard case .histogram(let histogram) = try plot("plot shop.visits kind=histogram").figure else {
    throw Diagnostic("no-histogram", "It is no histogram.")
  }
  let total = histogram.counts.reduce(0, +)
  #expect(total == 24)
}

@Test func aFactByItselfIsADiagonalOfCorrelationOne() throws {
  let plot = try plot("plot shop.visits by=shop.visits")
  guard case .scatter(let chart) = plot.figure else {
    throw Diagnostic("no-scatter", "It is no scatter plot.")
  }
  #expect(chart.curves[0].points.count == 24)
  #expect(chart.curves[0].points.allSatisfy { $0.x == $0.y })
  #expect(plot.series.map(\.key) == ["shop.visits", "shop.visits"])
  #expect(
    plot.sentence == "Over 24 steps, shop.visits and shop.visits rose and fell together "
      + "(correlation 1.00).")
}

@Test(arguments: [
  ("plot shop.visits by=shop.orders kind=line", "kind-with-by", 38),
  ("plot shop.visits by=shop.bottleneck", "not-a-number", 21),
  ("plot shop.visits by=shop.vists", "unknown-fact", 21),
  ("plot shop.visits by=shop.orders with=shop.lost", "one-fact", 38),
  ("plot shop.visits kind=box with=shop.orders", "one-fact", 32),
  ("plot shop.visits with=shop.revenue", "other-unit", 23),
  ("plot shop.visits with=uplink.utilization", "other-unit", 23),
  ("plot shop.visits kind=heat step=day", "not-by-hour", 33),
  ("plot shop.visits kind=pie", "unknown-thing", 23),
  ("plot shop.bottleneck kind=box", "one-fact", 27),
]) func whatCannotBeDrawnIsPointedAt(statement: String, code: String, column: Int) throws {
  let problem = try problem(day + statement)
  #expect(problem.code == code && problem.span?.column == column)
}

@Test func theKindOfAPlotByAnotherFactIsRefusedInWords() throws {
  let problem = try problem(day + "plot shop.visits by=shop.orders kind=bar")
  #expect(problem.message == "'by' draws points, so there is no kind 'bar' of it.")
}

@Test func aPlotCanBeExportedAsAPicture() throws {
  final class Files: Host {
    let shelf = ModelShelf()
    var written: [String: [UInt8]] = [:]
    var monotonicSeconds: Double { 0 }
    func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { throw .notAllowed }
    func write(_ bytes: [UInt8], to path: String) throws(HostError) { written[path] = bytes }
  }
  let files = Files()
  let context = CommandContext(
    host: files, rendered: { report, form in "\(form) of \(report.series.map(\.key))" })
  var session = Session()
  let script = day + "export a.svg shop.visits kind=bar\nexport b.svg shop.visits by=shop.orders"
  for report in try session.run(Source(text: script), context) {
    #expect(!report.isError, "\(report.diagnostics.map(\.message))")
  }
  #expect(files.written["a.svg"] == Array("svg of [\"shop.visits\"]".utf8))
  #expect(files.written["b.svg"] == Array("svg of [\"shop.visits\", \"shop.orders\"]".utf8))
}

@Test func twoFactsOfOneKindShareTheirAxes() throws {
  let plot = try plot("plot uplink.utilization with=servers.utilization kind=stairs")
  guard case .stairs(let chart) = plot.figure else {
    throw Diagnostic("no-stairs", "It is no staircase.")
  }
  #expect(chart.curves.map(\.name) == ["uplink.utilization.mean", "servers.utilization.mean"])
  #expect(plot.sentence.contains("uplink.") && plot.sentence.contains("servers."))
}

@Test func aHeatMapHasARowADayAndAColumnAnHour() throws {
  let reports = try lastReport(
    "new shop visits=2000/day\nrun 1 day\nrun 6 h\nplot shop.visits kind=heat")
  guard case .plot(let plot)? = reports.blocks.first, case .heatMap(let map) = plot.figure else {
    throw Diagnostic("no-map", "It is no heat map.")
  }
  // 2004-03-01 was a Monday.
  #expect(map.rows == ["Mon 1", "Tue 2"] && map.columns.count == 24)
  #expect(map.values[0].allSatisfy { $0 != nil })
  #expect(map.values[1].compactMap { $0 }.count == 6 && map.values[1][6] == nil)
}

@Test func aPlotAlongTimeMarksWhatHappened() throws {
  let report = try lastReport(
    """
    new shop visits=300/day
    demand 3 during 2004-03-01T06:00..2004-03-01T07:00
    run 4 h
    mark dawn
    buy server count=2
    run 20 h
    plot shop.visits
    """)
  guard case .plot(let plot)? = report.blocks.first else {
    throw Diagnostic("no-plot", "There is no plot.")
  }
  #expect(
    plot.marks.map(\.label) == ["dawn", "bought machines for $7,000", "3 times the visits"])
  let clocks = plot.marks.map { mark -> String in
    if case .moment(let moment) = mark.place { moment.clockText } else { "" }
  }
  #expect(clocks == ["04:00", "04:00", "06:00"])
}
