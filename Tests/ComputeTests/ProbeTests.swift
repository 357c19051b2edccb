import CComputeKernels
import Testing

@testable import Compute

@Suite struct ProbeKernelTests {
  // 1 + 2 + … + n = n (n + 1) / 2, exact in doubles.
  @Test(arguments: [0, 1, 7, 31, 32, 33, 1_000, 4_096])
  func theSumReadsEveryNumberOnce(count: Int) {
    let aligned = UnsafeMutableRawPointer.allocate(byteCount: max(count, 8) * 8, alignment: 64)
    defer { aligned.deallocate() }
    let values = aligned.bindMemory(to: Double.self, capacity: max(count, 8))
    for index in 0..<count { values[index] = Double(index + 1) }
    #expect(compute_read_sum(values, count) == Double(count * (count + 1) / 2))
  }

  // x ← 0.999 x + 0.001 has the fixed point 1; the twelve chains have the lanes of a vector each.
  @Test(arguments: InstructionSet.available)
  func theMultiplyAddsComeToTheirFixedPoint(set: InstructionSet) throws {
    let lanes: [InstructionSet: Int] = [.baseline: 4, .neon: 4, .avx2: 8, .avx512: 16]
    let chains = 12 * (lanes[set] ?? 0)
    var operations = 0.0
    let sum = try #require(compute_peaks_for(set.kernels)).pointee.multiply_add(
      100_000, &operations)
    #expect(abs(sum - Float(chains)) < 0.005 * Float(chains))
    #expect(operations == Double(100_000 * chains * 2))
  }

  @Test(arguments: [128, 4_096, 65_536])
  func theChainVisitsEachCacheLineOnceBeforeItReturns(bytes: Int) {
    let memory = ProbeMemory(bytes: 65_536)
    memory.layChain(bytes: bytes)
    let lines = bytes / 64
    var seen: Set<Int> = []
    var at = 0
    for _ in 0..<lines {
      #expect(seen.insert(at).inserted)
      at = memory.indices[at]
    }
    #expect(at == 0)
    #expect(seen.count == lines)
    #expect(compute_chase(memory.indices, 0, lines) == 0)
  }

  // A chase that began anew would meet the same lines again, and find them in a cache.
  @Test func aChaseGoesOnWhereTheLastOneEnded() {
    let memory = ProbeMemory(bytes: 65_536)
    memory.layChain(bytes: 65_536)
    let middle = compute_chase(memory.indices, 0, 500)
    #expect(middle != 0)
    #expect(compute_chase(memory.indices, middle, 524) == 0)
  }

  // By hand: 0 · 0.999 + 3 = 3 at the first line, 3 · 0.999 + 5 = 7.997 at the second.
  @Test func theScatteredMultiplyAddsReadTheNumberBesideEachIndex() {
    let words: [Int] = [2, 3, 0, 5]
    var sum: Float = 0
    #expect(compute_chase_multiply_add(words, 0, 2, &sum) == 0)
    #expect(abs(sum - 7.997) < 1e-5)
  }
}

@Suite struct MachineProbeTests {
  @Test func aReadingIsTheMedianWithItsSpread() {
    let reading = MachineMeasurement.Reading([3, 1, 2])
    #expect(reading.median == 2 && reading.low == 1 && reading.high == 3)
    #expect(reading.repetitions == 3)
  }

  // Measured once for all tests that look at a measurement.
  static let measured = Result {
    try MachineProbe(scope: .init(folder: nil, usesLoopback: true)).measure()
  }

  @Test func aMachineHasPositiveNumbersAndItsMemoryIsNoFasterThanItsCache() throws {
    let measured = try Self.measured.get()
    #expect(measured.cores > 0)
    #expect(try #require(measured.memory) > 1_000_000)
    #expect(measured.computeRate.low > 0)
    #expect(measured.staircase.count == MachineProbe.workingSets.count)
    let first = try #require(measured.staircase.first)
    let last = try #require(measured.staircase.last)
    // Other programs disturb single readings; a factor of two the wrong way would be a bug.
    #expect(last.latency.median > first.latency.median / 2)
    #expect(first.bandwidth.median > last.bandwidth.median / 2)
    // A fetch from memory takes the time of some hundred multiply-adds; a tenth left would be a bug.
    #expect(measured.scatteredRate.median < measured.computeRate.median / 10)
    #expect(measured.diskWrite == nil)
  }

  // Every set computes at least a tenth of the best; sixteen times would be a vector instead of a number.
  @Test func aPeakIsMeasuredForEachInstructionSetAndForBytes() throws {
    let measured = try Self.measured.get()
    #expect(measured.instructionSets == InstructionSet.available)
    #expect(measured.peaks.last?.precision == .int8)
    #expect(measured.peaks.last?.instructionSet == .best)
    for peak in measured.peaks {
      #expect(peak.oneCore.median > measured.computeRate.median / 100)
      // More than the cores together would be a mistake in counting; turbo and others disturb.
      #expect(peak.allCores.median < 3 * Double(measured.cores) * peak.oneCore.high)
    }
    #expect(try #require(measured.memoryBandwidth).low > 0)
  }

  @Test func aProbeStopsAtACheckpoint() {
    struct Stop: Error {}
    let probe = MachineProbe(scope: .init(folder: nil, usesLoopback: false)) { throw Stop() }
    #expect(throws: Stop.self) { try probe.measure() }
  }
}

@Suite struct MachineMeasurementTextTests {
  @Test func aMeasurementComesBackFromItsLine() throws {
    let measured = try MachineProbeTests.measured.get()
    #expect(MachineMeasurement(text: measured.text) == measured)
  }

