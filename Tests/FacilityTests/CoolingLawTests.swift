import Facility
import Quantities
import Testing

private func celsius(_ degrees: Double) -> Temperature { Temperature(celsius: degrees) }

@Suite struct CoolingEfficiencyTests {
  // Moore et al. 2005: 0.0068 T² + 0.0008 T + 0.458, by hand.
  @Test(arguments: [(15.0, 2.00), (20, 3.19), (25, 4.73)])
  func warmerSupplyCostsLess(_ supply: Double, _ expected: Double) {
    #expect(abs(CoolingEfficiency.moore(supply: celsius(supply)) - expected) < 0.005)
    let atReference = CoolingEfficiency.coefficient(
      supply: celsius(supply), outdoor: celsius(35), approach: .init(kelvin: 10))
    #expect(abs(atReference - expected) < 0.005)
  }

  // 293.15/(318.15 − 293.15) = 11.726.
  @Test func carnotIsTheTextbooks() {
    let ideal = CoolingEfficiency.carnot(supply: celsius(20), condenser: celsius(45))
    #expect(abs(ideal - 11.726) < 1e-3)
  }

  @Test func theCoefficientFallsWithHeatOutsideAndStaysBelowCarnot() {
    for supply in stride(from: 10.0, through: 30, by: 2.5) {
      var last = Double.infinity
      for outdoor in stride(from: -20.0, through: 50, by: 1) {
        let approach = TemperatureDifference(kelvin: 10)
        let coefficient = CoolingEfficiency.coefficient(
          supply: celsius(supply), outdoor: celsius(outdoor), approach: approach)
        let ideal = CoolingEfficiency.carnot(
          supply: celsius(supply), condenser: celsius(outdoor) + approach)
        #expect(coefficient > 0 && coefficient <= 0.6 * ideal)
        #expect(coefficient <= last)
        // Above the least lift each degree counts.
        if outdoor + 9 > supply + 10 { #expect(coefficient < last) }
        last = coefficient
      }
    }
  }

  @Test func compressorsRestWhenTheOutsideIsColderThanTheSupplyByTheApproach() {
    let unit = unit(hasEconomizer: true)
    func cost(_ outdoor: Double) -> CoolingCost {
      unit.cost(in: Weather(dryBulb: celsius(outdoor), dewPoint: celsius(-10)))
    }
    #expect(cost(7.9).isFree && !cost(8.1).isFree)
    #expect(cost(7.9).workPerHeat < cost(8.1).workPerHeat)
  }
}

@Suite struct PsychrometricsTests {
  // Steam tables: saturation at 0, 20 and 40 °C is 6.11, 23.39 and 73.8 hPa.
  @Test(arguments: [(0.0, 6.11), (20, 23.39), (40, 73.8)])
  func saturationIsThatOfTheSteamTables(_ degrees: Double, _ pressure: Double) {
    let computed = Psychrometrics.saturationPressure(celsius(degrees))
    #expect(agree(computed, pressure, within: 0.005))
  }

  // ASHRAE psychrometric chart: 25 °C at 50 % has a dew point of 13.9 °C, a wet bulb of 17.9 °C and
  // 9.9 g/kg.
  @Test func aPointOfTheChart() {
    let dew = Psychrometrics.dewPoint(celsius(25), relativeHumidity: 0.5)
    #expect(abs(dew.celsius - 13.9) < 0.1)
    #expect(abs(Psychrometrics.wetBulb(celsius(25), dewPoint: dew).celsius - 17.9) < 0.1)
    #expect(abs(Psychrometrics.humidityRatio(dewPoint: dew) - 0.0099) < 1e-4)
    #expect(abs(Psychrometrics.relativeHumidity(celsius(25), dewPoint: dew) - 0.5) < 1e-12)
  }

  @Test func saturatedAirHasOneTemperature() {
    #expect(abs(Psychrometrics.wetBulb(celsius(17), dewPoint: celsius(17)).celsius - 17) < 1e-6)
  }
}

@Suite struct ThermalEnvelopeTests {
  // ASHRAE TC 9.9, 2021 reference card.
  @Test(arguments: [
    (ThermalClass.a1, 15.0, 32.0), (.a2, 10, 35), (.a3, 5, 40), (.a4, 5, 45),
  ])
  func classesAllowWhatTheCardSays(_ thermalClass: ThermalClass, _ low: Double, _ high: Double) {
    let envelope = ThermalEnvelope.allowable(thermalClass)
    func violations(_ degrees: Double) -> [ThermalEnvelope.Violation] {
      let inlet = celsius(degrees)
      return envelope.violations(
        inlet: inlet, dewPoint: Psychrometrics.dewPoint(inlet, relativeHumidity: 0.3))
    }
    #expect(violations(low) == [] && violations(high) == [])
    #expect(violations(low - 0.1) == [.tooCold] && violations(high + 0.1) == [.tooWarm])
  }

