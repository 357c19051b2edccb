import CommandLanguage
import Quantities

/// Something that can be bought, as its catalog tells it: figures, prices by year, and a source for
/// each of them.
package struct CatalogEntry: Sendable {
  /// What it is called in commands.
  package let id: String
  /// What kind of thing it is.
  package let kind: Kind
  /// What it is, in a few words.
  package let summary: String
  /// The years in which it was sold; an upper end of 9999 is none.
  package let sold: ClosedRange<Int>
  /// What it cost from the first of January of a year on, in the order of the years.
  package let prices: [Price]
  /// Its figures by name.
  package let figures: [String: Figure]
  /// Where figures come from: their names, and the source of these.
  package let sources: [Source]

  /// A price from a year on.
  package struct Price: Hashable, Sendable {
    /// The year.
    package let year: Int
    /// The price of one, a month's for lines, a kilowatt's for buildings, a kilowatt-hour's for sites.
    package let amount: Money
  }

  /// A source with the figures that it is for.
  package struct Source: Hashable, Sendable {
    /// The names of the figures.
    package let figures: [String]
    /// Title, publisher and date, or `Chosen:` and why.
    package let text: String
  }

  /// A figure, with the text that it was read from.
  package struct Figure: Hashable, Sendable {
    enum Value: Hashable, Sendable {
      case quantity(Quantity)
      case word(String)
    }

    let value: Value
    /// As it stands in the file: `222 W`.
    package let text: String
  }

  /// What catalogs hold.
  package enum Kind: String, CaseIterable, Sendable {
    case server, rack, cooling, ups, generator, feed, uplink, site, building, part
  }

  /// Whether it is the machine that the program runs on.
  package var isOwnMachine: Bool { id == Catalog.ownMachineID }

  /// Whether it is sold at a moment.
  package func isSold(at moment: Moment) -> Bool { sold.contains(moment.date.year) }

  /// What it costs at a moment; before its first price, that.
  package func price(at moment: Moment) -> Money {
    (prices.last { $0.year <= moment.date.year } ?? prices[0]).amount
  }

  /// Where a figure comes from.
  package func source(of figure: String) -> String? {
    sources.first { $0.figures.contains(figure) }?.text
  }

  /// The names of its figures, the price first, in the order of its kind.
  package var figureNames: [String] { ["price"] + kind.figures.map(\.name) }

  /// All sources, each once.
  package var allSources: String { sources.map(\.text).joined(separator: "; ") }
}

extension CatalogEntry {
  /// A figure that the kind is known to have, in base units.
  func number(_ name: String) -> Double {
    guard case .quantity(let quantity)? = figures[name]?.value else {
      preconditionFailure("\(id) was accepted without '\(name)'")
    }
    return quantity.value
  }

  /// A word that the kind is known to have.
  func word(_ name: String) -> String {
    guard case .word(let word)? = figures[name]?.value else {
      preconditionFailure("\(id) was accepted without '\(name)'")
    }
    return word
  }

  func power(_ name: String) -> Power { Power(watts: number(name)) }
  func temperature(_ name: String) -> Temperature { Temperature(celsius: number(name)) }
  func difference(_ name: String) -> TemperatureDifference { .init(kelvin: number(name)) }
  func span(_ name: String) -> TimeSpan { .seconds(number(name)) }
}

/// What a figure of a kind must be.
enum FigureKind: Sendable {
  case quantity(Dimension, ClosedRange<Double>)
  case word([String])
}

extension CatalogEntry.Kind {
  /// The figures that an entry of the kind has, all of them, with the range of base units that makes
  /// sense: a slip of a unit is found here.
  var figures: [(name: String, kind: FigureKind)] {
    switch self {
    case .server:
      return [
        ("cores", .quantity(.number, 1...4_096)), ("speed", .quantity(.number, 0.01...1_000)),
        ("memory", .quantity(.data, 1e6...1e15)), ("disks", .quantity(.number, 0...100)),
        ("idle", .quantity(.power, 0...1e5)), ("peak", .quantity(.power, 1...1e5)),
        ("fans", .quantity(.power, 0...1e4)), ("fan-speed-min", .quantity(.number, 0.05...1)),
        ("rise", .quantity(.temperatureDifference, 1...40)),
        ("throttles", .quantity(.temperature, 20...80)),
        ("trips", .quantity(.temperature, 20...80)),
        ("height", .quantity(.rackHeight, 1...50)), ("mass", .quantity(.mass, 0.5...500)),
      ]
    case .rack:
      return [
        ("height", .quantity(.rackHeight, 1...60)), ("power-max", .quantity(.power, 100...2e5)),
        ("mass-max", .quantity(.mass, 20...3_000)),
      ]
    case .cooling:
      return [
        ("capacity", .quantity(.power, 500...1e7)), ("set-point", .quantity(.temperature, 10...35)),
        ("supply", .quantity(.temperature, 8...30)),
        ("band", .quantity(.temperatureDifference, 0.1...10)),
        ("fans", .quantity(.power, 0...1e6)), ("fan-speed-min", .quantity(.number, 0...1)),
        ("rejection", .word(["dry", "evaporative"])),
        ("approach", .quantity(.temperatureDifference, 1...30)),
        ("economizer", .word(["yes", "no"])),
      ]
    case .ups:
      return [
        ("rating", .quantity(.power, 100...1e8)), ("runtime", .quantity(.time, 10...1e5)),
        ("losses", .word(["2000s", "modern"])),
      ]
    case .generator:
      return [
        ("rating", .quantity(.power, 500...1e8)), ("start", .quantity(.time, 1...600)),
        ("tank", .quantity(.volume, 1e-3...1e3)),
      ]
    case .feed: return [("rating", .quantity(.power, 500...1e8))]
    case .uplink: return [("rate", .quantity(.dataRate, 100...1e13))]
    case .site:
      return [
        ("climate", .word(["washington", "phoenix", "oceanic"])),
        ("rent", .quantity(.money, 0...1e4)), ("land", .quantity(.money, 0...1e6)),
      ]
    case .building:
      return [("power-max", .quantity(.power, 100...1e10)), ("lead", .quantity(.time, 0...1e9))]
    case .part: return []
    }
  }
}
