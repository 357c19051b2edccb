import Compute
import Testing

@testable import LanguageModel

/// Against PyTorch 2.15 in double: `Benchmarks/peers/gradients_torch.py` prints these numbers.
@Suite struct PyTorchTests {
  /// What PyTorch says of one slice: its first number and the root of its sum of squares.
  typealias Figures = (name: String, first: Double, norm: Double)

  @Test func learnedPositionsAndGELU() {
    let shape = TinyModel.shape(
      positions: .learned, feedForward: .gelu, keyValueHeads: 2, tiesHead: true)
    let model = TinyModel(shape)
    let (loss, gradients) = model.gradients()
    #expect(abs(loss - 2.346126965) < 1e-6)
    expect(
      gradients, of: model.weights,
      [
        ("token_embd", -0.019780243, 0.933246965), ("position_embd", 0.207883355, 0.642060591),
        ("blk.0.attn_norm", 0.038674413, 0.262265836), ("blk.0.attn_q", -0.004280242, 0.287809662),
        ("blk.0.attn_k", 0.006918524, 0.310236509), ("blk.0.attn_v", 0.055212671, 0.523357729),
        ("blk.0.attn_output", -0.024674883, 0.588402393),
        ("blk.0.ffn_norm", 0.005499604, 0.108027188), ("blk.0.ffn_up", -0.014275293, 0.498177115),
        ("blk.0.ffn_down", -0.000507693, 0.271710691), ("output_norm", 0.023812339, 0.405542118),
      ])
  }

  @Test func rotaryPositionsSwiGLUGroupedHeadsAndAnOutputOfItsOwn() {
    let shape = TinyModel.shape(
      positions: .rotary(base: 100), feedForward: .swiGLU, keyValueHeads: 1, tiesHead: false)
    let model = TinyModel(shape)
    let (loss, gradients) = model.gradients()
    #expect(abs(loss - 2.015525837) < 1e-6)
    expect(
      gradients, of: model.weights,
      [
        ("token_embd", 0.035974720, 0.634876912), ("blk.0.attn_norm", -0.043505764, 0.126275488),
        ("blk.0.attn_q", 0.004481322, 0.289106366), ("blk.0.attn_k", 0.028219257, 0.377416278),
        ("blk.0.attn_v", 0.117899641, 0.503701868),
        ("blk.0.attn_output", -0.233727454, 0.669485938),
        ("blk.0.ffn_norm", 0.009530768, 0.114178195),
        ("blk.0.ffn_gate", 0.073028025, 0.260302104), ("blk.0.ffn_up", 0.063445027, 0.199047465),
        ("blk.0.ffn_down", -0.190928136, 0.463289358), ("output_norm", -0.055342390, 0.147717627),
        ("output", -0.293509258, 0.910492756),
      ])
  }

  /// Three steps at rates of 0.01, 0.02 and 0.005, each clipped to a norm of 1, decay 0.1 on
  /// matrices.
  @Test func threeStepsOfAdamW() {
    let shape = TinyModel.shape(
      positions: .learned, feedForward: .gelu, keyValueHeads: 2, tiesHead: true)
    var model = TinyModel(shape)
    let pool = WorkerPool(threads: 1)
    var optimizer = AdamW(settings: AdamW.Settings(), shape: shape) {}
    let expected: [(rate: Double, loss: Double, norm: Double)] = [
      (0.01, 2.346126965, 1.627672655), (0.02, 2.159215078, 1.724777574),
      (0.005, 1.814209787, 1.169159635),
    ]
    for (step, figures) in expected.enumerated() {
      let (loss, gradients) = model.gradients()
      #expect(abs(loss - figures.loss) < 1e-5)
      let norm = optimizer.norm(of: gradients, pool: pool) {}
      #expect(abs(norm - figures.norm) < 1e-5)
      optimizer.update(
        &model.weights.values, gradients: gradients, gradientScale: Float(1 / norm),
        learningRate: figures.rate, step: step, pool: pool)
    }
    expect(
      model.weights.values, of: model.weights,
      [
        ("token_embd", -0.356245862, 1.830811642), ("position_embd", -0.034629270, 1.602083731),
        ("blk.0.attn_norm", 0.955396141, 2.734579830),
        ("blk.0.attn_q", 0.223083285, 2.039707823), ("blk.0.attn_k", -0.263971820, 2.006584075),
        ("blk.0.attn_v", 0.325188437, 2.059978663),
        ("blk.0.attn_output", -0.027227660, 2.019484073),
        ("blk.0.ffn_norm", 0.487641314, 2.437744499), ("blk.0.ffn_up", -0.255835320, 1.611158568),
        ("blk.0.ffn_down", -0.296748079, 1.625569511), ("output_norm", 0.692090627, 2.397073619),
      ], tolerance: 2e-5)
  }

  private func expect(
    _ values: [Float], of weights: TransformerWeights, _ figures: [Figures],
    tolerance: Double = 2e-6
  ) {
    #expect(figures.count == weights.slices.count)
    for (name, first, norm) in figures {
      guard let slice = weights.slice(named: "\(name).weight") else {
        Issue.record("no slice is named \(name)")
        continue
      }
      let sum = values[slice.range].reduce(0.0) { $0 + Double($1) * Double($1) }
      #expect(abs(Double(values[slice.offset]) - first) < tolerance, "\(name)")
      #expect(abs(sum.squareRoot() - norm) < tolerance, "\(name)")
    }
  }
}
