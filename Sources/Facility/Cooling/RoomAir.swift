import Quantities
import Randomness

/// The parameters of the air and the things in a room, all of it.
///
/// Two nodes: the air in front of the racks, and the mass (racks, servers, floor) that it touches.
/// C_a dT_a/dt = P + hA (T_m − T_a) − Q and C_m dT_m/dt = hA (T_a − T_m) + U (T_o − T_m).
/// It leaves out that one aisle may be hotter than another, other than by recirculation.
/// - Source: the form is that of Khankari, "Rate of Heating Analysis of Data Centers during Power
///   Shutdown", ASHRAE Transactions 117(1), 2011: air alone boils in seconds, mass slows it down.
package struct RoomThermals: Hashable, Sendable, Codable {
  /// The heat capacity of the air.
  package var air: HeatCapacity
  /// The heat capacity of what the air touches.
  package var mass: HeatCapacity
  /// Between air and mass.
  package var coupling: ThermalConductance
  /// Between mass and the outside, through walls and roof.
  package var envelope: ThermalConductance

  /// A room by its parameters.
  /// - Precondition: capacities and coupling are positive, and the envelope is not negative.
  package init(
    air: HeatCapacity, mass: HeatCapacity, coupling: ThermalConductance,
    envelope: ThermalConductance
  ) {
    precondition(
      air.joulesPerKelvin > 0 && mass.joulesPerKelvin > 0 && coupling.wattsPerKelvin > 0
        && envelope.wattsPerKelvin >= 0,
      "a room of \(air.joulesPerKelvin) J/K of air, \(mass.joulesPerKelvin) J/K of mass, "
        + "\(coupling.wattsPerKelvin) W/K between them, \(envelope.wattsPerKelvin) W/K outwards")
    self.air = air
    self.mass = mass
    self.coupling = coupling
    self.envelope = envelope
  }

  /// A room of so many rack places: 3 kJ/K of air, 84 kJ/K of mass and 1.12 kW/K between them for each.
  ///
  /// `Chosen:` to give both times of the one published pair for a rise of 15 K without cooling: 5 kW a
  /// cabinet shut down after 3 min 9 s, 10 kW within a minute (Opengate Data Systems for Active Power,
  /// 2007, told in Mission Critical Magazine: a vendor's study, worst case). 3 kJ/K is 2.5 m³ of air.
  package static func places(
    _ count: Int, envelope: ThermalConductance = .init(wattsPerKelvin: 0)
  ) -> RoomThermals {
    let racks = Double(count)
    return RoomThermals(
      air: HeatCapacity(joulesPerKelvin: 3e3) * racks,
      mass: HeatCapacity(joulesPerKelvin: 84e3) * racks,
      coupling: ThermalConductance(wattsPerKelvin: 1_120) * racks, envelope: envelope)
  }
}

/// The temperatures of both nodes, °C inside the engine.
package struct RoomTemperatures: Hashable, Sendable, Codable {
  /// The air in front of the racks.
  package var air: Temperature
  /// Racks, servers and floor.
  package var mass: Temperature
}

/// What drives the temperatures for a while, all of it constant.
///
/// The cooling is a straight line, `slope` · T_a − `offset`, because controllers are proportional.
struct RoomForcing: Hashable, Sendable, Codable {
  /// Heat into the air, W.
  var heat: Double
  /// How much more heat is taken out for each kelvin of the air, W/K.
  var slope: Double
  /// The heat taken out is `slope` · T_a minus this, W.
  var offset: Double
  /// The outside, °C.
  var outdoor: Double
}

/// The exact course of both temperatures under a constant forcing.
///
/// The system is T' = A T + b with two real negative (or zero) rates, since the product of the
/// off-diagonal terms is positive. In the coordinates y of its eigenvectors each y' = λ y + f, so
/// y(t) = y₀ e^(λt) + f φ(t) with φ = (e^(λt) − 1)/λ, or t where λ is 0: no steps, no error.
struct RoomCourse {
  private let fast: Mode
  private let slow: Mode

  /// One eigenvector with its rate, its start and its forcing.
  private struct Mode {
    var rate: Double
    var air: Double
    var mass: Double
    var start: Double
    var force: Double

