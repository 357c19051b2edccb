import CommandLanguage
import Foundation
import Quantities
import Testing

@testable import Catalogs

@Suite struct AddedCatalogTests {
  static let server = """
    - id: school-2004
      kind: server
      summary: two cores from the cellar
      sold: 2003..2008
      price:
        2003: $1,200
      cores: 2
      speed: 0.8
      memory: 4 GB
      disks: 2
      idle: 140 W
      peak: 250 W
      fans: 20 W
      fan-speed-min: 0.3
      rise: 12 K
      throttles: 40 C
      trips: 45 C
      height: 2 U
      mass: 25 kg
      sources:
        - for: price cores speed memory disks idle peak fans fan-speed-min rise throttles trips height mass
          is: "Chosen: for a test"
    """

  @Test func whatIsAddedStandsBehindTheProgramsOwn() throws {
    var catalog = Catalog.standard
    let added = try catalog.add(Source(name: "mine.yaml", text: Self.server))
    #expect(added.map(\.id) == ["school-2004"])
    #expect(catalog.servers.map(\.id) == Catalog.standard.servers.map(\.id) + ["school-2004"])
    #expect(catalog.server("school-2004")?.peak == Power(watts: 270))
    #expect(catalog.addedIDs([.server]) == ["school-2004"])
    #expect(catalog.addedIDs([.rack]) == [])
    #expect(catalog.addition(of: "school-2004")?.name == "mine.yaml")
    #expect(catalog.addition(of: "1u-2004") == nil)
    #expect(Catalog.standard.server("school-2004") == nil)
  }

  @Test func aCatalogThatIsWrittenDownKeepsWhatWasAdded() throws {
    var catalog = Catalog.standard
    try catalog.add(Source(name: "mine.yaml", text: Self.server))
    let copy = try JSONDecoder().decode(Catalog.self, from: JSONEncoder().encode(catalog))
    #expect(copy.additions == catalog.additions)
    #expect(copy.entries.map(\.id) == catalog.entries.map(\.id))
  }

  @Test func aFileWithAMistakeAddsNothing() {
    var catalog = Catalog.standard
    let text = Self.server + "\n" + Self.server.replacing("height: 2 U", with: "height: 2 kg")
    #expect(throws: Diagnostics.self) { try catalog.add(Source(text: text)) }
    #expect(catalog.additions == [])
    #expect(catalog.entries.count == Catalog.standard.entries.count)
  }

  @Test(
    arguments: [
      ("id: school-2004", "id: t1", 1, "repeated-entry", "There is something called 't1' already."),
      ("id: school-2004", "id: two words", 1, "bad-name", "'two words' is no name."),
      ("id: school-2004", "id: 42", 1, "bad-name", "'42' is no name."),
      ("kind: server", "kind: part", 1, "unknown-kind", "There is no kind 'part'."),
      ("cores: 2", "cores: 2.5", 7, "bad-figure", "'cores' is a whole number."),
      ("peak: 250 W", "peak: 120 W", 11, "bad-figure", "'idle' is below 'peak'."),
      ("trips: 45 C", "trips: 40 C", 16, "bad-figure", "'throttles' is below 'trips'."),
    ])
  func whatNoProgramOfOursWouldHaveIsFound(
    from: String, to: String, line: Int, code: String, message: String
  ) throws {
    let text = Self.server.replacing(from, with: to)
    #expect(text != Self.server)
    var catalog = Catalog.standard
    let problems = #expect(throws: Diagnostics.self) { try catalog.add(Source(text: text)) }
    let found = try #require(problems?.list.first { $0.code == code })
    #expect(found.message == message)
    #expect(found.span?.line == line)
  }
}
