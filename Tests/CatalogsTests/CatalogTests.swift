import CommandLanguage
import Quantities
import Testing

@testable import Catalogs

@Suite struct CatalogTests {
  @Test func theFilesOfTheProgramHaveNoMistakes() {
    for (name, bytes) in Catalog.files {
      let (entries, diagnostics) = CatalogReader.parse(Source(name: name, bytes: bytes))
      #expect(diagnostics.map(\.message) == [], "\(name)")
      #expect(!entries.isEmpty)
    }
    #expect(Set(Catalog.standard.entries.map(\.id)).count == Catalog.standard.entries.count)
  }

  @Test func namesAreFoundWithoutReadingFigures() {
    for kind in CatalogEntry.Kind.allCases {
      #expect(Catalog.ids(kind) == Catalog.standard.entries.filter { $0.kind == kind }.map(\.id))
      #expect(!Catalog.ids(kind).isEmpty)
    }
  }

  @Test func everyFigureHasASourceThatIsDatedOrSaysChosen() {
    for entry in Catalog.standard.entries {
      for figure in ["price"] + entry.kind.figures.map(\.name) {
        let source = entry.source(of: figure) ?? ""
        let isDated = source.contains(#/\b(19|20)\d\d\b/#) || source.contains("ANSI")
        let isStandard =
          source.contains("IEEE") || source.contains("ITU") || source.contains("NFPA")
        #expect(
          source.hasPrefix("Chosen:") || isDated || isStandard, "\(entry.id) \(figure): \(source)")
      }
    }
  }

  @Test func pricesFollowTheYears() throws {
    let t1 = try #require(Catalog.standard.uplink("t1"))
    #expect(t1.price(at: Moment(year: 2004, month: 3, day: 1)) == .dollars(600))
    #expect(t1.price(at: Moment(year: 2008, month: 1, day: 1)) == .dollars(400))
    // Before the first price, that.
    #expect(t1.price(at: Moment(year: 1985, month: 1, day: 1)) == .dollars(1_200))
    let server = try #require(Catalog.standard.server("1u-2004"))
    #expect(!server.entry.isSold(at: Moment(year: 2012, month: 1, day: 1)))
  }

  @Test func theServersOfKoomeyDrawWhatHeFound() throws {
    // Koomey 2007, volume servers of the world: 183 W in 2000, 222 W in 2005.
    #expect(try #require(Catalog.standard.server("1u-2000")).peak == Power(watts: 183))
    #expect(try #require(Catalog.standard.server("1u-2004")).peak == Power(watts: 222))
  }

  private static let good = """
    - id: ups-x
      kind: ups
      summary: a UPS
      sold: 1998..
      price:
        1998: $1,800
      rating: 3 kW
      runtime: 7 min
      losses: modern
      sources:
        - for: price rating runtime losses
          is: "Chosen: for a test"
    """

  @Test(
    arguments: [
      ("rating: 3 kW", "rating: 3 kg", 7, "bad-figure", "'rating' is mass here, not power."),
      ("rating: 3 kW", "rating: 3 MW h", 7, "bad-figure", "is no number with a unit."),
      ("rating: 3 kW", "rating: 3 W", 7, "bad-figure", "is no usual 'rating'."),
      ("losses: modern", "losses: few", 9, "bad-figure", "'losses' is not 'few'."),
      ("runtime: 7 min", "runtimes: 7 min", 1, "missing-key", "'runtime' is missing here."),
      ("kind: ups", "kind: usp", 1, "unknown-kind", "There is no kind 'usp'."),
      ("sold: 1998..", "sold: lately", 1, "bad-years", "'lately' is no range of years."),
      ("1998: $1,800", "1998: 1,800", 6, "bad-price", "A price is a year and dollars."),
      (" losses\n", "\n", 1, "missing-source", "'losses' has no source."),
      ("price rating", "price price rating", 11, "bad-source", "'price' has a source already."),
    ])
  func aMistakeHasItsPlace(
    from: String, to: String, line: Int, code: String, message: String
  ) throws {
    let text = Self.good.replacing(from, with: to)
    #expect(text != Self.good)
    let diagnostics = CatalogReader.parse(Source(name: "x.yaml", text: text)).diagnostics
    let found = try #require(diagnostics.first { $0.code == code }, "\(diagnostics.map(\.code))")
    #expect(found.message.contains(message), "\(found.message)")
    #expect(found.span?.line == line)
  }

  @Test func whatIsRightIsTaken() {
    let (entries, diagnostics) = CatalogReader.parse(Source(text: Self.good))
    #expect(diagnostics.isEmpty)
    #expect(entries.first?.sold == 1998...9_999)
  }
}
