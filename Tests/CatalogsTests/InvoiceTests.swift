import Cloud
import CommandLanguage
import Quantities
import Testing

@testable import Catalogs

/// Bills that were worked out by hand from the dated prices.
@Suite("Invoices")
struct InvoiceTests {
  static func book(_ id: String) -> PriceBook {
    guard let book = Catalog.standard.priceBook(id) else {
      preconditionFailure("no book of '\(id)'")
    }
    return book
  }

  static func moment(_ text: String) -> Moment {
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

  private static func database(_ size: String, _ start: String, _ end: String?) -> DatabaseRun {
    DatabaseRun(size: size, started: moment(start), ended: end.map(moment))
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
    // 720 h of a balancer at 2.5 cents, 500 GB through it at 0.8 cents.
    Bill("a balancer and what goes through it", "aws", "2009-06-01", 18 + 4) {
      $0.balancerHours = 720
      $0.balancerGigabytes = 500
    },
    // 720 h at 22 cents, 20 GB at 10 cents.
    Bill("a database with a standby", "aws", "2010-06-01", 158.4 + 2) {
      $0.databases = [
        DatabaseRun(size: "db.m1.small", hasStandby: true, started: moment("2010-06-01"))
      ]
      $0.databaseGigabytes = 20
    },
    // 24 h at 11 cents before the cut, 24 h at 5.5 cents behind it.
    Bill("a database before a cut", "aws", "2014-03-01", 2.64) {
      $0.databases = [database("db.m1.small", "2014-03-31", "2014-04-02")]
    },
    Bill("a database behind a cut", "aws", "2014-04-01", 1.32) {
      $0.databases = [database("db.m1.small", "2014-03-31", "2014-04-02")]
    },
    // 1 TB free, 9 TB at 8.5 cents, 2 TB at 8 cents, 3,000 times 10,000 pieces at 0.75 cents.
    Bill("12 TB from the edge in 2022", "aws", "2022-01-01", 765 + 160 + 22.5) {
      $0.deliveredGigabytes = 12_000
      $0.deliveryRequests = 30_000_000
    },
    // 200 GB at 15 cents, 100 times 10,000 pieces at a cent.
    Bill("200 GB from the edge of Azure", "azure", "2010-08-01", 30 + 1) {
      $0.deliveredGigabytes = 200
      $0.deliveryRequests = 1_000_000
    },
    // 100 GB kept at 15 cents, 500 times 10,000 readings at a cent.
    Bill("five million readings in 2008", "aws", "2008-01-01", 15 + 5) {
      $0.storedGigabytes = 100
      $0.requests = 5_000_000
    },
    // 10,000 GB at 15, 40,000 at 11, 10,000 at 9 cents.
    Bill("60 TB out in 2010", "aws", "2010-06-01", 1_500 + 4_400 + 900) {
      $0.egressGigabytes = 60_000
    },
    // 1 GB free, 9,999 GB at 12, 40,000 at 9, 10,000 at 7 cents.
    Bill("60 TB out in 2012", "aws", "2012-01-01", 1_199.88 + 3_600 + 700) {
      $0.egressGigabytes = 60_000
    },
    Bill("100 GB in, the last month that it costs", "aws", "2011-06-01", 10) {
      $0.ingressGigabytes = 100
    },
    Bill("100 GB in, free", "aws", "2011-07-01", 0) { $0.ingressGigabytes = 100 },
    // 720 h at 35 cents.
    Bill("a database in two zones in 2017", "aws", "2017-06-01", 252) {
      $0.databases = [
        DatabaseRun(size: "db.m4.large", hasStandby: true, started: moment("2017-06-01"))
      ]
    },
    // 744 h at 8 cents, 100 GB kept at 12.5 cents.
    Bill("a month of 2012", "aws", "2012-07-01", 59.52 + 12.5) {
      $0.runs = [run("m1.small", "2012-07-01", nil)]
      $0.storedGigabytes = 100
    },
    // $195 down and 744 h at 1.6 cents, though the machine runs for ten days only.
    Bill("hours that are owed, used or not", "aws", "2012-07-01", 195 + 11.904) {
      $0.reservations = [Reservation(offer: "m1.small-1y-heavy", bought: moment("2012-07-01"))]
      $0.runs = [run("m1.small", "2012-07-11", "2012-07-21")]
    },
    // 744 h at 10 cents, 10 GB at 24 cents, 744 h at 2.5 cents, 100 GB at 0.8 cents.
    Bill("a database of Google", "google", "2014-05-01", 74.4 + 2.4 + 18.6 + 0.8) {
      $0.databases = [database("D1", "2014-05-01", nil)]
      $0.databaseGigabytes = 10
      $0.balancerHours = 744
      $0.balancerGigabytes = 100
    },
    // Two machines 122.40, balancer 18.64, database 158.40, kept 7.50, read 1, out 45, edge 68 and 2.
    Bill("a whole shop in June 2010", "aws", "2010-06-01", 422.94) {
      $0.runs = [run("m1.small", "2010-06-01", nil), run("m1.small", "2010-06-01", nil)]
      $0.balancerHours = 720
      $0.balancerGigabytes = 80
      $0.databases = [
        DatabaseRun(size: "db.m1.small", hasStandby: true, started: moment("2010-06-01"))
      ]
      $0.storedGigabytes = 50
      $0.requests = 1_000_000
      $0.egressGigabytes = 300
      $0.deliveredGigabytes = 400
      $0.deliveryRequests = 2_000_000
    },
    // 98.5 % of a month: three tenths of 69.12 dollars; 94 %: all of it.
    Bill("much down in June 2022", "aws", "2022-06-01", 48.384) {
      $0.runs = [run("m5.large", "2022-06-01", nil)]
      $0.uptime = 0.985
    },
    Bill("very much down in June 2022", "aws", "2022-06-01", 0) {
      $0.runs = [run("m5.large", "2022-06-01", nil)]
      $0.uptime = 0.94
    },
    // 98 % of a month: a quarter of 89.28 dollars.
    Bill("much down at Azure", "azure", "2010-03-01", 66.96) {
      $0.runs = [run("small", "2010-03-01", nil)]
      $0.uptime = 0.98
    },
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

  // (0.74 + 3.5) / 2 W, times 1.15 for the hall, over 730 h are 1.7797 kWh; at 322 g each, 573.1 g.
  @Test("leave the carbon of a core to a sum of draw, hall and grid")
  func carbon() throws {
    let june = Self.moment("2023-06-01")
    let book = Self.book("aws")
    let mass = try #require(
      book.carbon(coreHours: 730, use: 0.5, region: "us-east-1", at: june))
    #expect(abs(mass.kilograms - 0.5731) < 1e-4)
    let oregon = try #require(book.carbon(coreHours: 730, use: 0.5, region: "us-west-2", at: june))
    #expect(abs(oregon.kilograms / mass.kilograms - 94.0 / 322) < 1e-9)
    #expect(book.carbon(coreHours: 1, use: 1, region: "nowhere", at: june) == nil)
  }
}