  // Written by hand, as version 2 had it.
  @Test func aRecordingOfVersionTwoIsStillRead() throws {
    let text =
      "2;4;32768,1048576;9e10,8e10,1e11,5;3e8,2e8,4e8,5;4096:1e11,1e11,1e11,5:1e-9,1e-9,2e-9,5"
      + ";-;2e9,1e9,3e9,3;-;-;-"
    let measured = try #require(MachineMeasurement(text: text))
    #expect(measured.cores == 4 && measured.caches == [32_768, 1_048_576])
    #expect(measured.computeRate.median == 9e10 && measured.diskRead?.high == 3e9)
    #expect(measured.peaks.isEmpty && measured.memoryBandwidth == nil)
    #expect(measured.instructionSets.isEmpty && measured.roofline == nil)
  }

  // Written by hand: a third group of four, and a bandwidth.
  @Test func peaksAreReadFromVersionThree() throws {
    let text =
      "3;2;;9e10,8e10,1e11,5;3e8,2e8,4e8,5;4096:1e10,1e10,1e10,5:1e-9,1e-9,2e-9,5;-;-;-;-;-"
      + ";baseline:float32:5e10,5e10,5e10,5:9e10,9e10,9e10,5 avx2:int8:2e11,2e11,2e11,5:4e11,4e11,4e11,5"
      + ";3e10,3e10,3e10,5"
    let measured = try #require(MachineMeasurement(text: text))
    #expect(measured.instructionSets == [.baseline])
    #expect(measured.peaks.map(\.precision) == [.float32, .int8])
    #expect(measured.peaks[1].allCores.median == 4e11)
    // Bytes are not of the roof: 9e10 / 3e10 = 3 FLOP a byte.
    #expect(measured.roofline?.ridgePoint == 3)
    #expect(MachineMeasurement(text: measured.text) == measured)
    #expect(MachineMeasurement(text: text.replacing("avx2", with: "avx9")) == nil)
    #expect(MachineMeasurement(text: text.replacing("3;2;", with: "2;2;")) == nil)
  }

  // Written by hand: version 3 with a memory and a chassis.
  @Test func memoryAndChassisAreReadFromVersionFour() throws {
    let text =
      "4;2;;9e10,8e10,1e11,5;3e8,2e8,4e8,5;4096:1e10,1e10,1e10,5:1e-9,1e-9,2e-9,5;-;-;-;-;-"
      + ";baseline:float32:5e10,5e10,5e10,5:9e10,9e10,9e10,5;-;8000000000;laptop"
    let measured = try #require(MachineMeasurement(text: text))
    #expect(measured.memory == 8_000_000_000 && measured.chassis == .laptop)
    #expect(measured.plainPeak?.oneCore.median == 5e10)
    #expect(MachineMeasurement(text: measured.text) == measured)
    for (old, new) in [
      ("laptop", "boat"), (";8000000000;", ";0;"), (";8000000000;", ";;"), ("4;2;;", "4;0;;"),
      ("4;2;;", "4;2;x;"), ("-;-;-;-;-", "-;-;1;-;-"), (";-;8000", ";;8000"),
    ] {
      #expect(MachineMeasurement(text: text.replacing(old, with: new)) == nil, "\(old) → \(new)")
    }
    let unknown = try #require(
      MachineMeasurement(text: text.replacing("8000000000;laptop", with: "-;-")))
    #expect(unknown.memory == nil && unknown.chassis == nil)
  }

  @Test(arguments: [
    "", "1;2;3", "1;1;;1,1,1,5;4096:1,1,1,1:1,1,1,1;-;-;-;-", "2;x;;1,1,1,5;1,1,1,5;;-;-;-;-;-",
  ])
  func whatIsNoneIsRefused(text: String) {
    #expect(MachineMeasurement(text: text) == nil)
  }

  // Rounded by hand.
  @Test(arguments: [(12_345.6, 12_350.0), (0.000_123_456, 0.000_123_5), (9_999.96, 10_000), (0, 0)])
  func readingsHaveFourDigits(value: Double, rounded: Double) {
    #expect(MachineMeasurement.Reading([value]).median == rounded)
  }
}

@Suite struct ChassisTests {
  // DMTF DSP0134, section 7.4.1: 3 desktop, 7 tower, 9 laptop, 10 notebook, 17 main server chassis, 23 rack
  // mount, 28 blade, 31 convertible; 1 is other, 2 unknown.
  @Test(arguments: [
    (3, Chassis.desktop), (7, .desktop), (9, .laptop), (10, .laptop), (17, .server), (23, .server),
    (28, .server), (31, .laptop), (1, nil), (2, nil), (99, nil), (-1, nil),
  ])
  func theNumbersOfTheFirmwareAreRead(number: Int, chassis: Chassis?) {
    #expect(Chassis(systemManagementBIOS: number) == chassis)
  }
}

@Suite struct RooflineTests {
  // By hand: 128 GFLOP/s and 32 GB/s meet at 4 FLOP a byte; 1 FLOP a byte is 32 GFLOP/s.
  @Test func theRoofIsTheLowerOneOfBothLimits() {
    let roof = Roofline(peak: 128e9, bandwidth: 32e9)
    #expect(roof.ridgePoint == 4)
    #expect(roof.attainableRate(intensity: 1) == 32e9)
    #expect(roof.attainableRate(intensity: 4) == 128e9)
    #expect(roof.attainableRate(intensity: 100) == 128e9)
    #expect(roof.attainableRate(intensity: 0) == 0)
  }
}
