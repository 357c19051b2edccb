import Facility
import Quantities
import Testing

@Suite struct ServerPowerTests {
  // 2u − u^1.4, by a hand calculator: 0.160, 0.415, 0.621, 0.793 of the dynamic range.
  @Test(arguments: [(0.1, 0.160), (0.3, 0.415), (0.5, 0.621), (0.7, 0.793)])
  func theConcaveCurveIsThatOfTheWarehouse(_ load: Double, _ share: Double) {
    let power = ServerPower.concave(idle: Power(watts: 100), peak: Power(watts: 200))
    #expect(abs(power.power(at: load).watts - (100 + 100 * share)) < 0.06)
  }

  @Test func curvesMeetTheirEndsAndRise() {
    let (idle, peak) = (Power(watts: 111), Power(watts: 222))
    let table = (0...10).map { Power(watts: 111 + 11.1 * Double($0)) }
    let curves: [ServerPower] = [
      .linear(idle: idle, peak: peak), .cubic(idle: idle, peak: peak),
      .concave(idle: idle, peak: peak), .measured(table),
    ]
    for curve in curves {
      #expect(abs(curve.idle.watts - 111) < 1e-9 && abs(curve.peak.watts - 222) < 1e-9)
      let watts = (0...100).map { curve.power(at: Double($0) / 100).watts }
      #expect(zip(watts, watts.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  // Half-way between the third and the fourth point.
  @Test func aMeasuredTableIsJoinedByStraightLines() {
    let table = [58, 98, 109, 118, 128, 140, 153, 170, 189, 205, 222].map {
      Power(watts: $0)
    }
    #expect(abs(ServerPower.measured(table).power(at: 0.25).watts - 113.5) < 1e-9)
    #expect(ServerPower.measured(table).power(at: 1) == Power(watts: 222))
  }

  // 0.5³ = 1/8.
  @Test func halfTheFlowTakesAnEighthOfThePower() {
    #expect(AirFlow.fanPower(rated: .kilowatts(8), flowShare: 0.5) == .kilowatts(1))
  }

  // 1 kW at 12 K: 1000/(1.2 · 1005 · 12) = 0.0691 m³/s = 146 CFM.
  @Test func aKilowattAtTwelveKelvinNeeds146CubicFeetAMinute() {
    let flow = AirFlow.flow(power: .kilowatts(1), rise: TemperatureDifference(kelvin: 12))
    #expect(abs(flow.cubicMetersPerSecond - 0.0691) < 5e-5)
    #expect(abs(flow.cubicFeetPerMinute - 146) < 0.5)
    #expect(abs(AirFlow.rise(power: .kilowatts(2), flow: flow).kelvin - 24) < 1e-9)
  }
}

@Suite struct PowerPathLawTests {
  // 93 % at full load (Schneider white paper 108). At a quarter: loss 0.035 + 0.25 · 0.0202688
  // + 0.0625 · 0.02 = 0.041317 of the rating, so 0.25/0.291317 = 85.82 %.
  @Test func aUPSLosesMoreOfLessLoad() {
    let loss = ConversionLoss.upsOfThe2000s
    func efficiency(_ load: Double) -> Double {
      loss.efficiency(at: .kilowatts(load * 100), rating: .kilowatts(100))
    }
    #expect(abs(efficiency(1) - 0.93) < 1e-12)
    #expect(abs(efficiency(0.25) - 0.8582) < 1e-4)
    #expect(efficiency(0.5) > efficiency(0.25) && efficiency(0.5) < efficiency(1))
  }

  // Run times of a 1,400 VA unit in its manual, VA and minutes; 6.72 min at full load is the fit's.
  @Test(arguments: [
    (1_000.0, 11.0), (900, 13), (800, 16), (700, 19), (600, 23), (500, 29), (400, 42), (300, 60),
    (200, 99), (100, 190), (75, 236), (50, 306),
  ])
  func aBatteryLastsAsLongAsItsManualSays(_ load: Double, _ minutes: Double) {
    let ups = UPS(
      rating: Power(watts: 1_400), fullLoadRuntime: .seconds(6.72 * 60), standsInRoom: true)
    let runtime = ups.runtime(at: Power(watts: load)).seconds / 60
    #expect(agree(runtime, minutes, within: 0.05))
  }

  // gal/h of a 100 kW set, 3.785 L each: 4.1, 5.8 and 7.4 at a half, three quarters, full load.
  @Test(arguments: [(50.0, 4.1), (75, 5.8), (100, 7.4)])
  func aGeneratorBurnsWhatItsChartSays(_ load: Double, _ gallons: Double) {
    let generator = Generator(rating: .kilowatts(100), tank: .liters(1_000))
    let liters = generator.fuelPerHour(at: .kilowatts(load)).liters
    #expect(agree(liters, gallons * 3.785, within: 0.02))
  }

  private func seconds(_ load: Double, from: Double = 0) -> Double? {
    BreakerCurve.panel.secondsToTrip(load: load, heat: from * from)
  }

  // IEC 60898-1: 1.13 for an hour without tripping, then 1.45 within the hour; 2.55 from cold in
  // more than 1 s and less than 60 s. UL 489: 1.35 within an hour, 2.00 within 2 min to 30 A.
  @Test func aBreakerMeetsBothStandards() throws {
    #expect(seconds(1) == nil && seconds(1.13) == nil)
    let (warm, slight, double) = (seconds(1.45, from: 1.13), seconds(1.35), seconds(2))
    #expect(try #require(warm) < 3_600)
    #expect(try #require(slight) < 3_600)
    #expect(try #require(double) < 120)
    let high = try #require(seconds(2.55))
    #expect(high > 1 && high < 60)
    // Type C: not at 5 ratings within 0.1 s, at once from 10 on.
    let short = try #require(seconds(5))
    #expect(short > 0.1)
    #expect(seconds(10) == 0)
  }

  // 120 s · ln(4/(4 − 1.44)) = 120 · 0.446287 = 53.554 s; warm from a load of one:
  // 120 · ln(3/2.56) = 120 · 0.158605 = 19.033 s.
  @Test func twiceTheRatingTripsAfterTheClosedForm() throws {
    let (cold, warm) = (try #require(seconds(2)), try #require(seconds(2, from: 1)))
    #expect(abs(cold - 53.554) < 0.001)
    #expect(abs(warm - 19.033) < 0.001)
  }

  @Test func heatingInTwoStepsEqualsOne() {
    let curve = BreakerCurve.panel
    let half = curve.heat(after: 20, load: 1.5, from: 0.3)
    let whole = curve.heat(after: 50, load: 1.5, from: 0.3)
    #expect(abs(curve.heat(after: 30, load: 1.5, from: half) - whole) < 1e-12)
  }
}
