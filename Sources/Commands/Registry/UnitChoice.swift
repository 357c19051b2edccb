import Quantities
import Reports

/// The units that a number may be given, the largest first.
enum UnitChoice {
  /// The units of a dimension, one of each size, with what one of them is worth.
  static func candidates(_ dimension: Dimension, count: Double, _ withCalendar: Bool)
    -> [Completer.Candidate]
  {
    let units = Unit.all.filter { $0.dimension == dimension && !$0.symbol.isEmpty }
    let base = Unit.base(of: dimension)
    let calendar = count == 1 ? ["month", "year"] : ["months", "years"]
    return units.filter { unit in
      let same = units.filter { $0.scale == unit.scale }.map(\.symbol)
      return same.count == 1 || unit.symbol == word(for: count, among: same)
    }
    .sorted { $0.scale > $1.scale }
    .map { unit in
      .init(unit.symbol, unit == base ? dimension.name : worth(unit, base))
    } + (withCalendar ? calendar.map { .init($0, "of the calendar") } : [])
  }

  /// Of the words for one unit, such as `d`, `day` and `days`, the one that is read aloud.
  private static func word(for count: Double, among words: [String]) -> String? {
    let singular = words.first { words.contains($0 + "s") }
    return count == 1 ? singular ?? words.first : singular.map { $0 + "s" } ?? words.first
  }

  /// One of it in base units, without rounding: `3,600,000 J`, `1/1,000 s`.
  static func worth(_ unit: Unit, _ base: Unit) -> String {
    guard unit.scale < 1e18 else { return "\(unit.scale) \(base.symbol)" }
    let whole = unit.scale >= 1
    let number = QuantityText.grouped(Int(whole ? unit.scale : unit.denominator / unit.numerator))
    return (whole ? number : "1/" + number) + (base.symbol.isEmpty ? "" : " " + base.symbol)
  }
}
