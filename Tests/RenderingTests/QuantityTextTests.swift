import Quantities
import Reports
import Testing

@Test(arguments: [
  (9.996, "10.0"), (0.09999999, "0.100"), (9.994, "9.99"), (99.96, "100"), (0.5, "0.500"),
  (12, "12"), (-1_234.5, "−1,235"), (8.91e-11, "8.91e-11"), (-9.996e-9, "−1.00e-8"),
  (2e-7, "0.000000200"),
]) func significantDigitsAreCountedAfterRounding(number: Double, text: String) {
  #expect(QuantityText.significant(number) == text)
}

@Test func aQuantityIsScaledToTheUnitThatItRoundsTo() {
  // 999.96 B is 1.000 KB to four digits; 999.7 B is still below.
  #expect(QuantityText.text(Quantity(999.96, .data), unit: .none) == "1.000 KB")
  #expect(QuantityText.text(Quantity(999.7, .data), unit: .none) == "999.7 B")
}

@Test func aPlainFactorKeepsItsSign() throws {
  let factor = try #require(Unit.named("x"))
  #expect(QuantityText.text(Quantity(4.02), unit: factor) == "4.020 x")
}

@Test func aSpanEqualsTheLiteralOfAsManySeconds() {
  #expect(Quantity(TimeSpan.minutes(1)) == Quantity(60, unit: .second))
  #expect(Quantity(TimeSpan.seconds(0.3)) == Quantity(0.3, unit: .second))
}

// By definition: a byte is eight bits, so 6.4 GB/s are 51.2 Gbit/s, and the fact's unit says which.
@Test func aDataRateIsToldInTheBytesOrBitsOfItsUnit() throws {
  let rate = Quantity(6.4e9, .dataRate)
  let bytes = try #require(Unit.named("GB/s"))
  #expect(QuantityText.text(rate, unit: bytes) == "6.40 GB/s")
  #expect(QuantityText.text(rate, unit: .megabitPerSecond) == "51.20 Gbit/s")
}

@Test func aDistanceIsToldInMetresOrKilometres() throws {
  let kilometer = try #require(Unit.named("km"))
  #expect(QuantityText.text(Quantity(5_000, unit: kilometer), unit: kilometer) == "5,000 km")
  #expect(QuantityText.text(Quantity(12, .length), unit: kilometer) == "12 m")
}
