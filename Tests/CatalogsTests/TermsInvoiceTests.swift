import Cloud
import CommandLanguage
import Quantities
import Testing

@testable import Catalogs

/// Bills with support and discounts, worked out by hand from the dated prices.
@Suite("Invoices of terms")
struct TermsInvoiceTests {
  private typealias Bill = InvoiceTests.Bill
  private static func moment(_ text: String) -> Moment { InvoiceTests.moment(text) }

  private static func support(_ plan: String, _ start: String, _ end: String? = nil) -> SupportRun {
    SupportRun(plan: plan, started: moment(start), ended: end.map(moment))
  }

  private static func run(_ type: String, _ start: String, _ end: String? = nil) -> InstanceRun {
    InstanceRun(type: type, started: moment(start), ended: end.map(moment))
  }

  private static let supportBills = [
    // 744 h at 10 cents; a tenth of it is $7.44, so $100.
    Bill("silver of 2008, the minimum", "aws", "2008-07-01", 74.4 + 100) {
      $0.runs = [run("m1.small", "2008-07-01")]
      $0.support = [support("silver", "2008-07-20")]
    },
    // 20 machines: $1,488; a tenth is $148.80.
    Bill("silver of 2008, a tenth", "aws", "2008-07-01", 1_488 + 148.8) {
      $0.runs = (0..<20).map { _ in run("m1.small", "2008-07-01") }
      $0.support = [support("silver", "2008-07-20")]
    },
    // $1,200 out and 16,000 GB kept at 15 cents: $3,600; a fifth is $720.
    Bill("gold of 2008, a fifth", "aws", "2008-07-01", 3_600 + 720) {
      $0.ingressGigabytes = 12_000
      $0.storedGigabytes = 16_000
      $0.support = [support("gold", "2008-07-01")]
    },
    // 120,000 GB kept at 14 cents are $16,800: $1,000 and 7 % of $6,800.
    Bill("gold of 2011, two steps", "aws", "2011-02-01", 16_800 + 1_000 + 476) {
      $0.storedGigabytes = 120_000
      $0.support = [support("gold", "2010-11-05")]
    },
    // Taken and given back within an hour: the month is paid whole; the next month has none.
    Bill("bronze for an hour", "aws", "2011-06-01", 49) {
      $0.support = [support("bronze", "2011-06-30T10:00", "2011-06-30T11:00")]
    },
    Bill("bronze, the month after", "aws", "2011-07-01", 0) {
      $0.support = [support("bronze", "2011-06-30T10:00", "2011-06-30T11:00")]
    },
    Bill("bronze, given back as the month begins", "aws", "2011-07-01", 0) {
      $0.support = [support("bronze", "2011-06-05", "2011-07-01")]
    },
    // Twice in a month is once; from one plan to another is both.
    Bill("bronze twice", "aws", "2011-06-01", 49) {
      $0.support = [
        support("bronze", "2011-06-01", "2011-06-02"),
        support("bronze", "2011-06-10", "2011-06-12"),
      ]
    },
    Bill("from developer to business", "aws", "2019-06-01", 29 + 100) {
      $0.support = [
        support("developer", "2019-01-01", "2019-06-05"), support("business", "2019-06-05"),
      ]
    },
    // $227.50 down and 720 h at 3 cents are $249.10; money down counts, but $400 is more than a tenth.
    Bill("money down counts for support", "aws", "2011-06-01", 249.1 + 400) {
      $0.reservations = [Reservation(offer: "m1.small-1y-2009", bought: moment("2011-06-01"))]
      $0.runs = [run("m1.small", "2011-06-01")]
      $0.support = [support("gold", "2011-06-01")]
    },
    // 40 machines for a year down: $9,100; a twentieth is $455.
    Bill("a twentieth of money down", "aws", "2011-06-01", 9_100 + 455) {
      $0.reservations = (0..<40).map { _ in
        Reservation(offer: "m1.small-1y-2009", bought: moment("2011-06-01"))
      }
      $0.support = [support("silver", "2011-06-01")]
    },
    // A tenth of $69.12 comes back, nothing of the $100 of support, which is of the bill before.
    Bill("credits are not for support", "aws", "2022-06-01", 69.12 - 6.912 + 100) {
      $0.runs = [run("m5.large", "2022-06-01")]
      $0.support = [support("business", "2022-01-01")]
      $0.uptime = 0.9985
    },
    // 744 h at 12 cents; $300 in 2012, $100 in 2019.
    Bill("standard of Azure in 2012", "azure", "2012-08-01", 89.28 + 300) {
      $0.runs = [run("small", "2012-08-01")]
      $0.support = [support("standard", "2012-07-15")]
    },
    Bill("standard of Azure in 2019", "azure", "2019-08-01", 89.28 + 100) {
      $0.runs = [run("small", "2019-08-01")]
      $0.support = [support("standard", "2012-07-15")]
    },
  ]

