/// A unit of measurement: a symbol, its dimension, and how many base units it is worth.
public struct Unit: Hashable, Sendable {
  /// How the command language spells it: `Mbit/s`.
  public let symbol: String
  /// What it measures.
  public let dimension: Dimension
  /// So many base units (s, B, J, K, FLOP, $, kg, m) make `denominator` of it.
  public let numerator: Double
  /// How many of it make `numerator` base units.
  ///
  /// Two whole numbers rather than their quotient keep conversions exact where they can be.
  public let denominator: Double

  init(_ symbol: String, _ dimension: Dimension, _ numerator: Double, per denominator: Double = 1) {
    self.symbol = symbol
    self.dimension = dimension
    self.numerator = numerator
    self.denominator = denominator
  }

  /// How many base units one of it is.
  public var scale: Double { numerator / denominator }
}

extension Unit: Codable {
  /// Writes the symbol.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(symbol)
  }

  /// Reads a symbol.
  /// - Throws: `DecodingError.dataCorrupted` if no unit has it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let symbol = try container.decode(String.self)
    guard let unit = symbol.isEmpty ? Unit.none : Unit.named(symbol) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "there is no unit '\(symbol)'")
    }
    self = unit
  }
}

extension Unit {
  /// A plain number, written without a unit.
  public static let none = Unit("", .number, 1)
  /// A share of a hundred.
  public static let percent = Unit("%", .number, 1, per: 100)
  /// Seconds.
  public static let second = Unit("s", .time, 1)
  /// Nanoseconds.
  public static let nanosecond = Unit("ns", .time, 1, per: 1e9)
  /// Bytes.
  public static let byte = Unit("B", .data, 1)
  /// Per second.
  public static let perSecond = Unit("/s", .rate, 1)
  /// US dollars.
  public static let dollar = Unit("$", .money, 1)
  /// Megabits a second.
  public static let megabitPerSecond = Unit("Mbit/s", .dataRate, 1e6, per: 8)

  /// Watts.
  public static let watt = Unit("W", .power, 1)
  /// Kilowatt-hours.
  public static let kilowattHour = Unit("kWh", .energy, 3.6e6)
  /// Degrees Celsius, as points of the scale.
  public static let celsius = Unit("C", .temperature, 1)
  /// Square metres.
  public static let squareMeter = Unit("m2", .area, 1)
  /// Litres.
  public static let liter = Unit("L", .volume, 1, per: 1e3)
  /// Kilograms.
  public static let kilogram = Unit("kg", .mass, 1)

  /// Every unit that the command language knows.
  public static let all: [Unit] =
    timeUnits + dataUnits + energyUnits + workUnits + plainUnits + materialUnits

  /// The unit of a symbol, or nil.
  ///
  /// Case matters: `MB` is not `Mb`.
  public static func named(_ symbol: String) -> Unit? { bySymbol[symbol] }

  private static let bySymbol = Dictionary(uniqueKeysWithValues: all.map { ($0.symbol, $0) })

  private static let timeUnits = [
    nanosecond, Unit("us", .time, 1, per: 1e6), Unit("ms", .time, 1, per: 1e3),
    second,
    Unit("min", .time, 60), Unit("h", .time, 3_600), Unit("day", .time, 86_400),
    Unit("days", .time, 86_400), Unit("d", .time, 86_400), Unit("week", .time, 604_800),
    Unit("weeks", .time, 604_800),
    perSecond, Unit("/min", .rate, 1, per: 60), Unit("/h", .rate, 1, per: 3_600),
    Unit("/day", .rate, 1, per: 86_400),
  ]

  private static let dataUnits: [Unit] = {
    let decimal = [("", 1.0), ("K", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15)]
    let binary = [
      ("Ki", 1_024.0), ("Mi", 1_048_576.0), ("Gi", 1_073_741_824.0),
      ("Ti", 1_099_511_627_776.0),
    ]
    let bits = [("", 1.0), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12)]
    return (decimal + binary).map { Unit($0.0 + "B", .data, $0.1) }
      + decimal.map { Unit($0.0 + "B/s", .dataRate, $0.1) }
      + bits.map { Unit($0.0 + "bit/s", .dataRate, $0.1, per: 8) }
  }()

  private static let energyUnits = [
    watt, Unit("kW", .power, 1e3), Unit("MW", .power, 1e6),
    Unit("GW", .power, 1e9), Unit("J", .energy, 1), Unit("Wh", .energy, 3.6e3),
    kilowattHour, Unit("MWh", .energy, 3.6e9), Unit("GWh", .energy, 3.6e12),
    celsius, Unit("K", .temperatureDifference, 1),
  ]

  private static let workUnits: [Unit] = {
    let prefixes = [
      ("", 1.0), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15),
      ("E", 1e18),
    ]
    return prefixes.map { Unit($0.0 + "FLOP", .work, $0.1) }
      + prefixes.map { Unit($0.0 + "FLOP/s", .workRate, $0.1) }
  }()

  private static let plainUnits = [percent, Unit("x", .number, 1)]

  private static let materialUnits = [
    dollar, Unit("$/h", .moneyRate, 1, per: 3_600), Unit("g", .mass, 1, per: 1e3),
    kilogram,
    Unit("t", .mass, 1e3), Unit("m", .length, 1), Unit("km", .length, 1e3),
    liter, squareMeter,
    Unit("U", .rackHeight, 1),
  ]
}

/// A period of the calendar, whose length depends on where it starts.
public enum CalendarPeriod: Hashable, Sendable, Codable {
  /// So many calendar months.
  case months(Int)
  /// So many calendar years.
  case years(Int)

  /// The moment that lies one such period after `start`, or where the calendar ends.
  public func end(from start: Moment) -> Moment {
    switch self {
    case .months(let count): start.adding(months: count)
    case .years(let count): start.adding(months: count * 12)
    }
  }

  /// The moment that lies one such period before `end`, or where the calendar begins.
  public func start(before end: Moment) -> Moment {
    switch self {
    case .months(let count): end.adding(months: -count)
    case .years(let count): end.adding(months: -count * 12)
    }
  }
}
