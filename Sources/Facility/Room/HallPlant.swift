import Quantities

/// What a hall is delivered with, each part by one of its kind; how large they are and how many there
/// are follows from the power of the hall.
package struct HallPlant: Hashable, Sendable {
  /// The UPS of a feed; its rating follows from the hall's.
  package var ups: UPS
  /// The generator of a feed; rating and tank follow from the hall's.
  package var generator: Generator
  /// A chiller, as large as each will be.
  package var chiller: CoolingUnit

  /// A plant as given.
  package init(ups: UPS, generator: Generator, chiller: CoolingUnit) {
    self.ups = ups
    self.generator = generator
    self.chiller = chiller
  }
}

extension Room {
  /// Furnishes a room with one bare feed as a hall: two feeds, each able to carry all with UPS and
  /// generator, a chiller more than it needs, and doors on its aisles.
  ///
  /// `Chosen:` a quarter of reserve for each UPS, four fifths for an engine that carries the cooling too, a
  /// fifth and two units for the chillers.
  package mutating func furnish(with plant: HallPlant, power: Power) {
    add(FeedPlan(name: "B", rating: power))
    for feed in 0...1 {
      var ups = plant.ups
      ups.rating = power * 1.25
      install(ups, feed: feed)
      var engine = plant.generator
      engine.rating = power * 1.8
      engine.tank = Volume(
        cubicMeters: plant.generator.tank.cubicMeters * (engine.rating / plant.generator.rating))
      install(engine, feed: feed)
    }
    let count = Int(power / plant.chiller.capacity * 1.2) + 2
    for index in 0..<count {
      var chiller = plant.chiller
      chiller.feed = index % 2
      add(chiller)
    }
    setContainment(.contained)
  }
}

extension RoomThermals {
  /// The land that a rack takes, with its share of the aisles, m².
  ///
  /// `Chosen:` a rack of 0.7 m² and as much again on each side to stand and to breathe.
  package static let areaPerRack = 2.5

  /// What walls and roof let through for each square metre of floor, W/K.
  ///
  /// `Chosen:` light walls without insulation: a small room stays 10 K above the outside on some 400 W.
  private static let envelopePerArea = 4.0

  /// How many racks a floor holds.
  package static func places(onArea area: Double) -> Int { max(1, Int(area / areaPerRack)) }

  /// A room on so many square metres, as full of racks as it can be.
  package static func floor(_ area: Double) -> RoomThermals {
    places(
      places(onArea: area),
      envelope: ThermalConductance(wattsPerKelvin: envelopePerArea * area))
  }
}
