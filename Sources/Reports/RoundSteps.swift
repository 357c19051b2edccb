/// A range divided into equal steps whose ends are round numbers.
package struct RoundSteps: Hashable, Sendable {
  /// From end to end of a step: 1, 2 or 5 times a power of ten.
  package let step: Double
  /// The lowest end, in steps from zero.
  package let first: Int
  /// How many steps there are; at least one.
  package let count: Int

  /// The fewest decimals that tell the ends apart.
  package let decimals: Int

  /// The most decimals that an end is written with.
  private static let decimalsMax = 9

  /// At most so many steps that hold two values; of equal values, those up to the next whole one.
  ///
  /// The values are finite and less than 1e200 in magnitude.
  package init(low: Double, high: Double, countMax: Int) {
    let isPoint = high - low <= Swift.max(low.magnitude, high.magnitude) * 1e-9
    let high = isPoint ? low + Swift.max(1, low.magnitude * 1e-3) : high
    step = RoundSteps.roundStep(low, high, Swift.max(2, countMax))
    first = RoundSteps.floor(low / step)
    count = Swift.max(1, -RoundSteps.floor(-high / step) - first)
    var decimals = 0
    var rest = step
    while rest < 0.999, decimals < RoundSteps.decimalsMax {
      rest *= 10
      decimals += 1
    }
    self.decimals = decimals
  }

  /// The lowest end.
  package var low: Double { self[0] }
  /// The highest end.
  package var high: Double { self[count] }

  /// An end, counted from the lowest.
  package subscript(index: Int) -> Double { Double(first + index) * step }

  /// An end as people read it.
  package func label(_ index: Int) -> String { QuantityText.fixed(self[index], decimals) }

  /// The smallest of 1, 2, 5, 10, … that divides a range into few enough steps.
  private static func roundStep(_ low: Double, _ high: Double, _ countMax: Int) -> Double {
    var power = 1.0
    while power > high - low { power /= 10 }
    while power * 10 < high - low { power *= 10 }
    power /= 100
    while true {
      for digit in [1.0, 2, 5] {
        let step = digit * power
        // Both ends take part of a step more, so a range of few steps may need a longer one.
        if (high - low) / step < Double(countMax) + 1,
          -floor(-high / step) - floor(low / step) <= countMax
        {
          return step
        }
      }
      power *= 10
    }
  }

  /// The greatest whole number that is not above, where a billionth above still counts as whole.
  package static func floor(_ number: Double) -> Int {
    let near = number + (number.magnitude + 1) * 1e-9
    let whole = Int(near)
    return near < Double(whole) ? whole - 1 : whole
  }
}
