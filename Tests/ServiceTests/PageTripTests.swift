import Quantities
import Testing

@testable import Service

@Suite struct PageTripTests {
  private let t1 = DataRate.bitsPerSecond(1_544_000)
  private let t3 = DataRate.bitsPerSecond(44_736_000)

  private func trip(
    _ line: DataRate, kilometers: Double = 5_000, kilobytes: Double = 100, speed: Double = 1
  ) -> PageTrip {
    PageTrip(
      distance: .kilometers(kilometers), line: line, page: .kilobytes(kilobytes), speed: speed)
  }

  // By hand: 10,000,000 m · 1.468 / 299,792,458 m/s = 48.967 ms.
  @Test func fiveThousandKilometersAreFortyNineMillisecondsOnAnyLine() {
    for line in [t1, t3, .bitsPerSecond(1e12)] {
      #expect(abs(trip(line).waySeconds - 0.048967) < 1e-6)
    }
    #expect(abs(PageTrip.metersPerSecondInFiber / 1e3 - 204_218) < 1)
  }

  // By hand: 800,000 bits at 1,544,000 bit/s are 0.51813 s, so 1.93 pages a second and not 15.
  @Test func aByteHasEightBits() {
    #expect(abs(trip(t1).lineSeconds - 0.518135) < 1e-6)
    #expect(abs(trip(t1).pageRate.perSecond - 1.93) < 1e-9)
  }

  // By hand: 48.967 + 518.135 + 120 + 12 + 8 ms.
  @Test func thePartsAddUp() {
    #expect(abs(trip(t1).totalSeconds - 0.707102) < 1e-6)
    #expect(abs(trip(t1, speed: 10).totalSeconds - 0.599102) < 1e-6)
  }

  @Test func aNearerVisitorAndASmallerPageTakeLess() {
    #expect(trip(t1, kilometers: 0).waySeconds == 0)
    #expect(trip(t1, kilometers: 50).totalSeconds < trip(t1).totalSeconds)
    #expect(trip(t1, kilobytes: 10).lineSeconds * 10 == trip(t1).lineSeconds)
  }
}
