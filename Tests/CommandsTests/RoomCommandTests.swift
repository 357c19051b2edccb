import Catalogs
import CommandLanguage
import Commands
import Reports
import Testing

/// A statement that fails in a scene, and how.
private struct Mistake: CustomTestStringConvertible {
  var scene: String
  var statement: String
  var code: String
  var column: Int
  var message: String
  var help: String?

  var testDescription: String { statement }
}

private let bare = "new shop servers=2 cash=$90000 room=bare"
private let furnished = "new shop servers=2 cash=$90000 room=furnished"

private let mistakes: [Mistake] = [
  .init(
    scene: "new shop", statement: "buy rack", code: "no-room", column: 1,
    message: "There is no machine room yet.", help: "'build' orders one"),
  .init(
    scene: "new shop cash=$90000\nbuild", statement: "buy cooling", code: "not-open", column: 1,
    message: "The room is not finished", help: "'run until"),
  .init(
    scene: bare, statement: "build", code: "room-exists", column: 1,
    message: "You have a machine room already."),
  .init(
    scene: "new shop", statement: "build power=0.9GW", code: "too-much-power", column: 13,
    message: "No building here takes more than 50 MW."),
  .init(
    scene: bare, statement: "buy rack count=9", code: "no-floor", column: 16,
    message: "The floor holds 8 racks"),
  .init(
    scene: bare, statement: "place server", code: "no-racks", column: 1,
    message: "There is no rack in the room yet.", help: "'buy rack'"),
  .init(
    scene: furnished, statement: "place server", code: "too-few-servers", column: 1,
    message: "None of these stand outside the racks."),
  .init(
    scene: furnished, statement: "buy server count=21", code: "does-not-fit", column: 18,
    message: "The racks do not take all of them.", help: "What would fit: 20 in r1."),
  .init(
    scene: bare + "\nbuy rack rack-12u\nbuy server count=20 place=workshop",
    statement: "place server count=13 rack=r1", code: "does-not-fit", column: 20,
    message: "13 units are needed and 12 are free; 2.886 kW may be drawn and 2 kW are free",
    help: "What would fit: 9 in r1."),
  .init(
    scene: bare, statement: "place server rack=r7", code: "unknown-rack", column: 19,
    message: "There is no rack 'r7'.", help: "'buy rack' puts one up."),
  .init(
    scene: furnished, statement: "connect rack r1 feed=C", code: "unknown-feed", column: 22,
    message: "There is no feed 'C'.", help: "Feeds here: A."),
  .init(
    scene: furnished, statement: "fail cooling 2", code: "unknown-unit", column: 14,
    message: "There is no cooling unit '2'.", help: "They are numbered 1 to 1."),
  .init(
    scene: furnished, statement: "fail server 7", code: "unknown-machine", column: 13,
    message: "There is no machine '7' in a rack.", help: "in racks: 1, 2."),
  .init(
    scene: furnished, statement: "fail ups", code: "not-there", column: 1,
    message: "That feed has no UPS.", help: "'buy ups' brings one."),
  .init(
    scene: furnished + "\nfail cooling", statement: "fail cooling 1", code: "already", column: 14,
    message: "Cooling unit 1 is down already.", help: "'repair'"),
  .init(
    scene: bare, statement: "buy rack crac-10kw", code: "wrong-model", column: 10,
    message: "'crac-10kw' is no rack.", help: "You can buy: rack-12u"),
  .init(
    scene: "new shop", statement: "buy server 1u-2024", code: "not-sold", column: 12,
    message: "'1u-2024' comes in 2023.", help: "Sold now: 1u-2004, 1u-2004-dual."),
  .init(
    scene: furnished, statement: "buy ups count=2", code: "one-at-a-time", column: 15,
    message: "A feed has one of these"),
  .init(
    scene: furnished, statement: "set containment tight", code: "unknown-thing", column: 17,
    message: "There is nothing called 'tight' to set.", help: "none, aisles, contained"),
  .init(
    scene: furnished, statement: "set set-point 24", code: "wrong-type", column: 15,
    message: "That takes a temperature, not '24'.", help: "set set-point 24C"),
  .init(
    scene: furnished, statement: "set set-point 50C", code: "out-of-range", column: 15,
    message: "That lies between 10.0 °C and 35.0 °C, not at '50C'."),
  .init(
    scene: furnished + "\nrun 5 min", statement: "plot rack.r9.inlet", code: "unknown-rack",
    column: 6,
    message: "There is no rack 'r9'.", help: "Racks here: r1."),
  .init(
    scene: "new shop", statement: "new hall servers=2000 racks=40", code: "does-not-fit",
    column: 29,
    message: "A rack has 42 units, so 40 racks do not hold so many.", help: "Leave 'racks=' out"),
  .init(
    scene: "new shop", statement: "explain room", code: "no-room", column: 1,
    message: "There is no machine room yet."),
]

