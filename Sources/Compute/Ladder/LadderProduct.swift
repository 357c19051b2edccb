/// One way to multiply two square matrices, a piece of the rows at a time.
protocol LadderProduct {
  /// Computes some rows of C = A · B.
  mutating func compute(_ rows: Range<Int>)

  /// A row of C that was computed.
  func row(_ index: Int) -> [Float]
}

/// The factors of a ladder: numbers from −1 to 1, the same for the same size.
struct LadderFactors {
  let size: Int
  /// A, then B: rows one after the other.
  let a: [Float]
  let b: [Float]

  init(size: Int) {
    self.size = size
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    func numbers() -> [Float] {
      (0..<size * size).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Float(Int(state >> 40) - (1 << 23)) / Float(1 << 23)
      }
    }
    a = numbers()
    b = numbers()
  }

  /// A matrix as an array of rows.
  static func nested(_ matrix: [Float], size: Int) -> [[Float]] {
    (0..<size).map { Array(matrix[$0 * size..<($0 + 1) * size]) }
  }
}
