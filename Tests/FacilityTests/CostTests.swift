import Foundation
import Quantities
import Testing

@testable import Facility

@Suite struct LoanTests {
  @Test func `a mortgage of $100,000 at 6 % over 30 years costs $599.55 a month`() {
    // The example of every textbook and payment table.
    let loan = Loan(principal: .dollars(100_000), annualRate: 0.06, months: 360)
    #expect(abs(loan.payment.dollars - 599.55) < 0.005)
  }

  @Test func `what is owed after each payment is the interest on it less the payment`() {
    let loan = Loan(principal: .dollars(5_000), annualRate: 0.12, months: 24)
    var owed = 5_000.0
    let payment = loan.payment.dollars
    for month in 1...24 {
      owed = owed * 1.01 - payment
      #expect(abs(loan.balance(after: month).dollars - owed) < 1e-4)
    }
    #expect(abs(owed) < 1e-4)
    #expect(loan.balance(after: 0) == .dollars(5_000))
  }

  @Test func `without interest it is paid in equal parts`() {
    let loan = Loan(principal: .dollars(3_600), annualRate: 0, months: 36)
    #expect(loan.payment == .dollars(100))
    #expect(loan.interest == .zero)
    #expect(loan.balance(after: 35) == .dollars(100))
  }

  @Test func `each line is rounded once, to a millionth of a dollar`() {
    let loan = Loan(principal: .dollars(1), annualRate: 0, months: 3)
    #expect(loan.payment == Money(microdollars: 333_333))
  }
}

@Suite struct WarehouseCostTests {
  private let warehouse = WarehouseCost.hennessyPatterson

  /// Hennessy, Patterson, 5th edition, figure 6.14: about $3.8 million, 53/20/13/8/4/2 %.
  @Test func `the published warehouse costs $3,786,017 a month`() {
    #expect(abs(warehouse.monthly.dollars - 3_786_017) < 1)
    let shares = warehouse.lines.map { Int((warehouse.share(of: $0.item) * 100).rounded()) }
    #expect(shares == [53, 20, 13, 8, 4, 2])
  }

  @Test func `its electricity is load times hours times price`() {
    // 8,000 kW · 0.8 · 1.45 · 730.5 h = 6,779,040 kWh, at 7 cents.
    #expect(abs(warehouse.monthlyEnergy.kilowattHours - 6_779_040) < 1e-6)
    let power = warehouse.lines.first { $0.item == .power }
    #expect(power?.monthly == .dollars(474_532.80))
  }

  @Test func `its lines add up to the micro-dollar`() {
    let sum = warehouse.lines.reduce(Int64(0)) { $0 + $1.monthly.microdollars }
    #expect(warehouse.monthly.microdollars == sum)
    let shares = WarehouseCost.Item.allCases.reduce(0) { $0 + warehouse.share(of: $1) }
    #expect(abs(shares - 1) < 1e-12)
  }
}

@Suite struct HardwareRefreshTests {
  /// 100 machines of 1 kW at PUE 1 and a price that makes a kilowatt cost $73.05 a month.
  private func refresh(price: Double, improvement: Double, growth: Double = 0) -> HardwareRefresh {
    HardwareRefresh(
      machines: 100, power: .kilowatts(1), upkeep: .dollars(10), upkeepGrowth: growth,
      price: .dollars(price), newPower: .kilowatts(1), newUpkeep: .dollars(10),
      yearlyImprovement: improvement, powerUsageEffectiveness: 1, dollarsPerKilowattHour: 0.1,
      annualRate: 0, months: 36)
  }

  @Test func `it costs by hand what the sums say`() {
    let refresh = refresh(price: 3_600, improvement: 1)
    // 100 · ($10 + $73.05) to keep; after a year 50 machines of $100 + $83.05 do the same.
    #expect(refresh.keeping(ageMonths: 12) == .dollars(8_305))
    #expect(refresh.newMachines(ageMonths: 12) == 50)
    // 100/√2 = 70.7, and nobody sells seven tenths.
    #expect(refresh.newMachines(ageMonths: 6) == 71)
    #expect(refresh.replacing(ageMonths: 12) == .dollars(9_152.5))
    // Half as many again would do: 45 machines cost $8,237. 2^(t/12) ≥ 100/45 at t = 13.8.
    #expect(refresh.ageToReplace == 14)
  }

  // Without improvement, wear and interest: $3,600 over 12 years or over one, and $83.05 a month.
  @Test func `work costs what a machine costs over its life where nothing changes`() {
    let plain = refresh(price: 3_600, improvement: 0)
    #expect(plain.costOfWork(lifeYears: 12) == .dollars(25 + 83.05))
    #expect(plain.costOfWork(lifeYears: 1) == .dollars(300 + 83.05))
  }

  // Twice as good each year: months of a year do 1, 2^(−1/12), … of the work, which sum to ½ / (1 − 2^(−1/12)),
  // 8.909; wear of $10 · age adds $4.58 a month on average.
  @Test func `old machines do less and wear, by hand`() {
    let work = refresh(price: 3_600, improvement: 1, growth: 1).costOfWork(lifeYears: 1).dollars
    #expect(abs(work - 12 * (300 + 83.05 + 10 * 5.5 / 12) / 8.9086) < 0.01, "\(work)")
  }

  // Providers wrote servers off over 3 years while hardware gained much each year, and over 5 to 6 as it gained
  // less (annual reports of Alphabet, Amazon, Meta and Microsoft, 2020 to 2025).
  @Test func `slower progress makes long lives cheap`() {
    func best(_ improvement: Double) -> Int? {
      let refresh = refresh(price: 3_600, improvement: improvement, growth: 0.3)
      return (1...20).min {
        refresh.costOfWork(lifeYears: $0) < refresh.costOfWork(lifeYears: $1)
      }
    }
    let lives = [1, 0.5, 0.3, 0.2, 0.1, 0.05].compactMap(best)
    #expect(lives == lives.sorted() && lives[0] < lives[5])
  }

  @Test func `a place that costs the same for both lets old machines go sooner`() {
    var refresh = refresh(price: 3_600, improvement: 0.3)
    let before = refresh.ageToReplace ?? 999
    refresh.place = .dollars(100)
    #expect(refresh.keeping(ageMonths: 0) == .dollars(18_305))
    #expect(refresh.ageToReplace ?? 999 < before)
  }

  @Test func `machines that do not improve and do not wear are kept`() {
    #expect(refresh(price: 3_600, improvement: 0).ageToReplace == nil)
  }

  @Test func `what wears is replaced in the end`() {
    // $10 · (1 + 4t) rises by $40 a year; the payment of $100 is reached after 2.5 years.
    #expect(refresh(price: 3_600, improvement: 0, growth: 4).ageToReplace == 30)
  }

  @Test func `dearer machines are replaced later, better ones sooner`() {
    let ages = [1_800.0, 3_600, 7_200].compactMap {
      refresh(price: $0, improvement: 0.3).ageToReplace
    }
    #expect(ages == ages.sorted() && ages.count == 3 && ages[0] < ages[2])
    let better = refresh(price: 3_600, improvement: 0.6).ageToReplace ?? 999
    #expect(better < ages[1])
  }
}
