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

  private static let good = """
    provider: town
    name: The town's machines
    regions:
      - id: hall
        place: the town hall
        zones:
          - from: 2007-01-01
            count: 1
            source: "Chosen: for a test"
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
}

/// Bills that were worked out by hand from the dated prices.
@Suite("Invoices")
struct InvoiceTests {
  private static func book(_ id: String) -> PriceBook {
    guard let book = Catalog.standard.priceBook(id) else {
      preconditionFailure("no book of '\(id)'")
    }
    return book
  }

  private static func moment(_ text: String) -> Moment {
    switch MomentLiteral.read(text) {
    case .day(let date): return Moment(date)
    case .exact(let moment): return moment
    default: preconditionFailure("'\(text)' is no moment")
    }
  }

  private static func run(
    _ type: String, _ start: String, _ end: String?, spot: Bool = false
  ) -> InstanceRun {
    InstanceRun(
      type: type, started: moment(start), ended: end.map(moment), isSpot: spot)
  }

  struct Bill: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var provider: String
    var month: String
    var usage: CloudUsage
    var dollars: Double

    init(
      _ name: String, _ provider: String, _ month: String, _ dollars: Double,
      _ fill: (inout CloudUsage) -> Void
    ) {
      testDescription = name
      self.provider = provider
      self.month = month
      self.dollars = dollars
      usage = CloudUsage()
      fill(&usage)
    }
  }

  static let bills = [
    // 720 h at 10 cents, 50 GB and 5 GB at 20 cents, 20 GB kept at 15 cents.
    Bill("a month of 2006", "aws", "2006-09-01", 72 + 10 + 1 + 3) {
      $0.runs = [run("m1.small", "2006-09-01", "2006-10-01")]
      $0.egressGigabytes = 50
      $0.ingressGigabytes = 5
      $0.storedGigabytes = 20
    },
    // 2 h 15 min are three hours.
    Bill("hours begun are paid", "aws", "2006-10-01", 0.30) {
      $0.runs = [run("m1.small", "2006-10-05T10:30", "2006-10-05T12:45")]
    },
    Bill("two hours to the second are two", "aws", "2006-10-01", 0.20) {
      $0.runs = [run("m1.small", "2006-10-05T10:30", "2006-10-05T12:30")]
    },
    Bill("a start of five seconds", "aws", "2006-10-01", 0.10) {
      $0.runs = [run("m1.small", "2006-10-05T10:30", "2006-10-05T10:30:05")]
    },
    Bill("two short starts in an hour are two hours", "aws", "2006-10-01", 0.20) {
      $0.runs = [
        run("m1.small", "2006-10-05T10:00", "2006-10-05T10:10"),
        run("m1.small", "2006-10-05T10:20", "2006-10-05T10:30"),
      ]
    },
    // Pieces begin at 23:30, 0:30 and 1:30.
    Bill("over the end of a month, before", "aws", "2006-09-01", 0.10) {
      $0.runs = [run("m1.small", "2006-09-30T23:30", "2006-10-01T02:00")]
    },
    Bill("over the end of a month, after", "aws", "2006-10-01", 0.20) {
      $0.runs = [run("m1.small", "2006-09-30T23:30", "2006-10-01T02:00")]
    },
    // 216 h at 6.5 cents and 504 h at 4.4 cents.
    Bill("a cut in the month", "aws", "2014-04-01", 14.04 + 22.176) {
      $0.runs = [run("m1.small", "2014-04-01", nil)]
    },
    Bill("an hour and a second, by the hour", "aws", "2017-09-01", 0.20) {
      $0.runs = [run("m4.large", "2017-09-05T10:00", "2017-09-05T11:00:01")]
    },
    // 3,601 s of 10 cents an hour.
    Bill("an hour and a second, by the second", "aws", "2017-11-01", 0.100028) {
      $0.runs = [run("m4.large", "2017-11-05T10:00", "2017-11-05T11:00:01")]
    },
    // 20 s are a minute: 10 cents / 60.
    Bill("twenty seconds are a minute", "aws", "2017-11-01", 0.001667) {
      $0.runs = [run("m4.large", "2017-11-05T10:00", "2017-11-05T10:00:20")]
    },
    // 10,000 GB at 18, 40,000 at 16, 10,000 at 13 cents.
    Bill("60 TB out in 2007", "aws", "2007-06-01", 1_800 + 6_400 + 1_300) {
      $0.egressGigabytes = 60_000
    },
    // Published: $900, $870 and about $1,100 for 10 TB, without the 100 GB that are free.
    Bill("10 TB out in 2026, aws", "aws", "2026-01-01", 891) { $0.egressGigabytes = 10_000 },
    Bill("10 TB out in 2026, azure", "azure", "2026-01-01", 861.3) { $0.egressGigabytes = 10_000 },
    Bill("10 TB out in 2026, google", "google", "2026-01-01", 1_110) {
      $0.egressGigabytes = 10_000
    },
    // $325 down, 240 h at 3 cents.
    Bill("a reservation partly used, first month", "aws", "2009-04-01", 325 + 7.2) {
      $0.reservations = [Reservation(offer: "m1.small-1y", bought: moment("2009-04-01"))]
      $0.runs = [run("m1.small", "2009-04-11", "2009-04-21")]
    },
    // One of two is covered: 744 h at 3 cents, 744 h at 10 cents.
    Bill("two instances and one reservation", "aws", "2009-05-01", 22.32 + 74.4) {
      $0.reservations = [Reservation(offer: "m1.small-1y", bought: moment("2009-04-01"))]
      $0.runs = [run("m1.small", "2009-05-01", nil), run("m1.small", "2009-05-01", nil)]
    },
    // 744 h at 8.5 cents.
    Bill("after a reservation is over", "aws", "2010-05-01", 63.24) {
      $0.reservations = [Reservation(offer: "m1.small-1y", bought: moment("2009-04-01"))]
      $0.runs = [run("m1.small", "2009-05-01", nil)]
    },
    // 11.25 min are 12 of 7 cents an hour; 2 min are 10.
    Bill("12 minutes of Google", "google", "2014-05-01", 0.014) {
      $0.runs = [run("n1-standard-1", "2014-05-05T10:00", "2014-05-05T10:11:15")]
    },
    Bill("2 minutes of Google", "google", "2014-05-01", 0.011667) {
      $0.runs = [run("n1-standard-1", "2014-05-05T10:00", "2014-05-05T10:02")]
    },
    // 744 h at 12 cents, 10 GB at 15 and 10 cents, 30 GB kept at 15 cents.
    Bill("a month of Azure in 2010", "azure", "2010-03-01", 89.28 + 1.5 + 1 + 4.5) {
      $0.runs = [run("small", "2010-03-01", "2010-04-01")]
      $0.egressGigabytes = 10
      $0.ingressGigabytes = 10
      $0.storedGigabytes = 30
    },
    // 100 h of the idle rest at 40 % of 8.5 cents.
    Bill("the idle rest", "aws", "2010-01-01", 3.4) {
      $0.runs = [run("m1.small", "2010-01-05", "2010-01-09T04:00", spot: true)]
    },
    // 720 h of a balancer.
    Bill("a balancer", "aws", "2009-06-01", 18) { $0.balancerHours = 720 },
    // 99.94 % of a year: a tenth of 72 dollars comes back.
    Bill("too much down in 2008", "aws", "2008-11-01", 64.8) {
      $0.runs = [run("m1.small", "2008-11-01", "2008-12-01")]
      $0.uptime = 0.9994
    },
    Bill("just enough up in 2008", "aws", "2008-11-01", 72) {
      $0.runs = [run("m1.small", "2008-11-01", "2008-12-01")]
      $0.uptime = 0.9995
    },
  ]

  @Test("come to the cent that was worked out by hand", arguments: bills)
  func bill(_ bill: Bill) {
    let invoice = Self.book(bill.provider).invoice(bill.usage, month: Self.moment(bill.month))
    #expect(invoice.total == .dollars(bill.dollars), "\(invoice.lines)")
  }

  // FACTS: $0.0671 an hour over a whole year, a third off.
  @Test("of a reservation that is fully used come to a third less")
  func fullReservation() {
    var usage = CloudUsage()
    usage.reservations = [Reservation(offer: "m1.small-1y", bought: Self.moment("2009-04-01"))]
    usage.runs = [Self.run("m1.small", "2009-04-01", nil)]
    let book = Self.book("aws")
    let total = (0..<12).reduce(Money.zero) { sum, index in
      sum + book.invoice(usage, month: Self.moment("2009-04-01").adding(months: index)).total
    }
    #expect(total == .dollars(325 + 8_760 * 0.03))
    #expect(abs(total.dollars / 8_760 - 0.0671) < 5e-5)
  }

  @Test("of all months together are the bill of the whole, however the months cut it")
  func monthsAddUp() {
    var usage = CloudUsage()
    usage.runs = [Self.run("m4.large", "2017-10-20T11:13:17", "2017-12-03T09:00:01")]
    let book = Self.book("aws")
    let months = ["2017-10-01", "2017-11-01", "2017-12-01"].map {
      book.invoice(usage, month: Self.moment($0)).lines.reduce(0) { $0 + $1.quantity }
    }
    let seconds = (Self.moment("2017-12-03T09:00:01") - Self.moment("2017-10-20T11:13:17")).seconds
    #expect(abs(months.reduce(0, +) * 3_600 - seconds) < 1e-3)
  }

  // A year by the second is added up in hours, not in 31 million pieces.
  @Test("of a long run by the second are as long as the run, whatever cuts it")
  func longRun() {
    var usage = CloudUsage()
    usage.runs = [Self.run("m4.large", "2017-10-05T01:02:03", nil)]
    let book = Self.book("aws")
    let bill = book.invoice(usage, month: Self.moment("2018-09-01"))
    #expect(bill.total == .dollars(720 * 0.10))
    let first = book.invoice(usage, month: Self.moment("2017-10-01"))
    let seconds = (Self.moment("2017-11-01") - Self.moment("2017-10-05T01:02:03")).seconds
    #expect(first.total == .dollars(seconds / 3_600 * 0.10))
  }

  @Test("up to now are no more than those of the whole month")
  func soFar() {
    var usage = CloudUsage()
    usage.runs = [Self.run("m1.small", "2006-09-01", nil)]
    let book = Self.book("aws")
    let month = Self.moment("2006-09-01")
    #expect(book.invoice(usage, month: month, until: month + .hours(36)).total == .dollars(3.6))
  }
}
