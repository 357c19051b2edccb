import Cloud
import CommandLanguage
import Quantities
import Testing

@testable import Catalogs

@Suite("Price books")
struct PriceBookTests {
  @Test("have no mistakes, and a source for every figure")
  func files() throws {
    for (name, bytes) in Catalog.providerFiles {
      let (book, diagnostics) = PriceBookReader.parse(Source(name: name, bytes: bytes))
      #expect(diagnostics.map(\.message) == [])
      #expect(try #require(book).id == name)
    }
    #expect(Catalog.standard.priceBooks.map(\.id) == Catalog.providers)
  }

  @Test("know what there was: nothing in 2005, one type in one region in September 2006")
  func history() throws {
    func open(_ date: CivilDate) -> [(String, [String], [String])] {
      let moment = Moment(date)
      return Catalog.standard.priceBooks.filter { $0.isOpen(at: moment) }.map {
        ($0.id, $0.regions(at: moment).map(\.id), $0.instances(at: moment).map(\.id))
      }
    }
    #expect(open(CivilDate(year: 2005, month: 6, day: 1)).isEmpty)
    let first = open(CivilDate(year: 2006, month: 9, day: 1))
    #expect(first.count == 1)
    #expect(first[0].0 == "aws" && first[0].1 == ["us-east-1"] && first[0].2 == ["m1.small"])
    #expect(open(CivilDate(year: 2011, month: 1, day: 1)).map(\.0) == ["aws", "azure"])
    #expect(open(CivilDate(year: 2015, month: 1, day: 1)).map(\.0) == ["aws", "azure", "google"])
    let small = try #require(Catalog.standard.priceBook("aws")?.instance("m1.small"))
    let september = Moment(year: 2006, month: 9, day: 1)
    #expect(small.hourly.at(september)?.value == .dollars(0.10))
  }

  /// How each of the books below begins: nine lines.
  private static let town = """
    provider: town
    name: The town's machines
    regions:
      - id: hall
        place: the town hall
        zones:
          - from: 2007-01-01
            count: 1
            source: "Chosen: for a test"

    """

  private static let good =
    town + """
      instances:
        - id: desk
          summary: a machine under a desk
          cores: 1
          speed: 1
          memory: 1 GB
          network: 100 Mbit/s
          source: "Chosen: for a test"
          prices:
            - from: 2007-01-01
              price: $0.02
              source: "the town's gazette, 2007"
      """