    /// e^(λt), φ(t) = ∫ e^(λs) ds and ψ(t) = ∫ φ(s) ds.
    func kernels(_ t: Double) -> (exponential: Double, first: Double, second: Double) {
      let x = rate * t
      if x > -1e-3 {
        // Series, since the differences below would cancel; the next terms are under 1e-17.
        let first = t * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5))))
        let second = t * t / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6))))
        return (1 + rate * first, first, second)
      }
      let exponential = Portable.exp(x)
      let first = (exponential - 1) / rate
      return (exponential, first, (first - t) / rate)
    }

    func value(_ t: Double) -> Double {
      let kernels = kernels(t)
      return start * kernels.exponential + force * kernels.first
    }

    func integral(_ t: Double) -> Double {
      let kernels = kernels(t)
      return start * kernels.first + force * kernels.second
    }
  }

  /// The course from a start.
  init(_ thermals: RoomThermals, from start: RoomTemperatures, under forcing: RoomForcing) {
    let (air, mass) = (thermals.air.joulesPerKelvin, thermals.mass.joulesPerKelvin)
    let h = thermals.coupling.wattsPerKelvin
    let u = thermals.envelope.wattsPerKelvin
    let g = forcing.slope
    let (a, d) = ((h + g) / air, (h + u) / mass)
    let root = Portable.sqrt((a - d) * (a - d) + 4 * (h / air) * (h / mass))
    let fastRate = -(a + d + root) / 2
    // From the determinant, which is written without a difference: exact for the slow rate.
    let slowRate = (h * (g + u) + g * u) / (air * mass) / fastRate
    // Each vector from the row in which nothing cancels.
    let (fastAir, fastMass) = (fastRate + d, h / mass)
    let (slowAir, slowMass) = (h / air, a + slowRate)
    let determinant = fastAir * slowMass - slowAir * fastMass
    func coordinates(_ first: Double, _ second: Double) -> (Double, Double) {
      (
        (first * slowMass - second * slowAir) / determinant,
        (second * fastAir - first * fastMass) / determinant
      )
    }
    let starts = coordinates(start.air.celsius, start.mass.celsius)
    let forces = coordinates((forcing.heat + forcing.offset) / air, u * forcing.outdoor / mass)
    fast = Mode(rate: fastRate, air: fastAir, mass: fastMass, start: starts.0, force: forces.0)
    slow = Mode(rate: slowRate, air: slowAir, mass: slowMass, start: starts.1, force: forces.1)
  }

  /// Both temperatures after so many seconds.
  func temperatures(after seconds: Double) -> RoomTemperatures {
    let (x, y) = (fast.value(seconds), slow.value(seconds))
    return RoomTemperatures(
      air: Temperature(celsius: fast.air * x + slow.air * y),
      mass: Temperature(celsius: fast.mass * x + slow.mass * y))
  }

  /// The air after so many seconds, °C.
  func air(after seconds: Double) -> Double {
    fast.air * fast.value(seconds) + slow.air * slow.value(seconds)
  }

  /// ∫ T dt of both nodes over the first so many seconds, °C s.
  func integrals(over seconds: Double) -> (air: Double, mass: Double) {
    let (x, y) = (fast.integral(seconds), slow.integral(seconds))
    return (fast.air * x + slow.air * y, fast.mass * x + slow.mass * y)
  }

  /// Where the air turns round, if it does: its slope is a sum of two exponentials, so at most once.
  private var turningPoint: Double? {
    let first = fast.air * (fast.rate * fast.start + fast.force)
    let second = slow.air * (slow.rate * slow.start + slow.force)
    let ratio = -second / first
    guard ratio > 0, ratio.isFinite, ratio.isNormal else { return nil }
    let time = Portable.log(ratio) / (fast.rate - slow.rate)
    return time > 0 ? time : nil
  }
}

extension RoomCourse {
  /// A line that the air may cross.
  enum Line {
    /// At or above so many °C.
    case atLeast(Double)
    /// Below so many °C.
    case below(Double)

    func isCrossed(by celsius: Double) -> Bool {
      switch self {
      case .atLeast(let limit): celsius >= limit
      case .below(let limit): celsius < limit
      }
    }
  }

  /// The first whole nanosecond, up to a span, at which the air has crossed a line; nil if it does not.
  ///
  /// Between its ends and its one turning point the air is monotone, so halving finds the moment; the
  /// moment is the root of the closed form, rounded up.
  /// - Complexity: two or three evaluations where nothing is crossed, about 45 where something is.
  func crossing(_ line: Line, within span: TimeSpan) -> TimeSpan? {
    if line.isCrossed(by: air(after: 0)) { return .zero }
    var low: Int64 = 0
    var high = span.nanoseconds
    if let turn = turningPoint, turn < span.seconds {
      let nanoseconds = TimeSpan.seconds(turn).nanoseconds
      if line.isCrossed(by: air(after: turn)) {
        high = max(nanoseconds, 1)
      } else {
        low = nanoseconds
      }
    }
    guard high > low, isCrossed(line, high) else { return nil }
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if isCrossed(line, middle) { high = middle } else { low = middle }
    }
    return TimeSpan(nanoseconds: high)
  }

  private func isCrossed(_ line: Line, _ nanoseconds: Int64) -> Bool {
    line.isCrossed(by: air(after: TimeSpan(nanoseconds: nanoseconds).seconds))
  }
}
