import CComputeKernels
import Glibc

/// Measures the machine that it runs on, within a few seconds.
///
/// Each kernel runs for about `sliceSeconds` between two checkpoints, so it can be stopped at once.
package struct MachineProbe {
  /// What may be touched beside processor and memory.
  package struct Scope: Sendable {
    /// A folder for a file of `diskBytes`, or nil to leave the disk alone.
    package var folder: String?
    /// Whether sockets may be opened on the loopback interface.
    package var usesLoopback: Bool

    /// A scope as given.
    package init(folder: String?, usesLoopback: Bool) {
      self.folder = folder
      self.usesLoopback = usesLoopback
    }
  }

  /// `Chosen:` long against the clock's grain and a thread switch, short against patience.
  static let sliceSeconds = 0.012
  /// `Chosen:` an odd number, so that the median is one of them.
  static let repetitions = 5
  /// `Chosen:` from inside the smallest cache to beyond the largest of a desktop.
  static let workingSets = (12...27).map { 1 << $0 }
  /// `Chosen:` more than a disk's own cache takes at once, little enough for a slow disk.
  static let diskBytes = 32 << 20

  let scope: Scope
  let checkpoint: () throws -> Void

  /// A probe that may touch so much.
  package init(scope: Scope, checkpoint: @escaping () throws -> Void = {}) {
    self.scope = scope
    self.checkpoint = checkpoint
  }

  /// Measures everything in scope.
  /// - Throws: what `checkpoint` throws.
  package func measure() throws -> MachineMeasurement {
    let largest = MachineProbe.workingSets.last ?? 1 << 12
    let memory = ProbeMemory(bytes: largest)
    var staircase: [MachineMeasurement.Step] = []
    for workingSet in MachineProbe.workingSets {
      staircase.append(
        MachineMeasurement.Step(
          workingSet: workingSet, bandwidth: try bandwidth(memory, workingSet),
          latency: try latency(memory, workingSet)))
    }
    let scatteredRate = try scatteredRate(memory)
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    let pool = WorkerPool(threads: cores)
    let memoryBandwidth = try measureMemoryBandwidth(memory, largest, pool)
    let peaks = try measurePeaks(pool)
    let disk = try measureDisk()
    let loopback = try measureLoopback()
    return MachineMeasurement(
      cores: cores, caches: MachineProbe.caches(),
      computeRate: try computeRate(), scatteredRate: scatteredRate, staircase: staircase,
      peaks: peaks, memoryBandwidth: memoryBandwidth,
      diskWrite: disk?.write, diskRead: disk?.read, diskAccess: disk?.access,
      loopbackRoundTrip: loopback?.roundTrip, loopbackRate: loopback?.rate,
      memory: MachineProbe.memory(), chassis: Chassis.ofThisMachine())
  }

  /// Seconds on a clock that never goes back.
  static func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  /// Seconds that this thread has had a core: what other programs take does not count.
  private static func coreSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  // MARK: - Processor and memory

  /// Work per second on a core of a kernel that says how much each call does.
  ///
  /// It is called until a slice is full. A call should take ten microseconds or more, as asking for
  /// the time takes a part of one.
  func rate(of kernel: () -> Double) throws -> MachineMeasurement.Reading {
    var values: [Double] = []
    for _ in 0..<MachineProbe.repetitions {
      try checkpoint()
      var work = kernel() * 0  // once to warm up
      let start = MachineProbe.coreSeconds()
      var elapsed = 0.0
      repeat {
        work += kernel()
        elapsed = MachineProbe.coreSeconds() - start
      } while elapsed < MachineProbe.sliceSeconds
      values.append(work / elapsed)
    }
    return MachineMeasurement.Reading(values)
  }

  private func computeRate() throws -> MachineMeasurement.Reading {
    guard let peaks = compute_peaks_for(InstructionSet.best.kernels) else {
      preconditionFailure("there are no kernels for \(InstructionSet.best)")
    }
    return try rate {
      var operations = 0.0
      ProbeSink.keep(Double(peaks.pointee.multiply_add(20_000, &operations)))
      return operations
    }
  }

  /// One multiply-add for each line of the largest working set, in an order that nobody guesses.
  private func scatteredRate(_ memory: ProbeMemory) throws -> MachineMeasurement.Reading {
    let (steps, bytes) = (2_000, MachineProbe.workingSets.last ?? 1 << 12)
    memory.layChain(bytes: bytes)
    defer { memory.clear(bytes: bytes) }
    var at = 0
    var sum: Float = 0
    let rate = try rate {
      at = compute_chase_multiply_add(memory.indices, at, steps, &sum)
      return 2 * Double(steps)
    }
    ProbeSink.keep(Double(sum))
    return rate
  }

  private func bandwidth(_ memory: ProbeMemory, _ workingSet: Int) throws
    -> MachineMeasurement.Reading
  {
    let count = workingSet / MemoryLayout<Double>.size
    let passes = max(1, (1 << 21) / workingSet)
    return try rate {
      for _ in 0..<passes { ProbeSink.keep(compute_read_sum(memory.doubles, count)) }
      return Double(workingSet * passes)
    }
  }

  private func latency(_ memory: ProbeMemory, _ workingSet: Int) throws
    -> MachineMeasurement.Reading
  {
    let steps = 10_000
    memory.layChain(bytes: workingSet)
    // Each call goes on where the last one ended; from the start again it would meet the same few
    // thousand lines, which a cache holds.
    var at = 0
    let rate = try rate {
      at = compute_chase(memory.indices, at, steps)
      return Double(steps)
    }
    ProbeSink.keep(Double(at))
    memory.clear(bytes: workingSet)
    return MachineMeasurement.Reading([1 / rate.high, 1 / rate.median, 1 / rate.low])
      .withRepetitions(rate.repetitions)
  }

  /// How much memory the system has, in bytes; nil if it does not tell.
  private static func memory() -> Int? {
    let (pages, bytes) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && bytes > 0 ? Int(pages) * Int(bytes) : nil
  }

  /// The data caches of the first core as Linux lists them, smallest first.
  private static func caches() -> [Int] {
    var sizes: [Int] = []
    for index in 0..<8 {
      let folder = "/sys/devices/system/cpu/cpu0/cache/index\(index)/"
      guard let type = ProbeFile.text(folder + "type"), type != "Instruction",
        let size = ProbeFile.text(folder + "size")
      else { continue }
      let number = Int(size.prefix { $0.isNumber }) ?? 0
      let scale = size.hasSuffix("M") ? 1 << 20 : size.hasSuffix("K") ? 1 << 10 : 1
      if number > 0 { sizes.append(number * scale) }
    }
    return sizes.sorted()
  }
}

extension MachineMeasurement.Reading {
  /// The same reading, of so many repetitions.
  fileprivate func withRepetitions(_ count: Int) -> MachineMeasurement.Reading {
    var copy = self
    copy.repetitions = count
    return copy
  }
}

/// Takes results, so that no compiler can leave out the work that they came from.
enum ProbeSink {
  @inline(never)
  static func keep(_ value: Double) { precondition(!value.isNaN, "a kernel computed NaN") }
}
