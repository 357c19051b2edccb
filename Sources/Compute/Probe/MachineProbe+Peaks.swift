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

  /// Bytes a second that all cores together read of the largest working set, each its own part.
  func measureMemoryBandwidth(_ memory: ProbeMemory, _ pool: WorkerPool) throws
    -> MachineMeasurement.Reading
  {
    let bytes = (MachineProbe.workingSets.last ?? 1 << 12) / pool.threads / 64 * 64
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
