import Quantities
import Reports
import Testing

@Test(arguments: [
  (9.996, "10.0"), (0.09999999, "0.100"), (9.994, "9.99"), (99.96, "100"), (0.5, "0.500"),
  (12, "12"), (-1_234.5, "−1,235"),
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
