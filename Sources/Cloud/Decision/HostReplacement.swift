import Quantities

/// What a year of the same work costs with the oldest hosts and with new ones in their places.
///
/// What the old ones once cost is gone either way, so it counts on neither side. Left out are people, who are
/// there for the whole cloud, and the work of moving.
package struct HostReplacement: Sendable {
  /// The oldest hosts, and how many went.
  package let old: HostGeneration
  package let hosts: Int
  /// The new ones.
  package let new: HostGeneration
  /// How often a new host fails a year, and how much more often the old ones do.
  package let failuresPerYear: Double
  package let failureFactor: Double
  /// The share of the cores that is used.
  package let use: Double
  /// The cloud that they are a part of.
  package let cloud: OperatorCosts

  /// A comparison of these.
  package init(
    hosts: Int, old: HostGeneration, new: HostGeneration, failuresPerYear: Double,
    failureFactor: Double, use: Double, cloud: OperatorCosts
  ) {
    self.hosts = hosts
    self.old = old
    self.new = new
    self.failuresPerYear = failuresPerYear
    self.failureFactor = failureFactor
    self.use = use
    self.cloud = cloud
  }

  /// What one side costs a year.
  package struct Year: Sendable {
    /// How many hosts do the work.
    package let hosts: Double
    /// How many of them fail.
    package let failures: Double
    /// What new hosts cost, written off; what their place costs, their repairs, and their electricity.
    package let purchase: Money
    package let plant: Money
    package let repairs: Money
    package let electricity: Money

    /// All of it.
    package var total: Money { purchase + plant + repairs + electricity }
  }

  private func year(
    of generation: HostGeneration, hosts: Double, factor: Double, isPaid: Bool
  ) -> Year {
    let cores = hosts * generation.capacity.cores
    let price = generation.dollarsPerCore * generation.capacity.cores
    let watts = generation.wattsPerCore
    let drawn = watts.idle + (watts.full - watts.idle) * min(1, use)
    let kilowattHours =
      drawn * cores / 1_000 * OperatorCosts.hoursPerYear * cloud.powerUsageEffectiveness
    let failures = hosts * failuresPerYear * factor
    return Year(
      hosts: hosts, failures: failures,
      purchase: isPaid ? .dollars(hosts * price / OperatorCosts.years) : .zero,
      plant: .dollars(
        watts.full * cores * OperatorCosts.dollarsPerWatt / OperatorCosts.plantYears),
      repairs: .dollars(failures * price * GenerationCosts.repairShare),
      electricity: .dollars(kilowattHours * cloud.electricity.dollars))
  }

  /// A year with the old hosts.
  package var kept: Year {
    year(of: old, hosts: Double(hosts), factor: failureFactor, isPaid: false)
  }

  /// A year with as many new hosts as have the cores of the old ones.
  package var replaced: Year {
    let needed = Double(hosts) * old.capacity.cores / new.capacity.cores
    return year(of: new, hosts: needed, factor: 1, isPaid: true)
  }

  /// What the new hosts cost that were put in, as many as went.
  package var price: Money {
    .dollars(Double(hosts) * new.dollarsPerCore * new.capacity.cores)
  }

  /// How many cores more there are with them.
  package var coresMore: Double {
    Double(hosts) * (new.capacity.cores - old.capacity.cores)
  }
}
