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

  @Test("with support come to the cent that was worked out by hand", arguments: supportBills)
  private func supportBill(_ bill: Bill) { expect(bill) }

  private func expect(_ bill: Bill) {
    let invoice = InvoiceTests.book(bill.provider).invoice(
      bill.usage, month: Self.moment(bill.month))
    #expect(invoice.total == .dollars(bill.dollars), "\(bill): \(invoice.lines)")
  }
}
