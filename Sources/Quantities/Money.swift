/// An amount of US dollars in whole micro-dollars.
///
/// Integers, because a ledger must add up to the cent however long it is. Amounts that come from a
/// rate are rounded once, when the invoice line is written. Range: about ±9.2 trillion dollars.
public struct Money: Hashable, Sendable, Codable {
  /// The amount in millionths of a dollar.
  public var microdollars: Int64

  /// An amount of whole micro-dollars.
  @inlinable
  public init(microdollars: Int64) { self.microdollars = microdollars }

  /// An amount of dollars, rounded to the nearest micro-dollar.
  @inlinable
  public static func dollars(_ dollars: Double) -> Money {
    let scaled = dollars * 1e6
    return Money(microdollars: Int64(scaled < 0 ? scaled - 0.5 : scaled + 0.5))
  }

  /// Nothing.
  @inlinable public static var zero: Money { Money(microdollars: 0) }

  /// The amount in dollars.
  @inlinable public var dollars: Double { Double(microdollars) / 1e6 }
}

extension Money: Comparable {
  /// Whether `a` is less than `b`.
  @inlinable
  public static func < (a: Money, b: Money) -> Bool { a.microdollars < b.microdollars }
}

extension Money {
  /// The sum of two amounts.
  @inlinable
  public static func + (a: Money, b: Money) -> Money {
    Money(microdollars: a.microdollars + b.microdollars)
  }

  /// The difference of two amounts.
  @inlinable
  public static func - (a: Money, b: Money) -> Money {
    Money(microdollars: a.microdollars - b.microdollars)
  }

  /// Adds an amount in place.
  @inlinable
  public static func += (a: inout Money, b: Money) { a.microdollars += b.microdollars }

  /// An amount taken so many times.
  @inlinable
  public static func * (a: Money, count: Int) -> Money {
    Money(microdollars: a.microdollars * Int64(count))
  }

  /// The opposite amount.
  @inlinable
  public static prefix func - (a: Money) -> Money { Money(microdollars: -a.microdollars) }
}
