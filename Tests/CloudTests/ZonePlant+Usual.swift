import Facility
import Quantities

@testable import Cloud

extension ZonePlant {
  /// A hall with a modern UPS, an engine and chillers with towers, in the climate of Washington.
  static let hall = ZonePlant(
    .hall(
      HallPlant(
        ups: UPS(
          rating: .kilowatts(500), loss: .modernUPS, fullLoadRuntime: .minutes(5),
          standsInRoom: false),
        generator: Generator(rating: .kilowatts(1_000), tank: .liters(7_000)),
        chiller: CoolingUnit(
          capacity: .kilowatts(500), setPoint: Temperature(celsius: 22),
          band: TemperatureDifference(kelvin: 3), supply: Temperature(celsius: 18),
          fanPower: .kilowatts(15), leastFlow: 0.5,
          rejection: .evaporative(approach: TemperatureDifference(kelvin: 6)), hasEconomizer: true)
      )), climate: .washington(seed: 1))

  /// A machine room with a UPS of the 2000s and units without a rest for their compressors.
  static let machineRoom = ZonePlant(
    .room(
      ups: UPS(rating: .kilowatts(16), fullLoadRuntime: .minutes(8), standsInRoom: true),
      unit: CoolingUnit(
        capacity: .kilowatts(30), setPoint: Temperature(celsius: 20),
        supply: Temperature(celsius: 15), fanPower: Power(watts: 1_500))),
    climate: .washington(seed: 1))
}
