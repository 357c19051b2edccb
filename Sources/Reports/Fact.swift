import Quantities

/// What a fact says about time, which decides what a window does to it.
package enum FactKind: String, Sendable, CaseIterable {
  /// Adds up: alone the total so far, in a window the increase.
  case counter
  /// Has a value at each moment: alone the value now, in a window `.mean`, `.low` or `.high`.
  case gauge
  /// Many measured values: needs `.mean`, `.p50`, `.p95`, `.p99` or `.max`.
  case distribution
  /// A part of a whole: alone of all so far, in a window of that window.
  case share
  /// A name: alone now, in a window the one that held longest.
  case text
  /// Yes or no: alone now, in a window the one that held longest.
  case flag
  /// A moment: alone of all so far, in a window the one within it.
  case moment
}

/// What a suffix picks from a distribution, or from a gauge over a window.
package enum FactSuffix: String, Sendable, CaseIterable {
  case mean, p50, p95, p99, max, low, high

  /// The suffixes of a distribution.
  package static let ofDistribution: [FactSuffix] = [.mean, .p50, .p95, .p99, .max]
  /// The suffixes of a gauge in a window.
  package static let ofGauge: [FactSuffix] = [.mean, .low, .high]
}

/// A fact as its command declares it: known to help, completion and the linter before anything runs.
package struct FactDeclaration: Sendable {
  /// The key without suffix: `shop.response`.
  package var key: String
  /// What it says about time.
  package var kind: FactKind
  /// The unit that its values are given in; `.none` for text, flags and moments too.
  package var unit: Unit
  /// What it is, in a few words.
  package var summary: String

  /// A declaration as given.
  package init(_ key: String, _ kind: FactKind, _ unit: Unit = .none, _ summary: String) {
    self.key = key
    self.kind = kind
    self.unit = unit
    self.summary = summary
  }
}

/// The value of a fact or of an expression.
package enum FactValue: Hashable, Sendable, Codable {
  /// A quantity, and the unit that it is given in.
  case quantity(Quantity, Unit)
  /// A name.
  case text(String)
  /// A moment.
  case moment(Moment)
  /// Yes or no.
  case flag(Bool)
  /// No value, with the reason: the p99 of no requests. Never a NaN.
  case undefined(String)
}

extension FactValue {
  /// A plain number.
  package static func count(_ number: Int) -> FactValue {
    .quantity(Quantity(Double(number)), .none)
  }

  /// A share, shown in percent.
  package static func share(_ share: Double) -> FactValue { .quantity(Quantity(share), .percent) }

  /// A span in seconds.
  package static func span(_ span: TimeSpan) -> FactValue { .quantity(Quantity(span), .second) }

  /// An amount of money.
  package static func money(_ money: Money) -> FactValue { .quantity(Quantity(money), .dollar) }

  /// A power.
  package static func power(_ power: Power) -> FactValue {
    .quantity(Quantity(power.watts, .power), .watt)
  }

  /// A temperature.
  package static func temperature(_ temperature: Temperature) -> FactValue {
    .quantity(Quantity(temperature.celsius, .temperature), .celsius)
  }

  /// An energy, in kilowatt-hours.
  package static func energy(_ energy: Energy) -> FactValue {
    .quantity(Quantity(energy.joules, .energy), .kilowattHour)
  }

  /// A span in seconds where there is one, else undefined for a reason.
  package static func span(_ span: TimeSpan?, else reason: String) -> FactValue {
    span.map(FactValue.span) ?? .undefined(reason)
  }

  /// A share where the whole is not nothing, else undefined for a reason.
  package static func share(_ part: Int, of whole: Int, else reason: String) -> FactValue {
    whole == 0 ? .undefined(reason) : .share(Double(part) / Double(whole))
  }
}

/// Where a number comes from.
package enum Provenance: Hashable, Sendable, Codable {
  /// Simulated under a seed.
  case simulated(seed: UInt64)
  /// Computed: a closed form, or arithmetic on other facts.
  case computed
  /// Measured on this machine, so often.
  case measured(repetitions: Int)
  /// From a model of the world, with its source.
  case modelled(source: String)
  /// Given: a price list, the learner's own choice.
  case given(source: String)
}

/// A fact with its value.
package struct Fact: Sendable, Codable {
  /// The key: `queue.wait.mean`.
  package var key: String
  /// The value.
  package var value: FactValue
  /// The lower end of a 95 % interval, in the value's unit.
  package var low: Double?
  /// The upper end of a 95 % interval, in the value's unit.
  package var high: Double?
  /// Where it comes from.
  package var provenance: Provenance

  /// A fact as given.
  package init(
    _ key: String, _ value: FactValue, low: Double? = nil, high: Double? = nil,
    _ provenance: Provenance
  ) {
    self.key = key
    self.value = value
    self.low = low
    self.high = high
    self.provenance = provenance
  }
}