  @Test("of an instructor stand beside the program's own, and are written down with the catalog")
  func added() throws {
    var catalog = Catalog.standard
    try catalog.add(Source(name: "town.yaml", text: Self.good))
    #expect(catalog.priceBook("town")?.instance("desk")?.hourly.count == 1)
    #expect(throws: Diagnostics.self) {
      try catalog.add(Source(name: "town.yaml", text: Self.good))
    }
    #expect(Catalog.standard.priceBook("town") == nil)
  }

  @Test(
    "report each mistake at its line",
    arguments: [
      ("count: 1", "count: one", 8, "bad-figure"),
      ("memory: 1 GB", "memory: 1 GHz", 15, "bad-figure"),
      ("price: $0.02", "price: 0.02", 20, "bad-figure"),
      ("from: 2007-01-01\n        price", "from: 2007\n        price", 19, "bad-date"),
      ("gazette, 2007", "gazette", 21, "bad-source"),
      ("network:", "networks:", 11, "missing-key"),
      ("provider: town", "provider: the town", 1, "bad-name"),
    ])
  func mistakes(from: String, to: String, line: Int, code: String) {
    let text = Self.good.replacing(from, with: to)
    #expect(text != Self.good)
    let found = PriceBookReader.parse(Source(text: text)).diagnostics
    #expect(
      found.contains { $0.code == code && $0.span?.line == line },
      "\(found.map { "\($0.span?.line ?? 0) \($0.code)" })")
  }

  private static let terms =
    town + """
      quota:
        - from: 2007-01-01
          machines: 3
          source: "the town's gazette, 2007"
        - from: 2009-01-01
          cores: 8
          source: "the town's gazette, 2009"
      support:
        - id: clerk
          gives: "answers on market days"
          until: 2011-01-01
          prices:
            - from: 2008-01-01
              minimum: $5
              tiers:
                - first: $100
                  share: 0.1
                - share: 0.05
              source: "the town's gazette, 2008"
      savings:
        - id: any-1y
          months: 12
          discount: 0.2
          from: 2008-01-01
          until: 2010-01-01
          source: "the town's gazette, 2008"
      sustained:
        - from: 2009-01-01
          tiers:
            - first: 0.5
              share: 1
            - share: 0.7
          source: "the town's gazette, 2009"
      """

  @Test("count machines or cores in a quota, from a day on")
  func quotas() throws {
    let (read, diagnostics) = PriceBookReader.parse(Source(text: Self.terms))
    #expect(diagnostics.map(\.message) == [])
    let book = try #require(read)
    #expect(book.quota.at(Moment(year: 2006, month: 12, day: 31)) == nil)
    #expect(book.quota.at(Moment(year: 2008, month: 1, day: 1))?.value == .machines(3))
    #expect(book.quota.at(Moment(year: 2009, month: 1, day: 1))?.value == .cores(8))
  }

  @Test("offer a support plan between two days, for the larger of a minimum and of shares")
  func support() throws {
    let book = try #require(PriceBookReader.parse(Source(text: Self.terms)).book)
    #expect(book.supportPlans(at: Moment(year: 2007, month: 12, day: 31)).isEmpty)
    #expect(book.supportPlans(at: Moment(year: 2011, month: 1, day: 1)).isEmpty)
    let march = Moment(year: 2009, month: 3, day: 1)
    let price = try #require(book.supportPlans(at: march).first?.prices.at(march)?.value)
    // A tenth of $40 is less than $5; a tenth of $100 and a twentieth of $60 are $13.
    #expect(price.cost(bill: .dollars(40)) == .dollars(5))
    #expect(price.cost(bill: .dollars(160)) == .dollars(13))
  }

  @Test("offer savings plans between two days, and take off what runs on from a day on")
  func savings() throws {
    let book = try #require(PriceBookReader.parse(Source(text: Self.terms)).book)
    let offer = try #require(book.savingsOffer("any-1y"))
    #expect(!offer.isOffered(at: Moment(year: 2007, month: 12, day: 31)))
    #expect(offer.isOffered(at: Moment(year: 2009, month: 12, day: 31)))
    #expect(!offer.isOffered(at: Moment(year: 2010, month: 1, day: 1)))
    #expect(offer.hourly(.dollars(0.10)) == .dollars(0.08))
    let tiers = try #require(book.sustained.at(Moment(year: 2009, month: 1, day: 1))?.value)
    // Half of the month whole, the other half at seven tenths.
    #expect(abs(ShareTier.total(of: 1, tiers) - 0.85) < 1e-12)
  }

  @Test(
    "report each mistake in their terms at its line and column",
    arguments: [
      ("machines: 3", "machines: three", 12, 15, "bad-figure"),
      ("machines: 3", "machines: 0", 12, 15, "bad-figure"),
      ("cores: 8", "cores: 8\n    machines: 3", 14, 5, "bad-figure"),
      ("    cores: 8\n", "", 14, 5, "missing-key"),
      ("id: clerk", "id: the clerk", 18, 9, "bad-name"),
      ("until: 2011-01-01", "until: never", 20, 12, "bad-date"),
      ("minimum: $5", "minimum: 5", 23, 18, "bad-figure"),
      ("first: $100", "first: 100 GB", 25, 20, "bad-figure"),
      ("share: 0.1\n", "share: 1.1\n", 26, 20, "bad-figure"),
      ("first: $100\n            share", "share", 26, 13, "bad-figure"),
      ("share: 0.05", "part: 0.05", 27, 13, "unknown-key"),
      ("id: any-1y", "id: any year", 30, 9, "bad-name"),
      ("discount: 0.2", "discount: 1.2", 32, 15, "bad-figure"),
      ("discount: 0.2", "discount: $0.2", 32, 15, "bad-figure"),
      ("until: 2010", "ends: 2010", 34, 5, "unknown-key"),
      ("gazette, 2008\"\nsustained", "gazette\"\nsustained", 35, 13, "bad-source"),
      ("first: 0.5", "first: 50", 39, 16, "bad-figure"),
      ("share: 0.7", "share: 0.7\n      - share: 0.1", 42, 9, "bad-figure"),
    ])
  func mistakesInTerms(from: String, to: String, line: Int, column: Int, code: String) {
    let text = Self.terms.replacing(from, with: to)
    #expect(text != Self.terms)
    let found = PriceBookReader.parse(Source(text: text)).diagnostics
    #expect(
      found.contains { $0.code == code && $0.span?.line == line && $0.span?.column == column },
      "\(found.map { "\($0.span?.line ?? 0):\($0.span?.column ?? 0) \($0.code)" })")
  }

  private static let services =
    town + """
          carbon:
            - from: 2007-01-01
              grams: 300 g
              source: "the town's gazette, 2007"
      balancer:
        - from: 2007-01-01
          price: $0.01
          gigabyte: $0.002
          source: "the town's gazette, 2007"
      databases:
        - id: drawer
          summary: a database in a drawer
          speed: 1
          source: "Chosen: for a test"
          prices:
            - from: 2007-01-01
              price: $0.02
              source: "the town's gazette, 2007"
          standby:
            - from: 2008-01-01
              price: $0.04
              source: "the town's gazette, 2008"
      failover:
        - from: 2008-01-01
          time: 3 min
          source: "the town's gazette, 2008"
      cdn:
        - from: 2007-01-01
          tiers:
            - first: 1 TB
              price: $0.10
            - price: $0.05
          source: "the town's gazette, 2007"
      spot:
        - from: 2007-01-01
          share: 0.5
          interruptions: 2
          notice: 1 min
          source: "the town's gazette, 2007"
      leaving:
        - from: 2008-01-01
          share: 0.25
          source: "the town's gazette, 2008"
      power:
        - from: 2007-01-01
          idle: 2 W
          full: 8 W
          overhead: 1.6
          source: "the town's gazette, 2007"
      """

  @Test("of an instructor may have databases, balancers, an edge, terms of the idle rest, carbon")
  func services() throws {
    let (read, diagnostics) = PriceBookReader.parse(Source(text: Self.services))
    #expect(diagnostics.map(\.message) == [])
    let book = try #require(read)
    let moment = Moment(year: 2008, month: 6, day: 1)
    #expect(
      book.balancer.at(moment)?.value
        == BalancerPrice(hourly: .dollars(0.01), gigabyte: .dollars(0.002)))
    let drawer = try #require(book.databases(at: moment).first)
    #expect(drawer.hourly.at(moment)?.value == .dollars(0.02))
    #expect(drawer.withStandby.at(moment)?.value == .dollars(0.04))
    #expect(drawer.withStandby.at(Moment(year: 2007, month: 6, day: 1)) == nil)
    #expect(book.failover.at(moment)?.value == .minutes(3))
    #expect(
      book.spot.at(moment)?.value == SpotTerms(share: 0.5, interruptions: 2, notice: .minutes(1)))
    // 1,000 GB at 10 cents and 500 at 5.
    #expect(PriceTier.cost(1_500, book.deliveries.at(moment)?.value ?? []) == .dollars(125))
    // (2 + 8) / 2 W · 1.6 over 1,000 h are 8 kWh of 300 g.
    let carbon = try #require(book.carbon(coreHours: 1_000, use: 0.5, region: "hall", at: moment))
    #expect(abs(carbon.kilograms - 2.4) < 1e-12)
  }

  @Test(
    "report each mistake of a service at its line and column",
    arguments: [
      ("grams: 300 g", "grams: 300 W", "12:16", "bad-figure"),
      ("grams: 300 g\n        source", "grams: 300 g\n        sources", "11:9", "missing-key"),
      ("gigabyte: $0.002", "gigabyte: 0.002", "17:15", "bad-figure"),
      ("gigabyte: $0.002", "gigabytes: $0.002", "17:5", "unknown-key"),
      ("speed: 1", "speed: 1 GHz", "22:12", "bad-figure"),
      (
        "price: $0.04\n        source: \"the town's gazette, 2008\"",
        "price: $0.04\n        source: \"the town's gazette\"", "31:17", "bad-source"
      ),
      ("time: 3 min", "time: 3 GB", "34:11", "bad-figure"),
      ("price: $0.05", "price: free", "41:16", "bad-figure"),
      ("notice: 1 min", "notice: soon", "47:13", "bad-figure"),
      ("share: 0.25", "share: 25", "51:12", "bad-figure"),
      ("idle: 2 W", "idle: 9 W", "56:11", "bad-figure"),
      ("overhead: 1.6", "overhead: 0.6", "57:15", "bad-figure"),
      ("power:", "watts:", "53:1", "unknown-key"),
    ])
  func serviceMistakes(from: String, to: String, place: String, code: String) {
    let text = Self.services.replacing(from, with: to)
    #expect(text != Self.services)
    let found = PriceBookReader.parse(Source(text: text)).diagnostics.map {
      "\($0.span?.line ?? 0):\($0.span?.column ?? 0) \($0.code)"
    }
    #expect(found.contains("\(place) \(code)"), "\(found)")
  }
}
