import CommandLanguage
import Commands
import Quantities
import Reports
import Testing

/// The cells of a report's first table by the first cell of their row.
private func rows(_ report: Report) throws -> (columns: [String], cells: [String: [Table.Cell]]) {
  let table = try #require(report.tables.first, "\(report.diagnostics.map(\.message))")
  let pairs = table.rows.map { row -> (String, [Table.Cell]) in
    if case .words(let label)? = row.first { (label, Array(row.dropFirst())) } else { ("", row) }
  }
  return (table.columns.map(\.name), Dictionary(pairs) { first, _ in first })
}

extension [Table.Cell] {
  /// The cell of a column, or nil if there is no such column.
  fileprivate func at(_ column: Int) -> Table.Cell? {
    indices.contains(column) ? self[column] : nil
  }
}

private func reports(_ script: String) throws -> [Report] {
  var session = Session()
  return try session.run(Source(text: script), CommandContext(host: NoHost()), keepGoing: true)
}

/// The count in a cell.
private func count(_ cell: Table.Cell?) -> Double? {
  switch cell {
  case .value(.quantity(let quantity, _)), .change(.quantity(let quantity, _)): quantity.value
  default: nil
  }
}

@Suite struct PageTests {
  @Test func aSecondLookTellsWhatChangedSinceTheFirst() throws {
    let reports = try reports(
      "new shop\nrun 1 h\nshow world\nbuy server count=2\nrun 1 h\nshow world")
    let first = try rows(reports[2])
    let second = try rows(reports[5])
    #expect(first.columns == ["", "now"])
    #expect(second.columns == ["", "now", "since your last look"])
    #expect(count(second.cells["servers"]?.at(1)) == 2)
    let before = try #require(count(first.cells["visits so far"]?.at(0)))
    let after = try #require(count(second.cells["visits so far"]?.at(0)))
    #expect(count(second.cells["visits so far"]?.at(1)) == after - before)
    #expect(second.cells["line"]?.at(1) == .words(""))
  }

  @Test(arguments: ["shop", "world", "ledger", "network"])
  func aLookAtWhatHasNotChangedHasNoColumnForIt(page: String) throws {
    let reports = try reports("new shop\nrun 1 h\nshow \(page)\nshow \(page)")
    #expect(try !rows(reports[3]).columns.contains("since your last look"))
    #expect(reports[3].blocks.count == reports[2].blocks.count)
  }

  @Test(arguments: ["shop", "world", "ledger", "network"])
  func everyPageRemembersItsOwnLook(page: String) throws {
    let reports = try reports(
      "new shop\nrun 1 h\nshow \(page)\nbuy server\nrun 1 h\nshow \(page)")
    #expect(try rows(reports[5]).columns.last == "since your last look")
  }

  @Test func aLookChangesNeitherTheStateNorTheLog() throws {
    var session = Session()
    let context = CommandContext(host: NoHost())
    _ = try session.run(Source(text: "new shop\nrun 1 h"), context)
    let (hash, log) = (session.stateHash, session.log)
    _ = try session.run(Source(text: "show shop\nshow world\nshow ledger\nshow network"), context)
    #expect(session.stateHash == hash && session.log == log)
  }

  /// Demand of four times the usual is four times the visits, within the noise of 300 visits.
  @Test func aFirstLookComparesWithTheDayBefore() throws {
    let report = try lastReport(
      "new shop visits=300/day\nrun 1 day\ndemand 4\nrun 1 day\nshow shop")
    let page = try rows(report)
    #expect(page.columns == ["", "now", "day before", "change"])
    guard case .multiple(let multiple)? = page.cells["visits"]?.at(2) else {
      throw Diagnostic("no-multiple", "There is no multiple.")
    }
    #expect((3.2...4.8).contains(multiple))
    let visits = try #require(count(page.cells["visits"]?.at(0)))
    let before = try #require(count(page.cells["visits"]?.at(1)))
    #expect(multiple == visits / before)
  }

  /// Half as long and as many a day: the pace of the morning against that of the whole day.
  @Test func looksAtOtherLengthsOfTimeAreComparedByTheHour() throws {
    let reports = try reports(
      "new shop visits=3000/day\nrun 1 day\nshow shop\nrun 12 h\nshow shop")
    let first = try rows(reports[2])
    let second = try rows(reports[4])
    let day = try #require(count(first.cells["visits"]?.at(0)))
    let half = try #require(count(second.cells["visits"]?.at(0)))
    #expect(second.cells["visits"]?.at(1) == .multiple(half / day * 2))
    let words = reports[4].blocks.contains { block in
      if case .paragraph(let words) = block { words.contains("by the hour") } else { false }
    }
    #expect(words)
  }

  @Test func aLookBeforeTimeWasTakenBackIsForgotten() throws {
    let reports = try reports(
      "new shop\nrun 1 h\nrun 1 h\nshow world\nundo\nshow world")
    #expect(try rows(reports[5]).columns == ["", "now"])
  }

  @Test func aStretchThatIsAskedForIsNoLook() throws {
    let reports = try reports(
      "new shop visits=300/day\nrun 2 days\nshow shop during 2004-03-01\nshow shop")
    #expect(try rows(reports[3]).columns == ["", "now", "day before", "change"])
  }

  @Test func showAloneSaysWhatThereIs() throws {
    let pages = try rows(lastReport("show")).cells.keys.sorted()
    #expect(
      pages == [
        "show bill", "show catalog", "show ledger", "show machines", "show model", "show network",
        "show room",
        "show shop",
        "show world",
      ])
    let diagnostic = try problem("show nothing")
    #expect(
      diagnostic.help?.contains(
        "shop, network, room, ledger, bill, catalog, machines, model, world")
        == true)
    #expect(diagnostic.span?.column == 6)
  }

  @Test func theLedgerAddsUpToTheCash() throws {
    let page = try rows(
      lastReport("new shop visits=300/day\nrun 1 day\nbuy server\nrun 1 day\nshow ledger")
    ).cells
    func amount(_ label: String, _ column: Int) throws -> Double {
      try #require(count(page[label]?.at(column)), "\(label)")
    }
    for column in 0...1 {
      let parts = ["at the start", "left of sales", "machines", "uplink", "electricity"]
      let sum = try parts.reduce(0) { $0 + (try amount($1, column)) }
      #expect(abs(try amount("cash now", column) - sum) < 1e-6)
    }
    // 1u-2004 costs $3,500, a T1 $600 a month of which a day takes 12/365.
    #expect(try amount("machines", 2) == -3_500)
    #expect(abs(try amount("uplink", 2) + 600.0 * 12 / 365) < 1e-6)
  }
}