  private static func plan(_ offer: String, _ dollars: Double, _ bought: String) -> SavingsPlan {
    SavingsPlan(offer: offer, commitment: .dollars(dollars), bought: moment(bought))
  }

  // An m5.large costs 9.6 cents, 7.008 with a plan for a year (27 % less), 4.8 for three (50 %).
  private static let savingsBills = [
    // 720 h of 7.008 cents; the machine is covered to the last second.
    Bill("a plan for one machine", "aws", "2020-06-01", 50.4576) {
      $0.runs = [run("m5.large", "2020-06-01")]
      $0.savings = [plan("compute-1y", 0.07008, "2020-05-20")]
    },
    // Half of it is owed, the other half is 720 h of 4.8 cents.
    Bill("a plan for half a machine", "aws", "2020-06-01", 25.2288 + 34.56) {
      $0.runs = [run("m5.large", "2020-06-01")]
      $0.savings = [plan("compute-1y", 0.03504, "2020-05-20")]
    },
    // Owed though the machine runs for ten hours.
    Bill("a plan that is hardly used", "aws", "2020-06-01", 50.4576) {
      $0.runs = [run("m5.large", "2020-06-10T08:00", "2020-06-10T18:00")]
      $0.savings = [plan("compute-1y", 0.07008, "2020-05-20")]
    },
    // The first is covered, and 3.65 of the 7.3 cents of the second: half of it is left, at 10 cents.
    Bill("a plan for two sizes", "aws", "2020-06-01", 720 * 0.10658 + 36) {
      $0.runs = [run("m5.large", "2020-06-01"), run("m4.large", "2020-06-01")]
      $0.savings = [plan("compute-1y", 0.10658, "2020-05-20")]
    },
    // Two machines for half an hour each are one for an hour: covered.
    Bill("two machines in one half of an hour", "aws", "2020-06-01", 50.4576) {
      $0.runs = [
        run("m5.large", "2020-06-10T10:00", "2020-06-10T10:30"),
        run("m5.large", "2020-06-10T10:00", "2020-06-10T10:30"),
      ]
      $0.savings = [plan("compute-1y", 0.07008, "2020-05-20")]
    },
    // Two machines for an hour are one too many, though the hours before and after are free.
    Bill("an hour lends nothing to the next", "aws", "2020-06-01", 50.4576 + 0.096) {
      $0.runs = [
        run("m5.large", "2020-06-10T10:00", "2020-06-10T11:00"),
        run("m5.large", "2020-06-10T10:00", "2020-06-10T11:00"),
      ]
      $0.savings = [plan("compute-1y", 0.07008, "2020-05-20")]
    },
    // Bought on the 11th at 12:20: owed from 12:00, 19 days and 12 h; before, 252 h at 9.6 cents.
    Bill("the month in which a plan is bought", "aws", "2020-06-01", 468 * 0.07008 + 252 * 0.096) {
      $0.runs = [run("m5.large", "2020-06-01")]
      $0.savings = [plan("compute-1y", 0.07008, "2020-06-11T12:20")]
    },
    // Over on 11 June 2021 at 12:00.
    Bill("the month in which a plan ends", "aws", "2021-06-01", 252 * 0.07008 + 468 * 0.096) {
      $0.runs = [run("m5.large", "2020-06-01")]
      $0.savings = [plan("compute-1y", 0.07008, "2020-06-11T12:20")]
    },
    // The plan bought first covers the first machine, that for three years half of the second.
    Bill("two plans", "aws", "2020-06-01", 50.4576 + 720 * 0.024 + 34.56) {
      $0.runs = [run("m5.large", "2020-06-01"), run("m5.large", "2020-06-01")]
      $0.savings = [
        plan("compute-1y", 0.07008, "2020-05-20"), plan("compute-3y", 0.024, "2020-05-21"),
      ]
    },
    // The idle rest, 100 h at 35 % of 9.6 cents, is not covered.
    Bill("a plan beside the idle rest", "aws", "2020-06-01", 50.4576 + 3.36) {
      $0.runs = [run("m5.large", "2020-06-01", "2020-06-05T04:00")]
      $0.runs[0].isSpot = true
      $0.savings = [plan("compute-1y", 0.07008, "2020-05-20")]
    },
    // What is owed counts for support: a tenth of $1,051.20 is $105.12.
    Bill("a plan and support", "aws", "2020-06-01", 1_051.2 + 105.12) {
      $0.savings = [plan("compute-1y", 1.46, "2020-05-20")]
      $0.support = [support("business", "2020-01-01")]
    },
  ]

