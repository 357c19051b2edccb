import Quantities

/// A diesel generator behind an automatic transfer switch.
package struct Generator: Hashable, Sendable, Codable {
  /// What it can deliver without end.
  package var rating: Power
  /// From the outage to power at the switch.
  package var startDelay: TimeSpan
  /// What its tank holds.
  package var tank: Volume

  /// The delay of NFPA 110 Type 10, Standard for Emergency and Standby Power Systems: 10 s.
  package static let typeTenDelay = TimeSpan.seconds(10)

  /// A generator with a tank.
  package init(rating: Power, startDelay: TimeSpan = Generator.typeTenDelay, tank: Volume) {
    precondition(
      rating.watts > 0 && startDelay >= .zero && tank.cubicMeters >= 0,
      "a generator of \(rating.watts) W with \(tank.liters) L")
    self.rating = rating
    self.startDelay = startDelay
    self.tank = tank
  }

  /// The fuel of an hour at an output: 0.030 L for each kW of rating and 0.25 L for each kWh.
  ///
  /// - Source: Hardy Diesel, "Diesel Generator Fuel Consumption Chart", seen 2026-11-25: a 100 kW set
  ///   takes 4.1, 5.8 and 7.4 gal/h at a half, three quarters and full load (15.5, 22.0, 28.0 L/h);
  ///   the line is within 2 % of them.
  package func fuelPerHour(at output: Power) -> Volume {
    .liters(0.030 * rating.kilowatts + 0.25 * max(0, output.kilowatts))
  }
}
