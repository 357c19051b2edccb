import CommandLanguage
import Commands
import Quantities
import Reports
import Testing
import Compute

private let day = "new shop visits=2000/day\nrun 1 day\n"

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

@Test(arguments: ["line", "stairs", "bar", "histogram", "box"])
func everyKindCarriesTheSeriesAndASentence(kind: String) throws {
  let plot = try plot("plot shop.visits kind=\(kind)")
  #expect(plot.series.map(\.key) == ["shop.visits"] && plot.series[0].values.count == 24)
  #expect(plot.sentence.contains("shop.visits"))
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
  ("plot shop.visits kind=pie", "unknown-thing", 23),
  ("plot shop.bottleneck kind=box", "not-a-number", 6),
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
    var written: [String: [UInt8]] = [:]
    var monotonicSeconds: Double { 0 }
    func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { throw .notAllowed }
    func write(_ bytes: [UInt8], to path: String) throws(HostError) { written[path] = bytes }
    func measureMachine(checkpoint: @escaping () throws -> Void) throws -> MachineMeasurement {
      throw HostError.notAllowed
    }
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
