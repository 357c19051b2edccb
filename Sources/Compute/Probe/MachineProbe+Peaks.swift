import CComputeKernels

extension MachineProbe {
  /// The peak of each instruction set for 32-bit numbers, and of the best one for bytes, on one core
  /// and on all.
  func measurePeaks(_ pool: WorkerPool) throws -> [MachineMeasurement.Peak] {
    var peaks: [MachineMeasurement.Peak] = []
    for set in InstructionSet.available {
      guard let loops = compute_peaks_for(set.kernels)?.pointee else { continue }
      peaks.append(try peak(set, .float32, pool, loops.multiply_add))
    }
    if let loops = compute_bytes_for(InstructionSet.best.kernels)?.pointee {
      peaks.append(try peak(.best, .int8, pool, loops.peak))
    }
    return peaks
  }

  /// Operations a second of the best kernel for numbers of a precision, on all threads of a pool.
  package func peakRate(
    _ pool: WorkerPool, _ precision: MachineMeasurement.Precision = .float32
  ) throws -> Double {
    let set = InstructionSet.best.kernels
    guard let floats = compute_peaks_for(set)?.pointee, let bytes = compute_bytes_for(set)?.pointee
    else { preconditionFailure("there are no kernels for \(InstructionSet.best)") }
    guard let loop = precision == .float32 ? floats.multiply_add : bytes.peak else {
      preconditionFailure("a set of kernels without a peak")
    }
    return try peak(.best, precision, pool, loop).allCores.median
  }

  /// The roof over work with numbers of a precision, on all threads of a pool, measured within half a second.
  ///
  /// The work goes over as many bytes again and again: a working set that a cache holds has a steeper slope than
  /// memory.
  package func roofline(
    _ pool: WorkerPool, _ precision: MachineMeasurement.Precision, workingSet: Int
  ) throws -> Roofline {
    let page = 1 << 12
    let bytes = max(pool.threads * page, workingSet / page * page)
    return Roofline(
      peak: try peakRate(pool, precision),
      bandwidth: try measureMemoryBandwidth(ProbeMemory(bytes: bytes), bytes, pool).median)
  }

  private func peak(
    _ set: InstructionSet, _ precision: MachineMeasurement.Precision, _ pool: WorkerPool,
    _ loop: @escaping @convention(c) (Int, UnsafeMutablePointer<Double>?) -> Float
  ) throws -> MachineMeasurement.Peak {
    let work = {
      var operations = 0.0
      ProbeSink.keep(Double(loop(20_000, &operations)))
      return operations
    }
    return MachineMeasurement.Peak(
      instructionSet: set, precision: precision, oneCore: try rate(of: work),
      allCores: try rate(on: pool) { _ in work() })
  }

  /// Bytes a second that all cores together read of a working set, each its own part.
  func measureMemoryBandwidth(_ memory: ProbeMemory, _ workingSet: Int, _ pool: WorkerPool) throws
    -> MachineMeasurement.Reading
  {
    let bytes = workingSet / pool.threads / 64 * 64
    let count = bytes / MemoryLayout<Double>.size
    return try rate(on: pool) { part in
      ProbeSink.keep(compute_read_sum(memory.doubles + part * count, count))
      return Double(bytes)
    }
  }

  /// Work a second on all threads of a pool, by the clock on the wall: cores that others use count less.
  private func rate(on pool: WorkerPool, of kernel: (Int) -> Double) throws
    -> MachineMeasurement.Reading
  {
    let works = UnsafeMutablePointer<Double>.allocate(capacity: pool.threads)
    defer { works.deallocate() }
    var values: [Double] = []
    for _ in 0..<MachineProbe.repetitions {
      try checkpoint()
      let start = MachineProbe.now()
      pool.run(chunks: pool.threads) { part in
        var work = 0.0
        repeat { work += kernel(part) } while MachineProbe.now() - start < MachineProbe.sliceSeconds
        works[part] = work
      }
      let elapsed = MachineProbe.now() - start
      values.append((0..<pool.threads).reduce(0) { $0 + works[$1] } / elapsed)
    }
    return MachineMeasurement.Reading(values)
  }
}
