import Compute
import Randomness

@testable import LanguageModel

/// A whole model of the llama family, small enough to be written in a test: one block of width 64, two
/// heads on one head of keys, the 256 bytes and three merges as vocabulary.
enum SmallModelFile {
  static let shape = TransformerShape(
    layers: 2, heads: 4, keyValueHeads: 2, width: 64, headWidth: 16, feedForwardWidth: 96,
    context: 128, symbols: 261, positions: .rotary(base: 10_000), feedForward: .swiGLU,
    normEpsilon: 1e-5, tiesHead: true)

  /// GGUF's way to write the byte of each number, in the order of the numbers.
  static let letters: [String] = {
    var others: UInt32 = 0x100
    return (0..<256).map { byte in
      if (0x21...0x7e).contains(byte) || (0xa1...0xac).contains(byte) || byte >= 0xae {
        return String(Character(Unicode.Scalar(UInt8(byte))))
      }
      defer { others += 1 }
      return String(Unicode.Scalar(others).map(Character.init) ?? "?")
    }
  }()

  static func bytes(matrices type: TensorType = .q4_1, embedding: TensorType = .q8_0) -> GGUFBytes {
    var file = GGUFBytes()
    file["general.architecture"] = .text("llama")
    file["llama.block_count"] = .uint32(UInt32(shape.layers))
    file["llama.context_length"] = .uint32(UInt32(shape.context))
    file["llama.embedding_length"] = .uint32(UInt32(shape.width))
    file["llama.feed_forward_length"] = .uint32(UInt32(shape.feedForwardWidth))
    file["llama.attention.head_count"] = .uint32(UInt32(shape.heads))
    file["llama.attention.head_count_kv"] = .uint32(UInt32(shape.keyValueHeads))
    file["llama.rope.dimension_count"] = .uint32(UInt32(shape.headWidth))
    file["llama.rope.freq_base"] = .float32(10_000)
    file["llama.attention.layer_norm_rms_epsilon"] = .float32(1e-5)
    file["tokenizer.ggml.model"] = .text("gpt2")
    file["tokenizer.ggml.pre"] = .text("smollm")
    let symbols = letters + ["ab", "Ġab", "abc", "<|im_start|>", "<|im_end|>"]
    file["tokenizer.ggml.tokens"] = .texts(symbols)
    file["tokenizer.ggml.token_type"] = .int32s(
      Array(repeating: 1, count: symbols.count - 2) + [3, 3])
    file["tokenizer.ggml.merges"] = .texts(["a b", "Ġ ab", "ab c"])
    file["tokenizer.ggml.eos_token_id"] = .uint32(260)
    file["tokenizer.ggml.add_bos_token"] = .truth(0)
    file["tokenizer.chat_template"] = .text("{{'<|im_start|>' + message['role'] + '\\n'}}")
    for (name, extents) in shape.tensorsOutsideBlocks {
      file.tensors.append(tensor(name, extents, extents.count == 1 ? .f32 : embedding))
    }
    for layer in 0..<shape.layers {
      for (name, extents) in shape.tensors(ofBlock: layer) {
        file.tensors.append(tensor(name, extents, extents.count == 1 ? .f32 : type))
      }
    }
    return file
  }

  /// Blocks of random integers with scales that keep the numbers within about ±0.5.
  static func tensor(_ name: String, _ extents: [Int], _ type: TensorType) -> GGUFBytes.Tensor {
    let draws = RandomStream(seed: 1, name: name).entity(0)
    let count = extents.reduce(1, *)
    var bytes: [UInt8] = []
    for block in 0..<(count / type.blockLength) {
      var next = 1_000 * block
      func byte() -> UInt8 {
        next += 1
        return UInt8(truncatingIfNeeded: draws.bits(next))
      }
      // 0x2800 is 1/32, 0x1800 1/512; the low bits vary them.
      func half(_ size: UInt16) -> [UInt8] {
        let bits = size | UInt16(byte())
        return [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)]
      }
      switch type {
      case .f32:
        bytes.append(Float(0.5 + draws.uniform(block)).bitPattern)
      case .f16: bytes += half(0x2800 | UInt16(byte() & 0x80) << 8)
      case .bf16: bytes += [byte(), 0x3c | byte() & 0x80]
      case .q4_0: bytes += half(0x2800) + (0..<16).map { _ in byte() }
      case .q4_1: bytes += half(0x2800) + half(0xb300) + (0..<16).map { _ in byte() }
      case .q8_0: bytes += half(0x1800) + (0..<32).map { _ in byte() }
      case .q4_K: bytes += half(0x1400) + half(0x1c00) + (0..<140).map { _ in byte() }
      case .q6_K: bytes += (0..<208).map { _ in byte() } + half(0x0400)
      }
    }
    return GGUFBytes.Tensor(name: name, dimensions: extents, type: type.rawValue, bytes: bytes)
  }
}
