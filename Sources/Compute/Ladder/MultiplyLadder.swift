/// The same matrix product, again and again, each time in a way that wastes less of the processor.
package struct MultiplyLadder {
  /// A way to compute it, from the plainest up; each adds one idea to the one before.
  package enum Rung: String, CaseIterable, Sendable, Hashable, Codable {
    /// Three loops over arrays of rows.
    case nested
    /// Three loops over one array a matrix.
    case flat
    /// The inner loops exchanged, so that memory is read in its order.
    case reordered
    /// The loops in blocks that fit a cache.
    case blocked
    /// A tile in registers, copies in the order of reading, vectors of the baseline.
    case packed
    /// The same with the best vectors of the processor.
    case vector
    /// The same on all threads.
    case threads
    /// Numbers of eight bits, summed up in whole numbers, on all threads.
    case bytes
  }

  /// What a rung came to.
  package struct Step: Hashable, Sendable, Codable {
    /// Which.
    package var rung: Rung
    /// Rows and columns of the matrices.
    package var size: Int
    /// The instructions that it may use.
    package var instructionSet: InstructionSet
    /// The threads that it ran on.
    package var threads: Int
    /// Seconds for a product.
    package var seconds: MachineMeasurement.Reading
    /// Operations a second, 2 n³ for a product: of floating-point numbers, and of whole ones for bytes.
    package var rate: MachineMeasurement.Reading
    /// How far the worst number of the result is from the product in double precision, in parts of the
    /// largest number of the product.
    package var largestError: Double

    /// The error that a rung may have.
    ///
    /// Rounding to 24 bits at each of n additions lets a sum walk away by about √n · 2⁻²⁴ of the largest
    /// number: 4e-6 for 4,096. Numbers of eight bits are off by 1/127/√12 of the largest one, and in sums
    /// of n products of numbers from −1 to 1 that comes to 6e-3 of the largest sum, whatever n.
    package var tolerance: Double { rung == .bytes ? 0.02 : 2e-5 }

    /// Whether the result is the product.
    package var isRight: Bool { largestError <= tolerance }
  }

  /// `Chosen:` a fifth of the tenth of a second in which the prompt has to be back, as others may take
  /// the core in the middle of a piece.
  private static let pieceSeconds = 0.02
  private static let mostRepetitions = 9

  private let factors: LadderFactors
  private let instructionSet: InstructionSet
  private let pool: WorkerPool
  private let budget: Double
  private let clock: () -> Double
  private let checkpoint: () throws -> Void
  private let exact: [Double]

  /// A ladder for square matrices of one size.
  /// - Parameters:
  ///   - size: rows and columns, at least 1.
  ///   - budget: seconds for a rung; it is repeated up to nine times within them, once at least.
  ///   - clock: seconds that never go back.
  ///   - checkpoint: called at least every tenth of a second; what it throws ends the work.
  /// - Throws: what `checkpoint` throws.
  package init(
    size: Int, pool: WorkerPool, instructionSet: InstructionSet = .best, budget: Double = 0.5,
    clock: @escaping () -> Double, checkpoint: @escaping () throws -> Void = {}
  ) throws {
    precondition(size >= 1, "a matrix has at least 1 row, not \(size)")
    factors = LadderFactors(size: size)
    self.instructionSet = instructionSet
    self.pool = pool
    self.budget = budget
    self.clock = clock
    self.checkpoint = checkpoint
    exact = try MultiplyLadder.product(factors, checkpoint)
  }

  /// The product in double precision.
  private static func product(_ factors: LadderFactors, _ checkpoint: () throws -> Void) throws
    -> [Double]
  {
    let size = factors.size
    let b = factors.b.map(Double.init)
    var c = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      try checkpoint()
      for k in 0..<size {
        let factor = Double(factors.a[i * size + k])
        for j in 0..<size { c[i * size + j] += factor * b[k * size + j] }
      }
    }
    return c
  }

  /// Climbs one rung.
  /// - Throws: what `checkpoint` throws.
  package func climb(_ rung: Rung) throws -> Step {
    let usesAll = rung == .threads || rung == .bytes
    let pool = usesAll ? self.pool : WorkerPool(threads: 1)
    let isPlain = rung != .vector && !usesAll
    let set = isPlain ? InstructionSet.baseline : instructionSet
    switch rung {
    case .nested: return try measure(rung, NestedLoops(factors), set, pool)
    case .flat: return try measure(rung, FlatProduct<PlainLoops>(factors), set, pool)
    case .reordered: return try measure(rung, FlatProduct<ReorderedLoops>(factors), set, pool)
    case .blocked: return try measure(rung, FlatProduct<BlockedLoops>(factors), set, pool)
    case .packed, .vector, .threads:
      let product = KernelProduct(factors, instructionSet: set, pool: pool)
      return try measure(rung, product, set, pool)
    case .bytes:
      let product = ByteProduct(factors, instructionSet: set, pool: pool)
      return try measure(rung, product, set, pool)
    }
  }

  private func measure(
    _ rung: Rung, _ product: some LadderProduct, _ set: InstructionSet, _ pool: WorkerPool
  ) throws -> Step {
    var product = product
    var pieces = Pieces(rows: factors.size, seconds: MultiplyLadder.pieceSeconds)
    var seconds: [Double] = []
    let start = clock()
    repeat {
      seconds.append(try pieces.run(clock: clock, checkpoint: checkpoint) { product.compute($0) })
    } while seconds.count < MultiplyLadder.mostRepetitions
      && clock() - start + seconds[seconds.count - 1] < budget
    let operations = 2 * Double(factors.size) * Double(factors.size) * Double(factors.size)
    return Step(
      rung: rung, size: factors.size, instructionSet: set, threads: pool.threads,
      seconds: MachineMeasurement.Reading(seconds),
      rate: MachineMeasurement.Reading(seconds.map { operations / max($0, 1e-9) }),
      largestError: try largestError(product))
  }

  private func largestError(_ product: some LadderProduct) throws -> Double {
    let size = factors.size
    var (error, largest) = (0.0, 0.0)
    for i in 0..<size {
      try checkpoint()
      for (j, value) in product.row(i).enumerated() {
        let truth = exact[i * size + j]
        // A NaN is an error too, which no comparison would find.
        error = value.isNaN ? .infinity : max(error, abs(Double(value) - truth))
        largest = max(largest, abs(truth))
      }
    }
    return error / max(largest, .leastNormalMagnitude)
  }
}

/// Rows in pieces of about so many seconds, which are learned as it goes.
private struct Pieces {
  let rows: Int
  let seconds: Double
  /// How many rows a piece has; one to begin with, as nobody knows yet how long it takes.
  private var length = 1

  init(rows: Int, seconds: Double) {
    self.rows = rows
    self.seconds = seconds
  }

  /// Runs the work on all rows and says how long it took, without the checkpoints between.
  mutating func run(
    clock: () -> Double, checkpoint: () throws -> Void, _ work: (Range<Int>) -> Void
  ) throws -> Double {
    var total = 0.0
    var row = 0
    while row < rows {
      try checkpoint()
      let piece = row..<min(rows, row + length)
      let start = clock()
      work(piece)
      let elapsed = clock() - start
      total += elapsed
      row = piece.upperBound
      if elapsed * 4 < seconds { length = min(rows, length * 4) }
      if elapsed > seconds { length = max(1, length / 2) }
    }
    return total
  }
}
