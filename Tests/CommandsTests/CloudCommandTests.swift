import CommandLanguage
import Quantities
import Reports
import Testing
import WorldModel

@testable import Commands

@Suite("The cloud at the prompt") struct CloudCommandTests {
  private static let shop = "new shop start=2010-12-01 servers=0 visits=500/day\n"

  struct Mistake: CustomTestStringConvertible, Sendable {
    var statement: String
    var code: String
    var column: Int
    var message: String
    var testDescription: String { statement }
  }

  static let mistakes = [
    Mistake(
      statement: "rent m1.small zone=e", code: "unknown-zone", column: 20,
      message: "There are 3 zones at this time: a, b, c."),
    Mistake(
      statement: "fail zone a", code: "no-account", column: 6, message: "Nothing is rented."),
    Mistake(
      statement: "rent m1.small\nfail zone q", code: "unknown-zone", column: 11,
      message: "There is no zone 'q'."),
    Mistake(
      statement: "rent m1.small\nfail zone a for=2h\nrent m1.small", code: "zone-down", column: 0,
      message: "Zone a is down until 2010-12-01 02:00."),
    Mistake(
      statement: "rent m1.small\nfail zone a for=2h\nfail zone a", code: "zone-down", column: 11,
      message: "Zone a is down until 2010-12-01 02:00."),
    Mistake(
      statement: "rent balancer\nrent balancer", code: "already", column: 6,
      message: "You rent one already."),
    Mistake(
      statement: "rent db.m1.small\nrent db.m1.large", code: "already", column: 6,
      message: "You rent one already."),
    Mistake(
      statement: "release balancer", code: "not-there", column: 9,
      message: "You do not rent that."),
    Mistake(
      statement: "rent m1.small\nscale off", code: "no-rule", column: 7,
      message: "No rule scales anything."),
    Mistake(
      statement: "rent m1.small\nrelease m1.small machine=7", code: "unknown-machine", column: 26,
      message: "You rent no machine 7."),
    Mistake(
      statement: "rent balancer provider=nobody", code: "unknown-provider", column: 24,
      message: "There is no provider 'nobody'."),
    Mistake(
      statement: "scale m1.small from=5 to=5 then=2", code: "bad-range", column: 21,
      message: "'from' and 'to' are the same hour, so there is no time between them."),
    Mistake(
      statement: "scale m1.small max=3 from=5 to=8 then=4", code: "bad-range", column: 39,
      message: "4 in some hours are more than the most, 3."),
    Mistake(
      statement: "scale m1.small zones=5", code: "unknown-zone", column: 22,
      message: "There are 3 zones at this time: a, b, c."),
    Mistake(
      statement: "budget $5", code: "no-account", column: 1, message: "Nothing is rented."),
    Mistake(
      statement: "fail neighbor", code: "no-account", column: 6, message: "Nothing is rented."),
  ]

  @Test("says what is wrong, and where", arguments: mistakes)
  func wrong(_ mistake: Mistake) throws {
    let found = try problem(Self.shop + mistake.statement)
    #expect(found.code == mistake.code)
    #expect(found.message == mistake.message)
    if mistake.column > 0 { #expect(found.span?.column == mistake.column) }
    #expect(found.help?.isEmpty == false)
  }

  private func text(_ script: String) throws -> String {
    try lastReport(Self.shop + script).words
  }

  @Test("tells at the end of a run what happened at a provider in it, once")
  func story() throws {
    let outage = "rent m1.small count=2\nrun 1 h\nfail zone a for=30min\n"
    #expect(try text(outage + "run 1 h").contains("zone a is back"))
    let told = try text(outage)
    #expect(told.contains("2 machines of yours") && told.contains("orders cannot be reached"))
    #expect(!(try text(outage + "run 1 h\nrun 1 h")).contains("zone"))
  }

  @Test("explains lost visits by the zone that took the orders")
  func explains() throws {
    let script = "rent m1.small\nrun 8 h\nfail zone a for=30min\nrun 1 h\nexplain shop.lost"
    #expect(try text(script).contains("zone a lost its power"))
  }

  // Half an hour of a machine alone, 24 hours a day busy: the bill page has a line for each.
  @Test("shows on the bill what each machine does and where it stands")
  func machines() throws {
    let report = try lastReport(
      Self.shop + "rent m1.small count=2 zone=all\nrun 90 min\nshow bill")
    #expect(report.tableKeys.contains("bill.machines"))
    let session = try played(Self.shop + "rent m1.small count=2 zone=all\nrun 90 min")
    #expect(try value("cloud.zones", in: session) == .count(2))
    #expect(try value("cloud.busiest", in: session) == .count(1))
  }

  @Test("sources know the story, both sides of a dispute, providers and sizes")
  func sources() throws {
    #expect(try text("source aws-origin-for").contains("Wired"))
    #expect(try text("source aws-origin-against").contains("Vogels"))
    #expect(try text("source 37signals").contains("$3.2 million"))
    #expect(try text("source aws").contains("99.95%"))
    #expect(try text("source m1.small").contains("from 2006-08-25: $0.10"))
    #expect(try lastReport(Self.shop + "source story").tableKeys == ["source.story"])
  }

  @Test("compares two branches by cost, hours and carbon too")
  func compares() throws {
    let report = try lastReport(
      "new shop start=2010-12-01 visits=500/day\nfork rented\nrent m1.small\nset uplink none\nrun 2 days\n"
        + "switch main\nrun 2 days\ncompare rented")
    #expect(report.tableKeys.contains("compare.costs"))
    let session = try played("new shop start=2010-12-01 visits=500/day\nrun 2 days")
    // One server by its plate for two days in Virginia.
    #expect(try value("carbon.total > 1 kg and carbon.rented < 1 g", in: session) == .flag(true))
  }
}
