import Quantities
import Testing

@testable import Cloud

/// Worked out by hand from the constants beside their sources, for a year of 8,766 hours at ten cents a
/// kilowatt-hour.
@Suite struct OperatorCostsTests {
  private func costs(hosts: Int, use: Double = 0.5) -> OperatorCosts {
    OperatorCosts(
      hosts: hosts, cores: 32, use: use, hours: 8_766, powerUsageEffectiveness: 1.45,
      electricity: .dollars(0.10))
  }

  @Test("A year of a thousand hosts, by cause")
  func byCause() {
    // 32,000 cores: at $150 over 5 years; 10.5 W at $11 over 10; five people; 7 W half used, times 1.45,
    // is 324.8 kW.
    let byHand = [
      ("hosts", 960_000.0), ("building and plant", 369_600), ("people", 425_000),
      ("electricity", 284_719.68),
    ]
    let items = costs(hosts: 1_000).items
    #expect(items.map(\.0) == byHand.map(\.0))
    for (item, dollars) in zip(items, byHand) {
      #expect(abs(item.1.dollars - dollars.1) < 0.01, "\(item)")
    }
    #expect(abs(costs(hosts: 1_000).total.dollars - 2_039_319.68) < 0.01)
  }

  @Test("With every core used only electricity grows")
  func whenFull() {
    let grown = costs(hosts: 1_000).whenFull - costs(hosts: 1_000).total
    #expect(abs(grown.dollars - 284_719.68 / 2) < 0.01)
    #expect(costs(hosts: 1_000, use: 1).total == costs(hosts: 1_000).whenFull)
  }

  @Test("People are paid by the thousand hosts, and five at the least")
  func people() {
    let wages = [10, 5_000, 10_000].map { costs(hosts: $0).items[2].1.dollars }
    #expect(wages == [425_000, 425_000, 850_000])
  }
}