  @Test func recommendedIsEighteenToTwentySeven() {
    let envelope = ThermalEnvelope.recommended
    #expect(envelope.violations(inlet: celsius(18), dewPoint: celsius(5)) == [])
    #expect(envelope.violations(inlet: celsius(27), dewPoint: celsius(15)) == [])
    #expect(envelope.violations(inlet: celsius(17.9), dewPoint: celsius(5)) == [.tooCold])
    #expect(
      envelope.violations(inlet: celsius(27.1), dewPoint: celsius(-9.1)) == [.tooWarm, .tooDry])
    #expect(envelope.violations(inlet: celsius(20), dewPoint: celsius(15.1)) == [.tooHumid])
  }
}

@Suite struct ClimateTests {
  private func mean(_ climate: Climate, month: Int, years: Int = 1) -> Double {
    var (sum, count) = (0.0, 0.0)
    for year in 2000..<(2000 + years) {
      var moment = Moment(year: year, month: month, day: 1)
      let end = moment.adding(months: 1)
      while moment < end {
        sum += climate.weather(at: moment).dryBulb.celsius
        count += 1
        moment += .hours(1)
      }
    }
    return sum / count
  }

  // National Weather Service: Washington's July has a mean of 81.0 °F = 27.2 °C, half-way between
  // highs and lows. The mean of the hours lies lower, since the profile's mean share is 0.526 rather
  // than a half (0.5 K of 9.6 K), and lower where the month is a peak that straight lines cut.
  @Test func julyInWashingtonIsAsWarmAsItsNormals() {
    var climate = Climate.washington(seed: 0)
    climate.spell = 0
    #expect(abs(mean(climate, month: 7) - 27.2) < 0.8)
    #expect(abs(mean(climate, month: 1) - 3.1) < 0.8)
  }

  @Test func fiveInTheMorningIsColdestAndTwoInTheAfternoonWarmest() {
    var climate = Climate.phoenix(seed: 0)
    climate.spell = 0
    let day = Moment(year: 2004, month: 1, day: 16)
    let hours = (0..<24).map { climate.weather(at: day + .hours($0)).dryBulb.celsius }
    #expect(hours.firstIndex(of: hours.min() ?? 0) == 5)
    #expect([14, 15].contains(hours.firstIndex(of: hours.max() ?? 0)))
  }

  // Two seeds differ by √2 · 4 K on average squares; and years of spells leave the mean alone.
  @Test func spellsHaveTheirSpreadAndNoBias() {
    let (climate, plain) = (Climate.washington(seed: 3), Climate.oceanic(seed: 3))
    var still = climate
    still.spell = 0
    var (sum, squares) = (0.0, 0.0)
    for day in 0..<4_000 {
      let noon = Moment(year: 2000, month: 1, day: 1) + .days(day) + .hours(12)
      let shift = (climate.weather(at: noon).dryBulb - still.weather(at: noon).dryBulb).kelvin
      sum += shift
      squares += shift * shift
    }
    #expect(abs(sum / 4_000) < 0.4)
    #expect(agree((squares / 4_000).squareRoot(), 4, within: 0.05))
    #expect(mean(climate, month: 7) > mean(plain, month: 7))
  }

  @Test func weatherIsContinuousAndItsDewPointNeverAboveIt() {
    let climate = Climate.oceanic(seed: 9)
    var moment = Moment(year: 2004, month: 1, day: 1)
    var last = climate.weather(at: moment)
    for _ in 0..<50_000 {
      moment += .minutes(10)
      let weather = climate.weather(at: moment)
      #expect(weather.dewPoint <= weather.wetBulb + .init(kelvin: 1e-6))
      #expect(weather.wetBulb <= weather.dryBulb)
      #expect(abs((weather.dryBulb - last.dryBulb).kelvin) < 1)
      last = weather
    }
  }
}
