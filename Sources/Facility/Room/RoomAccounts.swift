import Quantities

/// Energy by where it came from and where it went, water and fuel, from the beginning to a moment.
///
/// Differences of two accounts are those of the period between. Each entry is summed on its own, so
/// two laws can be checked: what came in went out or is stored in the battery, and the heat that
/// entered the room left it or is stored in air and mass.
package struct RoomAccounts: Hashable, Sendable, Codable {
  /// Up to when.
  package var moment: Moment
  /// Bought from the utility.
  package var utility = Energy.zero
  /// From the generators.
  package var generators = Energy.zero
  /// Out of the batteries, less what went into them.
  package var batteries = Energy.zero
  /// Into the machines, their fans included.
  package var machines = Energy.zero
  /// What of that their fans took.
  package var machineFans = Energy.zero
  /// Lost in distribution.
  package var distribution = Energy.zero
  /// Lost in the UPSs.
  package var ups = Energy.zero
  /// Lost in charging batteries.
  package var charging = Energy.zero
  /// Lost in the transformers.
  package var transformers = Energy.zero
  /// The fans of the cooling units.
  package var coolingFans = Energy.zero
  /// Compressors, pumps and towers.
  package var compressors = Energy.zero
  /// Heat that entered the air of the room from all that draws power in it.
  package var roomHeat = Energy.zero
  /// Heat that came in through walls and roof; negative where it went out.
  package var envelope = Energy.zero
  /// Heat that the cooling units took out.
  package var heatRemoved = Energy.zero
  /// What of that was taken out while the compressor rested.
  package var freeCooling = Energy.zero
  /// Water that towers used.
  package var water = Volume(cubicMeters: 0)
  /// Fuel that generators burned.
  package var fuel = Volume(cubicMeters: 0)
}

extension RoomAccounts {
  /// All that flowed into the facility from outside.
  package var facility: Energy { utility + generators }

  /// Power usage effectiveness, ∫P_facility dt / ∫P_IT dt; nil while the machines have drawn nothing.
  ///
  /// - Source: ISO/IEC 30134-2:2016: energy over a period, a year if nothing else is said.
  package var powerUsageEffectiveness: Double? {
    machines > .zero ? facility / machines : nil
  }

  /// Water usage effectiveness in litres a kilowatt-hour of the machines; nil as above.
  ///
  /// - Source: ISO/IEC 30134-9:2022. Water for making electricity is left out.
  package var waterUsageEffectiveness: Double? {
    machines > .zero ? water.liters / machines.kilowattHours : nil
  }

  /// The period from an earlier account to a later one.
  package static func - (a: RoomAccounts, b: RoomAccounts) -> RoomAccounts {
    var difference = a
    for path in RoomAccounts.energies {
      difference[keyPath: path] = a[keyPath: path] - b[keyPath: path]
    }
    difference.water = a.water - b.water
    difference.fuel = a.fuel - b.fuel
    return difference
  }

  private static var energies: [WritableKeyPath<RoomAccounts, Energy>] {
    [
      \.utility, \.generators, \.batteries, \.machines, \.machineFans, \.distribution, \.ups,
      \.charging, \.transformers, \.coolingFans, \.compressors, \.roomHeat, \.envelope,
      \.heatRemoved, \.freeCooling,
    ]
  }
}