  // An n1-standard-1 costs 7 cents in 2014, 6.3 in 2017.
  private static let sustainedBills = [
    // 744 h: a quarter each at 1, 0.8, 0.6 and 0.4 are seven tenths.
    Bill("a whole month of Google", "google", "2014-05-01", 744 * 0.07 * 0.7) {
      $0.runs = [run("n1-standard-1", "2014-04-10")]
    },
    // A quarter of 720 h whole, 60 h at 0.8.
    Bill("a third of a month of Google", "google", "2014-06-01", (180 + 48) * 0.07) {
      $0.runs = [run("n1-standard-1", "2014-06-11", "2014-06-21")]
    },
    // Two halves, one after the other, are one machine's month.
    Bill("two halves of a month", "google", "2014-06-01", 720 * 0.07 * 0.7) {
      $0.runs = [
        run("n1-standard-1", "2014-06-01", "2014-06-16"), run("n1-standard-1", "2014-06-16"),
      ]
    },
    // Side by side they are two machines' halves: 180 h whole and 180 h at 0.8 each.
    Bill("two halves side by side", "google", "2014-06-01", 2 * (180 + 144) * 0.07) {
      $0.runs = [
        run("n1-standard-1", "2014-06-01", "2014-06-16"),
        run("n1-standard-1", "2014-06-01", "2014-06-16"),
      ]
    },
    // Google's own example of 2014: 3 machines for 10 days, 4 for 5, 2 for 5, 3 for 10. That is two for 30
    // days (21 each are paid), one for 25 (7.5 + 6 + 4.5 + 1 = 19) and one for 5: 66 days.
    Bill("Google's own example", "google", "2014-06-01", 66 * 24 * 0.07) {
      $0.runs = [
        run("n1-standard-1", "2014-06-01", "2014-06-16"),
        run("n1-standard-1", "2014-06-01", "2014-06-16"),
        run("n1-standard-1", "2014-06-01", "2014-06-16"), run("n1-standard-1", "2014-06-11"),
        run("n1-standard-1", "2014-06-16"), run("n1-standard-1", "2014-06-21"),
      ]
    },
    // Each size for itself: the four cores have a whole month, the one has a quarter.
    Bill("two sizes of Google", "google", "2014-06-01", 720 * 0.28 * 0.7 + 180 * 0.07) {
      $0.runs = [
        run("n1-standard-4", "2014-06-01"), run("n1-standard-1", "2014-06-01", "2014-06-08T12:00"),
      ]
    },
    // Quarters of 186 h; up to 24 March 576 h at 7 cents, so 18 h of the last quarter, then 168 h at 6.3.
    Bill(
      "a cut within a month", "google", "2015-03-01",
      (186 + 148.8 + 111.6 + 7.2) * 0.07 + 67.2 * 0.063
    ) {
      $0.runs = [run("n1-standard-1", "2015-02-01")]
    },
    // One is covered by what is owed, 720 h of 3.969 cents; the other has the discount for itself.
    Bill(
      "a committed and a sustained machine", "google", "2017-11-01",
      720 * 0.03969 + 720 * 0.063 * 0.7
    ) {
      $0.runs = [run("n1-standard-1", "2017-10-01"), run("n1-standard-1", "2017-10-01")]
      $0.savings = [plan("committed-1y", 0.03969, "2017-10-01")]
    },
    // Half of the machine is covered; the other half, 360 h in all, is half a month of one: 180 h whole and
    // 180 h at 0.8.
    Bill(
      "half a committed machine", "google", "2017-11-01",
      720 * 0.019845 + (180 + 144) * 0.063
    ) {
      $0.runs = [run("n1-standard-1", "2017-10-01")]
      $0.savings = [plan("committed-1y", 0.019845, "2017-10-01")]
    },
  ]

