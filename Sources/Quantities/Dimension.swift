/// The dimension of a quantity, as exponents of base dimensions.
///
/// A power is energy over time, a data rate is data over time, a rate is one over time: so products
/// and quotients of quantities need no table. All exponents zero is a plain number.
public struct Dimension: Hashable, Sendable, Codable {
  /// The exponent of time (s).
  public var time: Int8 = 0
  /// The exponent of data (B).
  public var data: Int8 = 0
  /// The exponent of energy (J).
  public var energy: Int8 = 0
  /// The exponent of temperature difference (K).
  public var temperature: Int8 = 0
  /// The exponent of arithmetic work (FLOP).
  public var work: Int8 = 0
  /// The exponent of money ($).
  public var money: Int8 = 0
  /// The exponent of mass (kg).
  public var mass: Int8 = 0
  /// The exponent of length (m).
  public var length: Int8 = 0
  /// The exponent of rack height (U).
  public var rackHeight: Int8 = 0
  /// Whether it is a point on the Celsius scale rather than an amount: 20 C plus 20 C is nonsense.
  public var isPoint = false

  init(
    time: Int8 = 0, data: Int8 = 0, energy: Int8 = 0, temperature: Int8 = 0, work: Int8 = 0,
    money: Int8 = 0, mass: Int8 = 0, length: Int8 = 0, rackHeight: Int8 = 0, isPoint: Bool = false
  ) {
    self.time = time
    self.data = data
    self.energy = energy
    self.temperature = temperature
    self.work = work
    self.money = money
    self.mass = mass
    self.length = length
    self.rackHeight = rackHeight
    self.isPoint = isPoint
  }
}

extension Dimension {
  /// A plain number, a share or a count.
  public static let number = Dimension()
  /// An amount of time.
  public static let time = Dimension(time: 1)
  /// How often something happens.
  public static let rate = Dimension(time: -1)
  /// An amount of data.
  public static let data = Dimension(data: 1)
  /// Data over time.
  public static let dataRate = Dimension(time: -1, data: 1)
  /// An amount of energy.
  public static let energy = Dimension(energy: 1)
  /// Energy over time.
  public static let power = Dimension(time: -1, energy: 1)
  /// A point on the Celsius scale.
  public static let temperature = Dimension(temperature: 1, isPoint: true)
  /// The difference of two temperatures.
  public static let temperatureDifference = Dimension(temperature: 1)
  /// An amount of floating-point operations.
  public static let work = Dimension(work: 1)
  /// Floating-point operations over time.
  public static let workRate = Dimension(time: -1, work: 1)
  /// An amount of money.
  public static let money = Dimension(money: 1)
  /// Money over time.
  public static let moneyRate = Dimension(time: -1, money: 1)
  /// A mass.
  public static let mass = Dimension(mass: 1)
  /// A length.
  public static let length = Dimension(length: 1)
  /// A volume.
  public static let volume = Dimension(length: 3)
  /// An area.
  public static let area = Dimension(length: 2)
  /// A height in a rack.
  public static let rackHeight = Dimension(rackHeight: 1)

  static let names: [(dimension: Dimension, name: String)] = [
    (.number, "number"), (.time, "time"), (.rate, "rate"), (.data, "amount of data"),
    (.dataRate, "data rate"), (.energy, "energy"), (.power, "power"),
    (.temperature, "temperature"), (.temperatureDifference, "temperature difference"),
    (.work, "number of operations"), (.workRate, "rate of operations"), (.money, "amount of money"),
    (.moneyRate, "price per time"), (.mass, "mass"), (.length, "length"), (.volume, "volume"),
    (.area, "area"),
    (.rackHeight, "rack height"),
  ]

  /// The word for it in messages: `time`, `data rate`, or its exponents where it has no name.
  public var name: String {
    if let known = Dimension.names.first(where: { $0.dimension == self }) { return known.name }
    let parts: [(String, Int8)] = [
      ("s", time), ("B", data), ("J", energy), ("K", temperature), ("FLOP", work), ("$", money),
      ("kg", mass), ("m", length), ("U", rackHeight),
    ]
    return parts.filter { $0.1 != 0 }.map { $0.1 == 1 ? $0.0 : "\($0.0)^\($0.1)" }
      .joined(separator: " ")
  }

  /// The dimension of a product.
  public static func * (a: Dimension, b: Dimension) -> Dimension { a.combined(with: b, sign: 1) }

  /// The dimension of a quotient.
  public static func / (a: Dimension, b: Dimension) -> Dimension { a.combined(with: b, sign: -1) }

  private func combined(with other: Dimension, sign: Int8) -> Dimension {
    Dimension(
      time: time + sign * other.time, data: data + sign * other.data,
      energy: energy + sign * other.energy, temperature: temperature + sign * other.temperature,
      work: work + sign * other.work, money: money + sign * other.money,
      mass: mass + sign * other.mass, length: length + sign * other.length,
      rackHeight: rackHeight + sign * other.rackHeight)
  }
}
