import Cloud
import Facility
import Quantities
import Reports

// At which age hosts should be replaced, where it is asked for.
extension OfferPage {
  /// How much more a host a year younger does for its price and its watts.
  ///
  /// `Chosen:` 20 %, the lower end of what hardware gained a year up to 2014 (Urs Hölzle, Google, in March 2014:
  /// 20 to 30 %).
  static let usualImprovement = 0.2
  private static let lives = 3...8
  /// What money costs a year.
  ///
  /// `Chosen:` 7 %, between a loan and what owners expect.
  private static let annualRate = 0.07

  /// A host of this cloud, as `refresh` looks at one's own machines.
  private var plan: HardwareRefresh {
    let cores = parameters.capacity.cores
    let watts = OperatorCosts.wattsPerCore
    let power = Power(
      watts: cores * (watts.idle + (watts.full - watts.idle) * min(1, usedShare)))
    let price = cores * OperatorCosts.dollarsPerCore
    let plant =
      cores * watts.full * OperatorCosts.dollarsPerWatt / OperatorCosts.plantYears / 12
    let people = costs.people * OperatorCosts.dollarsPerPerson / Double(parameters.hosts) / 12
    let repairs = parameters.failuresPerYear * price * GenerationCosts.repairShare / 12
    return HardwareRefresh(
      machines: 1, power: power, upkeep: .dollars(repairs),
      upkeepGrowth: HardwareRefresh.usualUpkeepGrowth, price: .dollars(price), newPower: power,
      newUpkeep: .dollars(repairs),
      yearlyImprovement: improvement, powerUsageEffectiveness: costs.powerUsageEffectiveness,
      dollarsPerKilowattHour: electricity.dollars, annualRate: OfferPage.annualRate,
      months: 60, place: .dollars(plant + people))
  }

  /// What an hour of the work of a new core costs, with hosts replaced at an age; dollars.
  private func workHour(_ years: Int) -> Double? {
    guard usedShare > 0 else { return nil }
    return plan.costOfWork(lifeYears: years).dollars
      / (WarehouseCost.hoursInMonth * parameters.capacity.cores * usedShare)
  }

  private var costsByLife: [(years: Int, dollars: Double)] {
    OfferPage.lives.compactMap { years in workHour(years).map { (years, $0) } }
  }

  var refreshBlocks: [Block] {
    guard let chosen = refreshYears,
      let best = costsByLife.min(by: { $0.dollars < $1.dollars })
    else { return [] }
    let rows: [[Table.Cell]] = costsByLife.map { years, dollars in
      [
        .words("\(years) years\(years == chosen ? ", yours" : "")"),
        .words(QuantityText.fixed(dollars * 100, 2)),
        .value(.share(dollars / best.dollars - 1)),
      ]
    }
    return [
      .table(
        Table(
          key: "offer.refresh",
          columns: [.init("hosts replaced after"), .init("cents"), .init("more than best")],
          rows: rows)),
      .paragraph(
        "That is an hour of the work that a new core does, in a cloud whose hosts are of all ages up to that. "
          + "Each year brings \(FactValue.share(improvement).text) more for the price and the watts: young "
          + "hosts cost payments, old ones power, place and repairs. Providers wrote off over 3 years at "
          + "first, then over 4 to 6."),
    ]
  }

  var refreshFacts: [Fact] {
    let none = FactValue.undefined("it was not asked for; add refresh=5")
    guard let years = refreshYears else {
      return [fact("refresh.core-hour", none), fact("refresh.best", none)]
    }
    let nothing = FactValue.undefined("nothing was used")
    return [
      fact("refresh.core-hour", workHour(years).map { number($0 * 100) } ?? nothing),
      fact(
        "refresh.best",
        costsByLife.min { $0.dollars < $1.dollars }.map { .count($0.years) } ?? nothing),
    ]
  }
}
