import Quantities
import Randomness

/// What a cloud costs whoever runs it, by cause.
package struct OperatorCosts: Sendable {
  /// How many there are.
  package let hosts: Int
  /// How many cores each has.
  package let cores: Double
  /// The share of the cores that is used, 0 to 1.
  package let use: Double
  /// Over how many hours.
  package let hours: Double
  /// Watts at the meter for a watt in a host, over a year.
  package let powerUsageEffectiveness: Double
  /// What a kilowatt-hour costs.
  package let electricity: Money

  /// A cloud as given.
  package init(
    hosts: Int, cores: Double, use: Double, hours: Double, powerUsageEffectiveness: Double,
    electricity: Money
  ) {
    self.hosts = hosts
    self.cores = cores
    self.use = use
    self.hours = hours
    self.powerUsageEffectiveness = powerUsageEffectiveness
    self.electricity = electricity
  }

  /// What a host costs for each core, with its share of the network.
  ///
  /// `Chosen:` $150 a core, between the $225 of a server of 2012 and the $90 of one of 2024 in the course's
  /// catalog; written off in five years (annual reports of Amazon and Meta, 2022 to 2025: 4 to 6).
  package static let dollarsPerCore = 150.0
  package static let years = 5.0
  /// What a host draws for each core, idle and at full use, W.
  ///
  /// `Chosen:` a third idle, as machines of the 2010s.
  package static let wattsPerCore = (idle: 3.5, full: 10.5)
  /// What a watt of a hall costs to build, written off in ten years.
  ///
  /// - Source: Hennessy, Patterson, "Computer Architecture", 5th edition, section 6.4: $88 million for 8 MW.
  package static let dollarsPerWatt = 11.0
  package static let plantYears = 10.0
  /// How many hosts one person looks after, and what a person costs a year.
  ///
  /// `Chosen:` one for a thousand where there are many, and never fewer than five, so that somebody is there
  /// around the clock; $85,000 as Hennessy and Patterson have it.
  static let hostsPerPerson = 1_000.0
  static let peopleLeast = 5.0
  package static let dollarsPerPerson = 85_000.0

  /// How many factors of ten there are from 100 hosts, up to 100,000.
  var decades: Double {
    Portable.log(max(100, min(100_000, Double(hosts))) / 100) / Portable.log(10)
  }

  static let hoursPerYear = 8_766.0
  private var year: Double { hours / OperatorCosts.hoursPerYear }
  /// How many people look after them.
  package var people: Double {
    max(OperatorCosts.peopleLeast, Double(hosts) / OperatorCosts.hostsPerPerson)
  }

  private func energy(use: Double) -> Money {
    let watts = OperatorCosts.wattsPerCore
    let each = watts.idle + (watts.full - watts.idle) * use
    let kilowattHours = each * cores * Double(hosts) / 1_000 * hours * powerUsageEffectiveness
    return .dollars(kilowattHours * electricity.dollars)
  }

  private var fixed: [(String, Money)] {
    let coreCount = cores * Double(hosts)
    let plant = coreCount * OperatorCosts.wattsPerCore.full * OperatorCosts.dollarsPerWatt
    return [
      ("hosts", .dollars(coreCount * OperatorCosts.dollarsPerCore * year / OperatorCosts.years)),
      ("building and plant", .dollars(plant * year / OperatorCosts.plantYears)),
      ("people", .dollars(people * OperatorCosts.dollarsPerPerson * year)),
    ]
  }

  /// By cause.
  package var items: [(String, Money)] { fixed + [("electricity", energy(use: use))] }
  /// All of it.
  package var total: Money { items.reduce(.zero) { $0 + $1.1 } }
  /// All of it if every core were used.
  package var whenFull: Money { fixed.reduce(energy(use: 1)) { $0 + $1.1 } }
}
