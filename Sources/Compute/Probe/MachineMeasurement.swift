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

  /// What the numbers of a peak are.
  package enum Precision: String, CaseIterable, Hashable, Sendable, Codable {
    /// Floating-point numbers of 32 bits.
    case float32
    /// Whole numbers of 8 bits, with sums of 32.
    case int8
  }

  /// The most operations a second of one kernel, in registers.
  package struct Peak: Hashable, Sendable, Codable {
    /// The instructions.
    package var instructionSet: InstructionSet
    /// The numbers.
    package var precision: Precision
    /// On one core, in operations a second; a multiply-add is two.
    package var oneCore: Reading
    /// On all cores at a time, by the clock on the wall.
    package var allCores: Reading

    /// A peak as given.
    package init(
      instructionSet: InstructionSet, precision: Precision, oneCore: Reading, allCores: Reading
    ) {
      self.instructionSet = instructionSet
      self.precision = precision
      self.oneCore = oneCore
      self.allCores = allCores
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
  /// The peaks of the instruction sets that the processor has, the plainest first, then that of the best
  /// for bytes; empty in a recording of before there were any.
  package var peaks: [Peak]
  /// How fast all cores together read the largest working set, in bytes a second; nil in a recording
  /// of before it was measured.
  package var memoryBandwidth: Reading?
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
  /// How much memory the system has, in bytes; nil in a recording of before it was asked.
  package var memory: Int?
  /// What the machine is built as; nil if the system does not tell, as inside a virtual machine.
  package var chassis: Chassis?

  /// The peak of the plainest instructions for 32-bit numbers; nil in a recording of before it was
  /// measured.
  package var plainPeak: Peak? { peaks.first { $0.precision == .float32 } }

  /// The instruction sets that the processor has.
  package var instructionSets: [InstructionSet] {
    peaks.filter { $0.precision == .float32 }.map(\.instructionSet)
  }

  /// A measurement as given.
  package init(
    cores: Int, caches: [Int], computeRate: Reading, scatteredRate: Reading, staircase: [Step],
    peaks: [Peak] = [], memoryBandwidth: Reading? = nil, diskWrite: Reading? = nil,
    diskRead: Reading? = nil, diskAccess: Reading? = nil,
    loopbackRoundTrip: Reading? = nil, loopbackRate: Reading? = nil,
    memory: Int? = nil, chassis: Chassis? = nil
  ) {
    self.cores = cores
    self.caches = caches
    self.computeRate = computeRate
    self.scatteredRate = scatteredRate
    self.staircase = staircase
    self.peaks = peaks
    self.memoryBandwidth = memoryBandwidth
    self.diskWrite = diskWrite
    self.diskRead = diskRead
    self.diskAccess = diskAccess
    self.loopbackRoundTrip = loopbackRoundTrip
    self.loopbackRate = loopbackRate
    self.memory = memory
    self.chassis = chassis
  }
}
