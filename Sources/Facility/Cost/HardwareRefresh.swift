import Quantities
import Randomness

/// When it pays to replace machines that still run by new ones that do more for the watt.
///
/// Compares money by the month for the same work: to keep the old machines costs their electricity,
/// their repairs and their place; to replace them costs the payments for fewer new ones and theirs.
/// What the old ones once cost is gone either way. It leaves out what they can be sold for, the work
/// of moving, and carbon.
package struct HardwareRefresh: Hashable, Sendable, Codable {
  /// How many old machines do the work now.
  package var machines: Int
  /// What an old machine draws on average.
  package var power: Power
  /// What an old machine costs a month beside electricity, in its first: place and repairs.
  package var upkeep: Money
  /// By what share upkeep rises with every year of age, as parts wear out.
  package var upkeepGrowth: Double
  /// What a new machine costs.
  package var price: Money
  /// What a new machine draws on average.
  package var newPower: Power
  /// What a new machine costs a month beside electricity.
  package var newUpkeep: Money
  /// How much more a machine bought a year later does for its price and its watts: 0.2 for 20 %.
  package var yearlyImprovement: Double
  /// The building's power usage effectiveness.
  package var powerUsageEffectiveness: Double
  /// The price of a kilowatt-hour in dollars.
  package var dollarsPerKilowattHour: Double
  /// The rate at which money is borrowed, a year.
  package var annualRate: Double
  /// Over how many months new machines are paid.
  package var months: Int
  /// What the place of a machine, old or new, costs a month beside its upkeep, which grows with age.
  package var place: Money

  /// A comparison of these.
  package init(
    machines: Int, power: Power, upkeep: Money, upkeepGrowth: Double, price: Money, newPower: Power,
    newUpkeep: Money, yearlyImprovement: Double, powerUsageEffectiveness: Double,
    dollarsPerKilowattHour: Double, annualRate: Double, months: Int, place: Money = .zero
  ) {
    self.machines = machines
    self.power = power
    self.upkeep = upkeep
    self.upkeepGrowth = upkeepGrowth
    self.price = price
    self.newPower = newPower
    self.newUpkeep = newUpkeep
    self.yearlyImprovement = yearlyImprovement
    self.powerUsageEffectiveness = powerUsageEffectiveness
    self.dollarsPerKilowattHour = dollarsPerKilowattHour
    self.annualRate = annualRate
    self.months = months
    self.place = place
  }
}

extension HardwareRefresh {
  /// By what share of a new machine's the repairs of a machine rise with every year of its age.
  ///
  /// `Chosen:` three tenths, as parts wear out: that rates rise with age is known (Schroeder, Gibson, "Disk
  /// Failures in the Real World", FAST 2007), the one number for whole machines is ours.
  package static let usualUpkeepGrowth = 0.3

  /// What it costs a month to keep the old machines at an age.
  package func keeping(ageMonths: Int) -> Money {
    .dollars(Double(machines) * running(ageMonths: ageMonths))
  }

  /// What one old machine costs a month at an age, dollars: upkeep, place and electricity.
  private func running(ageMonths: Int) -> Double {
    upkeep.dollars * (1 + upkeepGrowth * Double(ageMonths) / 12) + place.dollars
      + electricity(power)
  }

  /// What the work of one new machine costs a month in a fleet whose machines are replaced at an age, and
  /// which therefore has machines of all ages up to it.
  ///
  /// Each is paid over its life. One of an age does as much less than a new one as improvement has it, so
  /// old machines raise the cost by what they run on and lower it by what they need not be paid.
  package func costOfWork(lifeYears: Int) -> Money {
    let months = lifeYears * 12
    let payment = Loan(principal: price, annualRate: annualRate, months: months).payment.dollars
    var cost = 0.0
    var work = 0.0
    for age in 0..<months {
      cost += payment + running(ageMonths: age)
      work += Portable.pow(1 + yearlyImprovement, -Double(age) / 12)
    }
    return .dollars(cost / work)
  }

  /// How many new machines do the work of the old ones at their age.
  package func newMachines(ageMonths: Int) -> Int {
    // Compound by the month, so that no year's end is a jump.
    let yearly = 1 + yearlyImprovement
    let needed = Double(machines) / Portable.pow(yearly, Double(ageMonths) / 12)
    let whole = Int(needed)
    return max(1, Double(whole) < needed ? whole + 1 : whole)
  }

  /// What it costs a month to have replaced them at an age.
  package func replacing(ageMonths: Int) -> Money {
    let count = newMachines(ageMonths: ageMonths)
    let loan = Loan(principal: price * count, annualRate: annualRate, months: months)
    return .dollars(
      loan.payment.dollars + Double(count)
        * (newUpkeep.dollars + place.dollars + electricity(newPower)))
  }

  /// The first age in months at which replacing costs no more than keeping; nil if it never does
  /// within twenty years.
  package var ageToReplace: Int? {
    (0...240).first { replacing(ageMonths: $0) <= keeping(ageMonths: $0) }
  }

  private func electricity(_ power: Power) -> Double {
    power.kilowatts * powerUsageEffectiveness * dollarsPerKilowattHour * WarehouseCost.hoursInMonth
  }
}
