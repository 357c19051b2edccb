import Quantities

/// What was measured of a machine: how fast it computes, and how far its data is away.
///
/// Every number is the median of repetitions, with the spread between the lowest and the highest: a
/// shared machine is not the same from second to second.
package struct MachineMeasurement: Hashable, Sendable, Codable {
  /// A measured number.
  package struct Reading: Hashable, Sendable, Codable {
    /// The median of the repetitions.
    package var median: Double
    /// The lowest of them.
    package var low: Double
    /// The highest of them.
    package var high: Double
    /// How many there were.
    package var repetitions: Int

    /// The reading of some values.
    /// - Precondition: there is at least one.
    package init(_ values: [Double]) {
      precondition(!values.isEmpty, "a reading needs a value")
      let sorted = values.map(Reading.rounded).sorted()
      median = sorted[sorted.count / 2]
      low = sorted[0]
      high = sorted[sorted.count - 1]
      repetitions = sorted.count
    }

    /// The number with four significant digits: more are noise, and would fill the log.
    static func rounded(_ value: Double) -> Double {
      guard value > 0, value.isFinite else { return 0 }
      var exponent = 0
      var digits = value
      while digits >= 10_000, exponent < 300 {
        digits /= 10
        exponent += 1
      }
      while digits < 1_000, exponent > -300 {
        digits *= 10
        exponent -= 1
      }
      return Double("\(Int(digits + 0.5))e\(exponent)") ?? value
    }
  }

  /// What was measured with data of one size.
  package struct Step: Hashable, Sendable, Codable {
    /// How much data was used over and over, in bytes.
    package var workingSet: Int
    /// How fast it was read one after the other, in bytes a second.
    package var bandwidth: Reading
    /// How long each access took where it depended on the one before, in seconds.
    package var latency: Reading

    /// A step as given.
    package init(workingSet: Int, bandwidth: Reading, latency: Reading) {
      self.workingSet = workingSet
      self.bandwidth = bandwidth
      self.latency = latency
    }
  }

  /// How many cores the system offers.
  package var cores: Int
  /// The data caches of a core, smallest first, in bytes; empty if the system does not tell.
  package var caches: [Int]
  /// Multiply-adds of 32-bit numbers on one core, in FLOP a second.
  package var computeRate: Reading
  /// The same where each number lies somewhere else in memory, in FLOP a second.
  package var scatteredRate: Reading
  /// The cache staircase: bandwidth and latency by working set, smallest first.
  package var staircase: [Step]
  /// How fast a file is written until it is on the disk, in bytes a second; nil if not allowed.
  package var diskWrite: Reading?
  /// How fast it is read again, in bytes a second; nil if not allowed.
  package var diskRead: Reading?
  /// How long it takes to read one place of a file that was set aside, in seconds; nil if not allowed.
  package var diskAccess: Reading?
  /// How long a byte takes to oneself and back over the loopback network, in seconds; nil if not
  /// allowed.
  package var loopbackRoundTrip: Reading?
  /// How fast data goes over the loopback network, in bytes a second; nil if not allowed.
  package var loopbackRate: Reading?

  /// A measurement as given.
  package init(
    cores: Int, caches: [Int], computeRate: Reading, scatteredRate: Reading, staircase: [Step],
    diskWrite: Reading? = nil, diskRead: Reading? = nil, diskAccess: Reading? = nil,
    loopbackRoundTrip: Reading? = nil, loopbackRate: Reading? = nil
  ) {
    self.cores = cores
    self.caches = caches
    self.computeRate = computeRate
    self.scatteredRate = scatteredRate
    self.staircase = staircase
    self.diskWrite = diskWrite
    self.diskRead = diskRead
    self.diskAccess = diskAccess
    self.loopbackRoundTrip = loopbackRoundTrip
    self.loopbackRate = loopbackRate
  }
}
