import Foundation

@testable import LanguageModel

/// The forward pass and the loss of a transformer in Double, by the formulas and without any
/// thought of speed: the oracle that gradients are differenced from.
struct PlainTransformer {
  let shape: TransformerShape
  var weights: [Double]
  private let starts: [String: Int]

  init(_ weights: TransformerWeights) {
    shape = weights.shape
    self.weights = weights.values.map(Double.init)
    starts = Dictionary(uniqueKeysWithValues: weights.slices.map { ($0.name, $0.offset) })
  }

  /// The mean of −ln p(target) over sequences of `shape.context` tokens.
  func loss(tokens: [Int32], targets: [Int32]) -> Double {
    let t = shape.context
    var sum = 0.0
    for start in stride(from: 0, to: tokens.count, by: t) {
      let rows = logits(Array(tokens[start..<(start + t)]))
      for (row, target) in zip(rows, targets[start..<(start + t)]) {
        sum += log(row.map { exp($0) }.reduce(0, +)) - row[Int(target)]
      }
    }
    return sum / Double(tokens.count)
  }

  /// The logits of one sequence.
  func logits(_ tokens: [Int32]) -> [[Double]] {
    let c = shape.width
    var stream = tokens.enumerated().map { place, token -> [Double] in
      let vector = (0..<c).map { weight("token_embd", Int(token) * c + $0) }
      guard shape.positions == .learned else { return vector }
      return zip(vector, (0..<c).map { weight("position_embd", place * c + $0) }).map(+)
    }
    for layer in 0..<shape.layers {
      let attended = attention(layer, stream.map { norm($0, "blk.\(layer).attn_norm") })
      stream = zip(stream, attended).map { zip($0, $1).map(+) }
      let fed = stream.map { feedForward(layer, norm($0, "blk.\(layer).ffn_norm")) }
      stream = zip(stream, fed).map { zip($0, $1).map(+) }
    }
    let head = shape.tiesHead ? "token_embd" : "output"
    return stream.map { product(norm($0, "output_norm"), head, shape.symbols) }
  }

  private func weight(_ name: String, _ index: Int) -> Double {
    weights[starts["\(name).weight"]! + index]
  }

  private func product(_ x: [Double], _ name: String, _ outputs: Int) -> [Double] {
    let start = starts["\(name).weight"]!
    return (0..<outputs).map { row in
      var sum = 0.0
      for column in 0..<x.count { sum += weights[start + row * x.count + column] * x[column] }
      return sum
    }
  }

  private func norm(_ x: [Double], _ name: String) -> [Double] {
    let meanSquare = x.map { $0 * $0 }.reduce(0, +) / Double(x.count)
    let root = (meanSquare + Double(shape.normEpsilon)).squareRoot()
    return x.enumerated().map { weight(name, $0) * $1 / root }
  }

  private func feedForward(_ layer: Int, _ x: [Double]) -> [Double] {
    let up = product(x, "blk.\(layer).ffn_up", shape.feedForwardWidth)
    let hidden: [Double]
    switch shape.feedForward {
    case .gelu:
      hidden = up.map { x in
        let inner = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
        return 0.5 * x * (1 + tanh(inner))
      }
    case .swiGLU:
      let gate = product(x, "blk.\(layer).ffn_gate", shape.feedForwardWidth)
      hidden = zip(gate, up).map { $0 / (1 + exp(-$0)) * $1 }
    }
    return product(hidden, "blk.\(layer).ffn_down", shape.width)
  }

  private func attention(_ layer: Int, _ x: [[Double]]) -> [[Double]] {
    let (d, group) = (shape.headWidth, shape.heads / shape.keyValueHeads)
    let queries = x.map { product($0, "blk.\(layer).attn_q", shape.heads * d) }
    let keys = x.map { product($0, "blk.\(layer).attn_k", shape.keyValueHeads * d) }
    let values = x.map { product($0, "blk.\(layer).attn_v", shape.keyValueHeads * d) }
    return x.indices.map { place in
      let heads = (0..<shape.heads).flatMap { head -> [Double] in
        let query = turned(Array(queries[place][(head * d)..<(head * d + d)]), place)
        let range = (head / group * d)..<(head / group * d + d)
        let powers = (0...place).map { other -> Double in
          let key = turned(Array(keys[other][range]), other)
          let score = zip(query, key).map(*).reduce(0, +)
          return exp(score / Double(d).squareRoot())
        }
        let sum = powers.reduce(0, +)
        return range.map { i in
          zip(powers, values).map { $0 / sum * $1[i] }.reduce(0, +)
        }
      }
      return product(heads, "blk.\(layer).attn_output", shape.width)
    }
  }

  private func turned(_ head: [Double], _ place: Int) -> [Double] {
    guard case .rotary(let base) = shape.positions else { return head }
    var head = head
    for i in stride(from: 0, to: head.count, by: 2) {
      let angle = Double(place) * pow(Double(base), -Double(i) / Double(head.count))
      let (first, second) = (head[i], head[i + 1])
      head[i] = first * cos(angle) - second * sin(angle)
      head[i + 1] = first * sin(angle) + second * cos(angle)
    }
    return head
  }
}
