import Randomness

/// Rotation of adjacent pairs of a head by an angle that grows with the place.
enum RotaryPositions {
  /// Writes cos and sin of t · base^(−2i/d), [t, d/2, 2], for a shape whose positions rotate.
  static func fill(_ rotations: UnsafeMutablePointer<Float>, shape: TransformerShape) {
    guard case .rotary(let base) = shape.positions else { return }
    let pairs = shape.headWidth / 2
    for pair in 0..<pairs {
      let exponent = -2 * Double(pair) / Double(shape.headWidth)
      let frequency = Portable.pow(Double(base), exponent)
      for place in 0..<shape.context {
        let at = rotations + 2 * (place * pairs + pair)
        at[0] = Float(Portable.cos(Double(place) * frequency))
        at[1] = Float(Portable.sin(Double(place) * frequency))
      }
    }
  }

  /// Turns t heads of width d in place, `stride` apart; `direction` is 1, or −1 to turn back, which
  /// is what the gradient does.
  static func rotate(
    _ heads: UnsafeMutablePointer<Float>, stride: Int, count t: Int, width d: Int,
    rotations: UnsafePointer<Float>, direction: Float
  ) {
    for place in 0..<t {
      let head = heads + place * stride
      let turn = rotations + place * d
      var i = 0
      while i < d {
        let (cosine, sine) = (turn[i], direction * turn[i + 1])
        let (first, second) = (head[i], head[i + 1])
        head[i] = first * cosine - second * sine
        head[i + 1] = first * sine + second * cosine
        i += 2
      }
    }
  }
}
