import Quantities
import Testing

@testable import Cloud

/// Worked out by hand for a year of 8,766 hours at ten cents a kilowatt-hour, in a cloud of a thousand hosts,
/// whose effectiveness is 1.45 and whom five people look after.
@Suite struct GenerationCostsTests {
  private let cloud = OperatorCosts(
    hosts: 1_000, cores: 32, use: 0.5, hours: 8_766, powerUsageEffectiveness: 1.45,
    electricity: .dollars(0.10))
  private let new = Resources(cores: 32, memoryGB: 160, diskGB: 8_000, megabits: 10_000)

  private func generation(_ age: Int) -> HostGeneration {
    HostGeneration(ageYears: age, new: new, improvement: 0.2)
  }

  private func costs(_ age: Int, hosts: Double = 100, failures: Int = 7) -> GenerationCosts {
    var counted = GenerationTally()
    counted.failures = failures
    counted.hostSeconds = hosts * 8_766 * 3_600
    counted.coreSeconds = counted.hostSeconds * generation(age).capacity.cores / 2
    return GenerationCosts(generation(age), counted, of: cloud)
  }

  // A host cost $4,800 and draws 336 W, 224 half used: 22.4 kW for a hundred, 32.48 with the effectiveness.
  @Test("A year of a hundred hosts of two years, by cause")
  func byCause() throws {
    let byHand: [(String, Double)] = [
      ("hosts", 96_000), ("building and plant", 36_960), ("people", 42_500), ("repairs", 8_400),
      ("electricity", 28_471.968),
    ]
    let costs = costs(2)
    #expect(costs.items.map(\.0) == byHand.map(\.0))
    for (item, dollars) in zip(costs.items, byHand) {
      #expect(abs(item.1.dollars - dollars.1) < 0.01, "\(item)")
    }
    #expect(abs(costs.total.dollars - 212_331.968) < 0.01)
    // Half of 22 cores.
    let coreHours = 100.0 * 11 * 8_766
    #expect(abs(try #require(costs.coreHour) - 212_331.968 / coreHours) < 1e-9)
    let grown = (costs.whenFull - costs.total).dollars
    #expect(abs(grown - 14_235.984) < 0.01)
  }

  @Test("Hosts cost nothing but their keep once they are written off")
  func writtenOff() {
    #expect(costs(4).items[0].1 == .dollars(96_000))
    #expect(costs(5).items[0].1 == .zero)
    #expect(costs(5).items.dropFirst().allSatisfy { $0.1 > .zero })
  }

  @Test("New hosts that do not fail cost what a cloud of hosts that are alike costs")
  func alike() {
    #expect(abs(costs(0, hosts: 1_000, failures: 0).total.dollars - cloud.total.dollars) < 0.01)
    #expect(
      abs(costs(0, hosts: 1_000, failures: 0).whenFull.dollars - cloud.whenFull.dollars) < 0.01)
  }

  // 2,200 cores are 68.75 new hosts. 0.048 · 1.6 of a hundred fail, a repair is $1,200.
  @Test("The same cores on new hosts draw and fail less, and have to be paid")
  func replacement() {
    let replacement = HostReplacement(
      hosts: 100, old: generation(2), new: generation(0), failuresPerYear: 0.048,
      failureFactor: 1.6, use: 0.5, cloud: cloud)
    let (kept, replaced) = (replacement.kept, replacement.replaced)
    #expect(kept.hosts == 100 && replaced.hosts == 68.75)
    #expect(abs(kept.failures - 7.68) < 1e-9 && abs(replaced.failures - 3.3) < 1e-9)
    let byHand: [(HostReplacement.Year, [Double])] = [
      (kept, [0, 36_960, 9_216, 28_471.968]), (replaced, [66_000, 25_410, 3_960, 19_574.478]),
    ]
    for (side, byHand) in byHand {
      let found = [side.purchase, side.plant, side.repairs, side.electricity]
      for (money, dollars) in zip(found, byHand) { #expect(abs(money.dollars - dollars) < 0.01) }
      #expect(side.total == found.reduce(Money.zero, +))
    }
    #expect(replacement.price == .dollars(480_000))
    #expect(replacement.coresMore == 1_000)
  }
}