@Suite struct RoomCommandTests {
  private func reports(_ text: String) throws -> [Report] {
    var session = Session(seed: 1)
    var reports: [Report] = []
    for line in text.split(separator: "\n") {
      reports += try session.run(Source(text: String(line)), CommandContext(host: NoHost()))
    }
    return reports
  }

  @Test(arguments: mistakes)
  fileprivate func aMistakeHasItsSentenceAndItsPlace(mistake: Mistake) throws {
    var session = Session(seed: 1)
    let context = CommandContext(host: NoHost())
    for line in mistake.scene.split(separator: "\n") {
      for report in try session.run(Source(text: String(line)), context) {
        #expect(!report.isError, "\(line)")
      }
    }
    let before = session.stateHash
    let report = try #require(session.run(Source(text: mistake.statement), context).last)
    let diagnostic = try #require(report.diagnostics.first)
    #expect(diagnostic.code == mistake.code)
    #expect(diagnostic.span?.column == mistake.column)
    #expect(diagnostic.message.contains(mistake.message), "\(diagnostic.message)")
    if let help = mistake.help {
      #expect(diagnostic.help?.contains(help) == true, "\(diagnostic.help ?? "no help")")
    }
    #expect(session.stateHash == before)
  }

  @Test func aRunTellsWhatHeatDidAndUndoBringsItBack() throws {
    let scene =
      "new shop start=2005-11-25T11:30 servers=40 room=furnished uplink=t3 visits=90000/day cash=$50000\n"
      + "run 30 min\nmark cool\nfail cooling\nrun 12 min"
    var session = Session(seed: 1)
    let context = CommandContext(host: NoHost())
    var hashes: [String] = []
    var last = Report()
    for line in scene.split(separator: "\n") {
      hashes.append("\(session.stateHash)")
      last = try #require(session.run(Source(text: String(line)), context).last)
    }
    let words = last.blocks.compactMap { if case .paragraph(let text) = $0 { text } else { nil } }
    #expect(words.contains { $0.contains("slowed down, too hot") })
    #expect(words.contains { $0.contains("switched themselves off, too hot") })
    #expect(last.series.map(\.key) == ["room.inlet.high"])
    for _ in 0..<2 { _ = try session.run(Source(text: "undo"), context) }
    #expect("\(session.stateHash)" == hashes[3])
  }

  @Test func explainFollowsAnAlarmToItsFirstCause() throws {
    let last = try #require(
      reports(
        "new shop servers=20 room=furnished visits=1000/day uplink=t3\nrun 9 h\nfail cooling\nrun 1 h\n"
          + "explain r1"
      ).last)
    let words = last.blocks.compactMap { if case .paragraph(let text) = $0 { text } else { nil } }
    let chain = try #require(words.first)
    #expect(chain.hasPrefix("The 20 machines in r1 switched themselves off, too hot at"))
    #expect(chain.hasSuffix("because cooling unit 1 failed at 09:00."))
  }
}
