import Quantities
import Testing

@testable import Cloud

@Suite("Own or rent")
struct OwnOrRentTests {
  // 10 cents an hour is $876 a year; a machine of one's own costs $438: owning pays from half of the hours.
  private let choice = OwnOrRent(
    ownYearly: .dollars(438), rentedForOne: 1, hourly: .dollars(0.10), target: 1)

  @Test("costs what a hand comes to, for work that never stops")
  func steady() {
    let costs = choice.costs(of: OwnOrRent.year(mean: 50, busy: 1))
    #expect(costs.owned == 50)
    #expect(costs.own == .dollars(21_900))
    #expect(abs(costs.rent.dollars / 43_800 - 1) < 0.01)
  }

  @Test("costs what a hand comes to, for work in one hour of twenty")
  func spiky() {
    // A thousand machines for an hour in twenty, or 438 hours of them.
    let costs = choice.costs(of: OwnOrRent.year(mean: 50, busy: 0.05))
    #expect(costs.owned == 1_000)
    #expect(costs.own == .dollars(438_000))
    #expect(abs(costs.rent.dollars / 43_800 - 1) < 0.01)
  }

  @Test("flips at the share that the costs say, found by trying", arguments: [0.2, 0.5, 0.8])
  func breakEven(share: Double) throws {
    var choice = choice
    choice.ownYearly = .dollars(876 * share)
    #expect(abs(choice.breakEven - share) < 1e-9)
    let found = try #require(choice.breakEvenByTrying(mean: 500))
    #expect(abs(found / share - 1) < 0.01)
    func own(_ busy: Double) -> Bool {
      let costs = choice.costs(of: OwnOrRent.year(mean: 500, busy: busy))
      return costs.own < costs.rent
    }
    #expect(own(found * 1.05) && !own(found * 0.95))
  }

  @Test("never pays to own what costs more than renting it all year")
  func never() {
    var choice = choice
    choice.ownYearly = .dollars(900)
    #expect(choice.breakEvenByTrying(mean: 100) == nil)
    #expect(choice.breakEven > 1)
  }

  @Test("has as many busy hours as its share says", arguments: [0.01, 0.05, 0.3, 0.77, 1])
  func shares(busy: Double) {
    let year = OwnOrRent.year(mean: 10, busy: busy)
    let count = Double(year.count { $0 > 0 })
    let mean = year.reduce(0, +) / 8_760
    #expect(abs(count - 8_760 * busy) <= 1)
    #expect(abs(mean / 10 - 1) < 0.02)
  }
}
