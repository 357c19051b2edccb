import Quantities

/// What an hour of a core that is used costs, by what makes it cheap or dear.
///
/// The sums are those of `OperatorCosts`, divided through by the core-hours that are used.
package struct CoreHourCost: Hashable, Sendable {
  /// The share of the cores that is used; above 1 where cores are sold twice.
  package var use: Double
  /// Watts at the meter for a watt in a host.
  package var powerUsageEffectiveness: Double
  /// How many cores one person looks after.
  package var coresPerPerson: Double
  /// What a host costs for each core.
  package var dollarsPerCore: Double
  /// What a kilowatt-hour costs.
  package var electricity: Money

  /// What may differ between a small room and a large cloud.
  package enum Cause: String, CaseIterable, Hashable, Sendable {
    case use
    case powerUsageEffectiveness = "effectiveness"
    case people
    case purchase
  }

  /// What the hour costs, dollars.
  package var dollars: Double {
    let hour = 1 / OperatorCosts.hoursPerYear
    let watts = OperatorCosts.wattsPerCore
    let drawn = watts.idle + (watts.full - watts.idle) * min(1, use)
    let host = dollarsPerCore / OperatorCosts.years
    let plant = watts.full * OperatorCosts.dollarsPerWatt / OperatorCosts.plantYears
    let people = OperatorCosts.dollarsPerPerson / coresPerPerson
    let energy = drawn / 1_000 * powerUsageEffectiveness * electricity.dollars
    return ((host + plant + people) * hour + energy) / use
  }

  /// The same with some of what another has.
  func with(_ causes: (Cause) -> Bool, of other: CoreHourCost) -> CoreHourCost {
    var mixed = self
    for cause in Cause.allCases where causes(cause) {
      switch cause {
      case .use: mixed.use = other.use
      case .powerUsageEffectiveness:
        mixed.powerUsageEffectiveness = other.powerUsageEffectiveness
      case .people: mixed.coresPerPerson = other.coresPerPerson
      case .purchase: mixed.dollarsPerCore = other.dollarsPerCore
      }
    }
    return mixed
  }

  /// How much less another costs, cause by cause, dollars; negative where it is the dearer.
  package func savings(of other: CoreHourCost) -> [(cause: Cause, dollars: Double)] {
    let causes = Cause.allCases
    let parts = ShapleyValue.parts(of: causes.count) { set in
      -with(
        { cause in causes.firstIndex(of: cause).map { set & (1 << $0) != 0 } ?? false }, of: other
      )
      .dollars
    }
    return Array(zip(causes, parts)).map { (cause: $0.0, dollars: $0.1) }
  }
}

extension OperatorCosts {
  /// What an hour of a core costs here; nil if none is used.
  /// - Parameter sold: the share of the cores that is paid for; above 1 where cores are sold twice.
  package func coreHour(sold: Double) -> CoreHourCost? {
    guard sold > 0 else { return nil }
    return CoreHourCost(
      use: sold, powerUsageEffectiveness: powerUsageEffectiveness,
      coresPerPerson: cores * Double(hosts) / people,
      dollarsPerCore: OperatorCosts.dollarsPerCore, electricity: electricity)
  }

  /// A company's own room, which a cloud is held against.
  ///
  /// - Source: cores in use: Lawrence Berkeley National Laboratory, "2024 United States Data Center Energy Usage
  ///   Report", servers of small and internal rooms: 11 % in 2014, on the way to 20 % in 2027. `Chosen:` 140
  ///   servers to a person, as remembered of the table of economies of scale in Armbrust et al., "Above the
  ///   Clouds", 2009.
  package static let smallRoom = (hosts: 100, use: 0.2, hostsPerPerson: 140.0)

  /// What an hour of a core costs in a company's own room that pays the same for electricity.
  ///
  /// It buys few hosts at a time, so it pays more for each than this cloud does.
  /// - Parameter effectiveness: watts at its meter for a watt in a host, over a year.
  package func smallRoom(effectiveness: Double) -> CoreHourCost {
    let room = OperatorCosts.smallRoom
    let small = OperatorCosts(
      hosts: room.hosts, cores: cores, use: room.use, hours: hours,
      powerUsageEffectiveness: effectiveness, electricity: electricity)
    return CoreHourCost(
      use: room.use, powerUsageEffectiveness: effectiveness,
      coresPerPerson: cores * room.hostsPerPerson,
      dollarsPerCore: OperatorCosts.dollarsPerCore * (1 - small.discount) / (1 - discount),
      electricity: electricity)
  }

  /// What is taken off the price of hosts for the number that is bought.
  ///
  /// `Chosen:` a tenth for each factor of ten from 100 to 100,000 hosts. That large buyers pay less is one of
  /// the economies of supply in Harms, Yamartino, "The Economics of the Cloud", 2010; no survey of how much
  /// was found.
  var discount: Double { 0.1 * decades }
}
