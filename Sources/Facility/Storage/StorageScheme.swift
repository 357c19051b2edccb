import Randomness

/// How data are spread over devices, and how many of them may be lost before data are.
package enum StorageScheme: Hashable, Sendable, Codable {
  /// The whole of it on each of so many devices: 1 is a single disk, 2 a mirror.
  case replicas(Int)
  /// Split into `data` parts with `parity` more computed from them, any `data` of which suffice.
  ///
  /// RAID 5 is `parity` 1, RAID 6 is 2; Backblaze's vaults are 17 + 3.
  case erasureCode(data: Int, parity: Int)

  /// How many devices hold a part of it.
  package var devices: Int {
    switch self {
    case .replicas(let count): count
    case .erasureCode(let data, let parity): data + parity
    }
  }

  /// How many devices may be down at once without a loss of data.
  package var tolerated: Int {
    switch self {
    case .replicas(let count): count - 1
    case .erasureCode(_, let parity): parity
    }
  }

  /// Bytes on devices for a byte of data: 3 for three replicas, 1.18 for 17 + 3.
  package var overhead: Double { Double(devices) / Double(devices - tolerated) }
}

/// How many rebuilds run at the same time.
package enum RebuildOrder: String, Hashable, Sendable, Codable, CaseIterable {
  /// Every device that is down is being rebuilt: i of them finish at i times the rate of one.
  case parallel
  /// One after another: one rebuilder, one spare, or one bus.
  case serial
}

/// Data on devices that fail and are rebuilt: what `durability` asks about.
package struct StorageParameters: Hashable, Sendable, Codable {
  /// How the data are spread.
  package var scheme: StorageScheme
  /// The share of devices that fail in a year.
  package var annualFailureRate: Double
  /// The mean time from a failure until its part is whole again, in hours.
  package var repairHours: Double
  /// Whether rebuilds wait for each other.
  package var order: RebuildOrder

  /// Parameters as given.
  package init(
    scheme: StorageScheme, annualFailureRate: Double, repairHours: Double,
    order: RebuildOrder = .parallel
  ) {
    self.scheme = scheme
    self.annualFailureRate = annualFailureRate
    self.repairHours = repairHours
    self.order = order
  }
}

extension StorageParameters {
  /// 365.25 days, as everywhere that a year is a number and not a date.
  package static let hoursInYear = 8_766.0
  /// `Chosen:` past 40 devices nobody stripes one piece of data, and repairs stop being rare.
  package static let deviceCounts = 1...40
  /// `Chosen:` a device that surely fails within the year leaves nothing to compute with.
  package static let rateMax = 0.99
  /// `Chosen:` a second to a year, beyond which it is not a repair.
  package static let repairRange = (1 / 3_600.0)...hoursInYear

  /// Checks that the scheme can be computed.
  /// - Throws: the first `StorageError` that applies, in the order of the parameters.
  package func validate() throws(StorageError) {
    switch scheme {
    case .replicas(let count):
      guard Self.deviceCounts.contains(count) else {
        throw .replicasOutOfRange(count, allowed: Self.deviceCounts)
      }
    case .erasureCode(let data, let parity):
      guard data >= 1, parity >= 0, Self.deviceCounts.contains(data + parity) else {
        throw .devicesOutOfRange(data: data, parity: parity, allowed: Self.deviceCounts)
      }
    }
    guard annualFailureRate > 0, annualFailureRate <= Self.rateMax else {
      throw .failureRateOutOfRange(annualFailureRate, most: Self.rateMax)
    }
    guard Self.repairRange.contains(repairHours) else {
      throw .repairOutOfRange(hours: repairHours, allowed: Self.repairRange)
    }
  }

  /// λ: failures of one device a year, of which the share AFR = 1 − e^−λ has one within the year.
  package var failuresPerYear: Double { -Portable.log(1 - annualFailureRate) }

  /// μ: repairs a year by one rebuild.
  package var repairsPerYear: Double { Self.hoursInYear / repairHours }

  /// How fast one more device fails when `down` are down, a year.
  package func failureRate(down: Int) -> Double {
    Double(scheme.devices - down) * failuresPerYear
  }

  /// How fast one device comes back when `down` are down, a year.
  package func repairRate(down: Int) -> Double {
    down == 0 ? 0 : Double(order == .parallel ? down : 1) * repairsPerYear
  }
}

/// Why the durability of a scheme cannot be computed.
package enum StorageError: Error, Hashable, Sendable {
  case replicasOutOfRange(Int, allowed: ClosedRange<Int>)
  case devicesOutOfRange(data: Int, parity: Int, allowed: ClosedRange<Int>)
  case failureRateOutOfRange(Double, most: Double)
  case repairOutOfRange(hours: Double, allowed: ClosedRange<Double>)
  case trialsOutOfRange(Int, allowed: ClosedRange<Int>)
  /// Repairs are so slow that all devices are hardly ever sound, and a simulation takes for ever.
  case tooManyEvents(Double, most: Double)
}
