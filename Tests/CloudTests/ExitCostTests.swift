import Quantities
import Testing

@testable import Cloud

@Suite("Leaving a provider")
struct ExitCostTests {
  private let tiers = [
    PriceTier(gigabytes: 10_000, price: .dollars(0.12)),
    PriceTier(gigabytes: nil, price: .dollars(0.09)),
  ]

  private func exit(
    gigabytes: Double = 12_000, line: DataRate = .bitsPerSecond(100e6)
  ) -> ExitCost {
    ExitCost(
      gigabytes: gigabytes, tiers: tiers, line: line, monthlyBill: .dollars(2_000),
      overlapMonths: 2, services: [.database: 1, .other: 2, .function: 1],
      personWeek: .dollars(1_600), people: 3, contracts: .dollars(250))
  }

  // 12 TB over 12.5 MB/s are 960,000 s, 266.7 h: 0.3653 months.
  @Test("costs by cause what a hand comes to")
  func byCause() {
    let exit = exit()
    #expect(exit.copyTime == .seconds(960_000))
    // 10,000 GB at 12 cents, 2,000 at 9.
    #expect(exit.amount(.egress) == .dollars(1_200 + 180))
    // Two months and 266.67 h of 730.
    #expect(exit.amount(.doubleRunning) == .dollars(4_730.593607))
    // 2 + 2 · 3 + 6 weeks.
    #expect(exit.rewritingWeeks == 14)
    #expect(exit.amount(.rewriting) == .dollars(22_400))
    // Three people, two weeks each.
    #expect(exit.amount(.retraining) == .dollars(9_600))
    #expect(exit.amount(.contracts) == .dollars(250))
    #expect(exit.total == .dollars(38_360.593607))
    #expect(abs((exit.months ?? 0) - 19.1803) < 1e-4)
  }

  @Test("costs nothing for the way out where it is waived, and the rest as before")
  func waived() {
    var waived = exit()
    waived.egressShare = 0
    #expect(waived.amount(.egress) == .zero)
    #expect(waived.listEgress == .dollars(1_380))
    #expect(waived.total == exit().total - .dollars(1_380))
  }

  // A T1 carries 0.193 MB/s: 507.204 GB in a month of 730 h. 600 GB are two months, none beyond the first tier.
  @Test("counts the tiers anew in each month that the copy takes")
  func months() {
    let t1 = DataRate.bitsPerSecond(1.544e6)
    #expect(exit(gigabytes: 600, line: t1).amount(.egress) == .dollars(72))
    // At 4 MB/s a month carries 10,512 GB; the other 9,488 of 20,000 GB are in the first tier again.
    let slow = exit(gigabytes: 20_000, line: DataRate(bytesPerSecond: 4e6))
    #expect(slow.amount(.egress) == .dollars(1_200 + 512 * 0.09 + 9_488 * 0.12))
  }

  @Test("has no months without a bill")
  func noBill() {
    var exit = exit()
    exit.monthlyBill = .zero
    #expect(exit.months == nil)
  }

  @Test("loses the money down for the time to come, and hours that are owed")
  func contracts() {
    var book = PriceBook(id: "town", name: "Town")
    let from = CivilDate(year: 2010, month: 1, day: 1)
    func offer(_ id: String, isCommitted: Bool) -> ReservationOffer {
      ReservationOffer(
        id: id, instance: "desk", months: 12, upfront: .dollars(365), hourly: .dollars(0.01),
        isCommitted: isCommitted, offered: (from, nil), source: "Chosen: for a test")
    }
    book.reservations = [offer("light", isCommitted: false), offer("all", isCommitted: true)]
    let bought = Moment(year: 2011, month: 1, day: 1)
    let now = bought + .days(265)
    // A hundred days of 365 are left: $100 of the money down, and 2,400 h at a cent.
    #expect(book.remaining(of: [.init(offer: "light", bought: bought)], at: now) == .dollars(100))
    #expect(book.remaining(of: [.init(offer: "all", bought: bought)], at: now) == .dollars(124))
    #expect(
      book.remaining(of: [.init(offer: "all", bought: bought)], at: bought + .days(400)) == .zero)
  }
}
