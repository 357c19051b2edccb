import Quantities

/// What the hosts of one year cost whoever runs a cloud, by cause.
///
/// The sums are those of `OperatorCosts`, with the price, the watts and the age of these hosts.
package struct GenerationCosts: Sendable {
  /// Which hosts.
  package let generation: HostGeneration
  /// How many hours they were there, one added to the other.
  package let hostHours: Double
  /// How many hours of cores were in use on them.
  package let coreHours: Double
  /// How many of them failed.
  package let failures: Int
  /// The cloud that they are a part of.
  package let cloud: OperatorCosts

  /// Costs of these hosts.
  package init(_ generation: HostGeneration, _ counted: GenerationTally, of cloud: OperatorCosts) {
    self.generation = generation
    hostHours = counted.hostSeconds / 3_600
    coreHours = counted.coreSeconds / 3_600
    failures = counted.failures
    self.cloud = cloud
  }

  /// What a repair costs, as a share of a new host.
  ///
  /// `Chosen:` a quarter, parts and hands.
  package static let repairShare = 0.25

  private var coresThere: Double { hostHours * generation.capacity.cores }
  /// The share of their cores that is used; above 1 where cores are sold twice.
  package var use: Double { coresThere > 0 ? coreHours / coresThere : 0 }
  private var hostPrice: Double { generation.dollarsPerCore * generation.capacity.cores }

  private func electricity(use: Double) -> Money {
    let watts = generation.wattsPerCore
    let each = watts.idle + (watts.full - watts.idle) * min(1, use)
    let kilowattHours = each * coresThere / 1_000 * cloud.powerUsageEffectiveness
    return .dollars(kilowattHours * cloud.electricity.dollars)
  }

  /// Hosts are written off over some years, and cost nothing more from then on.
  private var fixed: [(String, Money)] {
    let years = hostHours / OperatorCosts.hoursPerYear
    let isOpen = Double(generation.ageYears) < OperatorCosts.years
    let plant =
      generation.wattsPerCore.full * generation.capacity.cores * OperatorCosts.dollarsPerWatt
    let peoplePerHost = cloud.people / Double(cloud.hosts) * OperatorCosts.dollarsPerPerson
    return [
      ("hosts", .dollars(isOpen ? hostPrice * years / OperatorCosts.years : 0)),
      ("building and plant", .dollars(plant * years / OperatorCosts.plantYears)),
      ("people", .dollars(peoplePerHost * years)),
      ("repairs", .dollars(Double(failures) * hostPrice * GenerationCosts.repairShare)),
    ]
  }

  /// By cause.
  package var items: [(String, Money)] { fixed + [("electricity", electricity(use: use))] }
  /// All of it.
  package var total: Money { items.reduce(.zero) { $0 + $1.1 } }
  /// All of it if every core were used.
  package var whenFull: Money { fixed.reduce(electricity(use: 1)) { $0 + $1.1 } }
  /// What an hour of a core that was used cost, dollars; nil if none was.
  package var coreHour: Double? { coreHours > 0 ? total.dollars / coreHours : nil }
}
