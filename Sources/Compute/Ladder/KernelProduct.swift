/// The product by tiles of an instruction set, on so many threads.
struct KernelProduct: LadderProduct {
  private let factors: LadderFactors
  private let instructionSet: InstructionSet
  private let pool: WorkerPool
  private var c: [Float]

  init(_ factors: LadderFactors, instructionSet: InstructionSet, pool: WorkerPool) {
    self.factors = factors
    self.instructionSet = instructionSet
    self.pool = pool
    c = [Float](repeating: 0, count: factors.size * factors.size)
  }

  mutating func compute(_ rows: Range<Int>) {
    let size = factors.size
    c.withUnsafeMutableBufferPointer { c in
      factors.a.withUnsafeBufferPointer { a in
        factors.b.withUnsafeBufferPointer { b in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress else { return }
          multiply(
            rows: rows.count, columns: size, depth: size, a + rows.lowerBound * size, stride: size,
            transposed: false, b, stride: size, transposed: false, into: c + rows.lowerBound * size,
            stride: size, accumulates: false, pool: pool, instructionSet: instructionSet)
        }
      }
    }
  }

  func row(_ index: Int) -> [Float] {
    Array(c[index * factors.size..<(index + 1) * factors.size])
  }
}
