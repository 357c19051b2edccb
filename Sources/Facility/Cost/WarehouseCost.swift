import Quantities

/// What a warehouse of computers costs a month: what was bought, as loans over its life, the
/// electricity, and the people.
package struct WarehouseCost: Hashable, Sendable, Codable {
  /// What a line of the monthly bill is for.
  package enum Item: String, Hashable, Sendable, Codable, CaseIterable {
    case servers, powerAndCooling, power, network, building, people

    /// What it is called in words.
    package var words: String {
      switch self {
      case .servers: "servers"
      case .powerAndCooling: "power and cooling plant"
      case .power: "electricity"
      case .network: "network"
      case .building: "building and the rest"
      case .people: "people"
      }
    }
  }

  /// A line of the bill.
  package struct Line: Hashable, Sendable, Codable {
    /// What it is for.
    package var item: Item
    /// The amount a month, rounded once.
    package var monthly: Money
  }

  /// How much the computers may draw.
  package var criticalPower: Power
  /// The share of it that they draw on average.
  package var load: Double
  /// What the building takes for each watt of theirs.
  package var powerUsageEffectiveness: Double
  /// The price of a kilowatt-hour in dollars.
  package var dollarsPerKilowattHour: Double
  /// What the building cost with its plant.
  package var facility: Money
  /// The share of that for power and cooling.
  package var plantShare: Double
  /// How many servers there are.
  package var servers: Int
  /// What one of them cost.
  package var serverPrice: Money
  /// What the network cost.
  package var network: Money
  /// The rate at which money is borrowed, a year.
  package var annualRate: Double
  /// Over how many months the building is paid.
  package var facilityMonths: Int
  /// Over how many months the servers are paid.
  package var serverMonths: Int
  /// Over how many months the network is paid.
  package var networkMonths: Int
  /// What people cost a month.
  package var people: Money

  /// The hours of an average month: a twelfth of 8,766.
  package static let hoursInMonth = 730.5
}

extension WarehouseCost {
  /// The lines of a month, largest first in the published example.
  package var lines: [Line] {
    let plant = Money.dollars(facility.dollars * plantShare)
    return [
      Line(item: .servers, monthly: payment(serverPrice * servers, serverMonths)),
      Line(item: .powerAndCooling, monthly: payment(plant, facilityMonths)),
      Line(item: .power, monthly: .dollars(monthlyEnergy.kilowattHours * dollarsPerKilowattHour)),
      Line(item: .network, monthly: payment(network, networkMonths)),
      Line(item: .building, monthly: payment(facility - plant, facilityMonths)),
      Line(item: .people, monthly: people),
    ]
  }

  /// The sum of the lines.
  package var monthly: Money { lines.reduce(Money.zero) { $0 + $1.monthly } }

  /// The electricity of a month, of the computers and of all around them.
  package var monthlyEnergy: Energy {
    .kilowattHours(
      criticalPower.kilowatts * load * powerUsageEffectiveness * Self.hoursInMonth)
  }

  /// The share of the bill that a line is.
  package func share(of item: Item) -> Double {
    lines.reduce(0) { $0 + ($1.item == item ? $1.monthly.dollars : 0) } / monthly.dollars
  }

  private func payment(_ amount: Money, _ months: Int) -> Money {
    Loan(principal: amount, annualRate: annualRate, months: months).payment
  }

  /// The published example of a warehouse of 8 MW.
  /// - Source: Hennessy, Patterson, "Computer Architecture: A Quantitative Approach", 5th edition,
  ///   2012, section 6.4 (case study of total cost of ownership, after Hamilton, 2010): prices of
  ///   2010, $3.8 million a month.
  package static let hennessyPatterson = WarehouseCost(
    criticalPower: .kilowatts(8_000), load: 0.8, powerUsageEffectiveness: 1.45,
    dollarsPerKilowattHour: 0.07,
    facility: .dollars(88e6), plantShare: 0.82, servers: 45_978, serverPrice: .dollars(1_450),
    network: .dollars(12.81e6), annualRate: 0.05, facilityMonths: 120, serverMonths: 36,
    networkMonths: 48, people: .dollars(85_000))
}