  @Test("with savings plans come to the cent that was worked out by hand", arguments: savingsBills)
  private func savingsBill(_ bill: Bill) { expect(bill) }

  @Test(
    "with sustained use come to the cent that was worked out by hand", arguments: sustainedBills)
  private func sustainedBill(_ bill: Bill) { expect(bill) }

  // 720 h at 6 cents are the reservation's, 50.4576 the plan's, 720 h at 9.6 cents nobody's.
  @Test("have reservations first, then savings plans, then the usual price")
  func order() {
    var book = InvoiceTests.book("aws")
    book.reservations.append(
      ReservationOffer(
        id: "m5.large-1y", instance: "m5.large", months: 12, upfront: .zero, hourly: .dollars(0.06),
        isCommitted: false, offered: (CivilDate(year: 2020, month: 1, day: 1), nil), source: ""))
    var usage = CloudUsage()
    usage.runs = (0..<3).map { _ in Self.run("m5.large", "2020-06-01") }
    usage.reservations = [Reservation(offer: "m5.large-1y", bought: Self.moment("2020-05-01"))]
    usage.savings = [Self.plan("compute-1y", 0.07008, "2020-05-01")]
    let invoice = book.invoice(usage, month: Self.moment("2020-06-01"))
    #expect(
      invoice.lines.map(\.item) == [
        .reserved("m5.large-1y"), .saved("compute-1y"), .instance("m5.large"),
        .commitment("compute-1y"),
      ])
    #expect(invoice.lines.map(\.amount) == [43.2, 0, 69.12, 50.4576].map { .dollars($0) })
    #expect(invoice.lines.map { ($0.quantity * 1e6).rounded() / 1e6 } == [720, 720, 720, 720])
  }

  // Half past ten on the second day: 24 + 10 whole hours and half of another, at 10 cents.
  @Test("owe hours whole that were begun")
  func begun() {
    var usage = CloudUsage()
    usage.savings = [Self.plan("compute-1y", 0.1, "2020-05-01")]
    let invoice = InvoiceTests.book("aws").invoice(
      usage, month: Self.moment("2020-06-01"), until: Self.moment("2020-06-02T10:30"))
    #expect(invoice.total == .dollars(3.5))
  }

  // A day before its end 24 hours of 50 cents are left; a day after it, none.
  @Test("leave what is owed for time to come to whoever wants to go")
  func remaining() {
    let book = InvoiceTests.book("aws")
    let plans = [Self.plan("compute-1y", 0.5, "2020-06-02T12:00")]
    let now = Self.moment("2021-06-01T12:00")
    #expect(book.remaining(of: plans, at: now) == .dollars(12))
    #expect(book.remaining(of: plans, at: now + .days(2)) == .zero)
  }

  @Test("with support come to the cent that was worked out by hand", arguments: supportBills)
  private func supportBill(_ bill: Bill) { expect(bill) }

  private func expect(_ bill: Bill) {
    let invoice = InvoiceTests.book(bill.provider).invoice(
      bill.usage, month: Self.moment(bill.month))
    #expect(invoice.total == .dollars(bill.dollars), "\(bill): \(invoice.lines)")
  }
}
