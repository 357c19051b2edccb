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

  // x ← 0.999 x + 0.001 has the fixed point 1; there are 12 · 8 of them.
  @Test func theMultiplyAddsComeToTheirFixedPoint() {
    var operations = 0.0
    let sum = compute_multiply_add(100_000, &operations)
    #expect(abs(sum - 96) < 0.5)
    #expect(operations == 100_000 * 96 * 2)
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

  @Test func aMachineHasPositiveNumbersAndItsMemoryIsNoFasterThanItsCache() throws {
    let measured = try MachineProbe(scope: .init(folder: nil, usesLoopback: false)).measure()
    #expect(measured.cores > 0)
    #expect(measured.computeRate.low > 0)
    #expect(measured.staircase.count == MachineProbe.workingSets.count)
    let first = try #require(measured.staircase.first)
    let last = try #require(measured.staircase.last)
    // Other programs disturb single readings; a factor of two the wrong way would be a bug.
    #expect(last.latency.median > first.latency.median / 2)
    #expect(first.bandwidth.median > last.bandwidth.median / 2)
    // A fetch from memory takes the time of some hundred multiply-adds; a tenth left would be a bug.
    #expect(measured.scatteredRate.median < measured.computeRate.median / 10)
    #expect(measured.diskWrite == nil && measured.loopbackRate == nil)
  }

  @Test func aProbeStopsAtACheckpoint() {
    struct Stop: Error {}
    let probe = MachineProbe(scope: .init(folder: nil, usesLoopback: false)) { throw Stop() }
    #expect(throws: Stop.self) { try probe.measure() }
  }
}

@Suite struct MachineMeasurementTextTests {
  @Test func aMeasurementComesBackFromItsLine() throws {
    let measured = try MachineProbe(scope: .init(folder: nil, usesLoopback: true)).measure()
    #expect(MachineMeasurement(text: measured.text) == measured)
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
