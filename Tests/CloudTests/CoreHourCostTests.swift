import Quantities
import Randomness
import Testing

@testable import Cloud

@Suite("Why an hour is cheap")
struct CoreHourCostTests {
  // Price times quantity from 2 · 3 to 5 · 7. Quantity first: (5 − 2) · 3, then 5 · (7 − 3); price first:
  // 2 · (7 − 3), then (5 − 2) · 7. The averages are 15 and 14 of 29.
  @Test("Two causes share as the hand has it")
  func byHand() {
    let parts = ShapleyValue.parts(of: 2) { set in
      (set & 1 != 0 ? 5.0 : 2) * (set & 2 != 0 ? 7.0 : 3)
    }
    #expect(parts == [15, 14])
  }

  // The glove game: one has a left glove, two have a right one each, and a pair is worth 1. Shapley's values
  // are 4/6, 1/6 and 1/6.
  @Test("Three causes share as in the glove game")
  func gloves() {
    let parts = ShapleyValue.parts(of: 3) { $0 & 1 != 0 && $0 & 6 != 0 ? 1 : 0 }
    for (part, known) in zip(parts, [4.0 / 6, 1.0 / 6, 1.0 / 6]) {
      #expect(abs(part - known) < 1e-15)
    }
  }

  @Test("Parts add up, alike causes get alike parts, and who does nothing gets nothing")
  func laws() {
    let draws = RandomStream(seed: 1, name: "shapley").entity(0)
    for causes in 1...7 {
      // Causes 0 and 1 do the same; the last, where there are more, does nothing.
      func worth(_ set: Int) -> Double {
        let twins = (set & 1) + (set >> 1 & 1)
        let others = set >> 2 & ~(causes > 2 ? 1 << (causes - 3) : 0)
        return draws.uniform(100 * causes + 3 * others + twins)
      }
      let parts = ShapleyValue.parts(of: causes, value: worth)
      let whole = worth((1 << causes) - 1) - worth(0)
      #expect(abs(parts.reduce(0, +) - whole) < 1e-12)
      if causes > 1 { #expect(abs(parts[0] - parts[1]) < 1e-12) }
      if causes > 2 { #expect(abs(parts[causes - 1]) < 1e-12) }
    }
    #expect(ShapleyValue.parts(of: 0) { _ in 1 }.isEmpty)
  }

  @Test("An hour of a core costs what all of it costs over the hours that are used")
  func asTotal() throws {
    for (hosts, use) in [(100, 0.2), (1_000, 0.6), (20_000, 0.9)] {
      let costs = OperatorCosts(
        hosts: hosts, cores: 32, use: use, hours: 720, powerUsageEffectiveness: 1.45,
        electricity: .dollars(0.07))
      let hour = try #require(costs.coreHour(sold: use)).dollars
      let used = Double(hosts) * 32 * use * 720
      #expect(abs(hour - costs.total.dollars / used) < 1e-9)
    }
  }

  // 100 hosts, 20 % in use, 1.6, a person for 4,480 cores, beside 100,000 hosts of $150 a core that bought 30 %
  // cheaper; a year of 8,766 hours, electricity at ten cents.
  @Test("A small room costs what the hand has")
  func smallRoom() throws {
    let costs = OperatorCosts(
      hosts: 100_000, cores: 32, use: 0.6, hours: 8_766, powerUsageEffectiveness: 1.45,
      electricity: .dollars(0.10))
    let host = 150 / 0.7 / 5
    let plant = 10.5 * 11 / 10
    let people = 85_000 / (32 * 140.0)
    let energy = (3.5 + 7 * 0.2) / 1_000 * 1.6 * 0.10
    let byHand = ((host + plant + people) / 8_766 + energy) / 0.2
    #expect(abs(costs.smallRoom(effectiveness: 1.6).dollars - byHand) < 1e-12)
  }

  @Test(
    "Savings add up to the difference, and alike clouds save nothing",
    arguments: [100, 1_000, 100_000])
  func savings(hosts: Int) throws {
    let costs = OperatorCosts(
      hosts: hosts, cores: 32, use: 0.6, hours: 720, powerUsageEffectiveness: 1.45,
      electricity: .dollars(0.07))
    let here = try #require(costs.coreHour(sold: 0.6))
    let room = costs.smallRoom(effectiveness: hosts == 100 ? 1.45 : 1.6)
    let savings = room.savings(of: here)
    #expect(savings.map { $0.cause } == CoreHourCost.Cause.allCases)
    let sum = savings.reduce(0) { $0 + $1.dollars }
    #expect(abs(sum - (room.dollars - here.dollars)) < 1e-12)
    #expect(room.savings(of: room).allSatisfy { abs($0.dollars) < 1e-15 })
    // What is the same in both saves nothing.
    if hosts == 100 {
      for cause in [CoreHourCost.Cause.powerUsageEffectiveness, .purchase] {
        let part = try #require(savings.first { $0.cause == cause })
        #expect(abs(part.dollars) < 1e-12)
      }
    }
    #expect(savings[0].dollars > 0)
  }
}
