import Quantities
import Testing

@testable import Cloud

@Suite("A startup's money")
struct RunwayTests {
  private func startup(growth: Double = 0, hope: Double = 0) -> Runway {
    Runway(
      cash: .dollars(100_000), revenue: .dollars(1_000), spending: .dollars(9_000), growth: growth,
      hope: hope, machines: 4, price: .dollars(3_000), upkeep: .dollars(50), lead: 2, ahead: 12,
      resale: 0.4, rent: .dollars(250))
  }

  // Owning: four machines for $12,000, then 9,000 + 4 · 50 − 1,000 a month: 88,000 / 8,200.
  // Renting: 9,000 + 4 · 250 − 1,000 a month: 100,000 / 9,000.
  @Test("lasts for cash over what goes out, where nothing grows")
  func closedForm() throws {
    let own = try #require(startup().own(months: 60).dry)
    let rented = try #require(startup().rented(months: 60).dry)
    #expect(abs(own - 88_000.0 / 8_200) < 1e-6)
    #expect(abs(rented - 100_000.0 / 9_000) < 1e-6)
  }

  @Test("never runs dry where more comes in than goes out")
  func profitable() {
    var startup = startup()
    startup.revenue = .dollars(12_000)
    let course = startup.own(months: 36)
    #expect(course.dry == nil)
    #expect(course.cash.count == 37)
    // 88,000 and 36 times 12,000 − 9,200.
    #expect(course.cash[36] == .dollars(88_000 + 36 * 2_800))
  }

  // In the first month three months on, hope has 4 · 1.2³ = 6.9 machines; the 5.76 of two months, six, are there;
  // so it orders for 14 months: 4 · 1.2¹⁴ = 51.36, 46 new ones. A month's 9,000 kept, the $82,000 left buy 24 of
  // them. The month ends with 1,700; the next one lacks 8,300, less 2,400 for two idle ones.
  @Test("sinks its money into machines for a growth that does not come")
  func hopeful() throws {
    let startup = startup(hope: 0.2)
    let own = try #require(startup.own(months: 60).dry)
    let rented = try #require(startup.rented(months: 60).dry)
    #expect(abs(own - (1 + 1_700.0 / 5_900)) < 1e-6)
    #expect(abs(rented - 100_000.0 / 9_000) < 1e-6)
  }

  @Test("rents what it needs, month by month")
  func need() {
    let course = startup(growth: 0.5).rented(months: 4)
    // 4, 6, 9, 13.5.
    #expect(course.machines == [4, 6, 9, 14])
    #expect(course.served.allSatisfy { $0 == 1 })
  }

  @Test("serves a part only where it grows faster than it hoped, until machines come")
  func surprise() {
    var startup = startup(growth: 0.5)
    startup.cash = .dollars(10_000_000)
    let course = startup.own(months: 6)
    // Ordered when the need is seen, and there two months later.
    #expect(course.served[0] == 1)
    #expect(abs(course.served[1] - 4.0 / 6) < 1e-12)
    #expect(course.served.allSatisfy { $0 > 0.3 && $0 <= 1 })
  }

  // $40,000 less eleven machines, 4 · 1.6² = 10.24, leave 7,000, too little for more. The first month ends 1,550
  // short: seven idle ones bring 8,400. The 6,850 left meet 8,200 in the next month.
  @Test("sells what stands idle before it goes under")
  func resale() throws {
    var startup = startup(hope: 0.6)
    startup.cash = .dollars(40_000)
    let dry = try #require(startup.own(months: 60).dry)
    #expect(abs(dry - (1 + 6_850.0 / 8_200)) < 1e-6)
    startup.resale = 0
    let without = try #require(startup.own(months: 60).dry)
    #expect(abs(without - 7_000.0 / 8_550) < 1e-6)
  }

  @Test("has no money to begin with if the first machines cost more than there is")
  func tooPoor() {
    var startup = startup()
    startup.cash = .dollars(11_999)
    #expect(startup.own(months: 12).dry == 0)
  }
}
