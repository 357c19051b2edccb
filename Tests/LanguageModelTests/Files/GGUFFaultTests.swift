import Compute
import Testing

@testable import LanguageModel

/// Each way in which a file can be wrong has its name.
@Suite struct GGUFFaultTests {
  private func fault(_ change: (inout GGUFBytes) -> Void) -> ModelFileFault.Kind? {
    var written = SmallModelFile.bytes()
    change(&written)
    return fault(in: written.written().bytes)
  }

  private func fault(in bytes: [UInt8]) -> ModelFileFault.Kind? {
    do {
      let file = try GGUFFile(MappedFile(copying: bytes))
      _ = try file.transformerShape()
      _ = try file.tokenizer()
      return nil
    } catch let fault as ModelFileFault {
      #expect((0...bytes.count).contains(fault.offset))
      return fault.kind
    } catch {
      Issue.record("\(error) is no fault of a file")
      return nil
    }
  }

  private var good: [UInt8] { SmallModelFile.bytes().written().bytes }

  private func replaced(_ offset: Int, _ number: some FixedWidthInteger) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(number)
    var changed = good
    changed.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
    return changed
  }

  @Test func theBeginningOfTheFileIsChecked() {
    #expect(fault(in: []) == .endOfFile(needed: 4, left: 0))
    #expect(fault(in: replaced(0, UInt8(0))) == .notGGUF)
    #expect(fault(in: replaced(4, UInt32(1))) == .version(1))
    #expect(fault(in: replaced(4, UInt32(3).byteSwapped)) == .bigEndian)
    let left = good.count
    #expect(
      fault(in: replaced(8, UInt64(1) << 63)) == .endOfFile(needed: .max, left: left - 16))
    // 2⁶³ keys, where a key takes 13 bytes at least.
    #expect(
      fault(in: replaced(16, UInt64(1) << 63)) == .endOfFile(needed: .max, left: left - 24))
    // The first key's length.
    #expect(
      fault(in: replaced(24, UInt64(1) << 63))
        == .endOfFile(needed: 1 << 63, left: left - 32))
    let padded = good + Array(repeating: 0, count: 24 * 70_000)
    var many = padded
    many.replaceSubrange(8..<11, with: [0x71, 0x11, 0x01])
    #expect(fault(in: many) == .tooMany(count: 70_001, limit: 65_536))
  }

  @Test func keysAndValuesAreChecked() {
    #expect(
      fault { $0.values.append(("llama.block_count", .uint32(2))) }
        == .repeatedKey("llama.block_count"))
    #expect(fault { $0["flag"] = .truth(2) } == .truth(2))
    #expect(
      fault { $0[String(repeating: "k", count: 70_000)] = .truth(0) }
        == .longName(bytes: 70_000, limit: 65_535))
    #expect(fault { $0["general.alignment"] = .uint32(48) } == .alignment(48))
    #expect(fault { $0["general.alignment"] = .uint32(0) } == .alignment(0))
    #expect(fault { $0["general.alignment"] = .text("32") } == .value(key: "general.alignment"))
    // The type of the first value stands after its key of 20 bytes, whose length takes 8.
    #expect(fault(in: replaced(24 + 8 + 20, UInt32(13))) == .valueType(13))
    #expect(fault(in: replaced(24 + 8, UInt8(0xff))) == .notUTF8)
  }

  @Test func listsInListsAreRefused() {
    // The list of symbols: its key of 21 bytes, the type of a list, then that of its elements.
    let bytes = good
    let key = Array("tokenizer.ggml.tokens".utf8)
    let place = bytes.indices.first { bytes[$0...].starts(with: key) } ?? 0
    #expect(fault(in: replaced(place + key.count + 4, UInt32(9))) == .nestedList)
    #expect(
      fault(in: replaced(place + key.count + 8, UInt64.max >> 2))
        == .endOfFile(needed: .max, left: bytes.count - place - key.count - 16))
  }

  @Test func tensorsAreChecked() {
    #expect(
      fault { $0.tensors.append($0.tensors[0]) } == .repeatedTensor("token_embd.weight"))
    #expect(
      fault { $0.tensors[0].dimensions = [] }
        == .dimensions(tensor: "token_embd.weight", count: 0))
    #expect(
      fault { $0.tensors[0].dimensions = [1, 1, 1, 1, 1] }
        == .dimensions(tensor: "token_embd.weight", count: 5))
    #expect(fault { $0.tensors[0].dimensions = [64, 0] } == .size(tensor: "token_embd.weight"))
    #expect(fault { $0.tensors[0].dimensions = [-64, 9] } == .size(tensor: "token_embd.weight"))
    #expect(
      fault { $0.tensors[0].dimensions = [1 << 32, 1 << 32] } == .size(tensor: "token_embd.weight"))
    #expect(
      fault { $0.tensors[0].type = 99 } == .tensorType(tensor: "token_embd.weight", type: 99))
    #expect(
      fault { $0.tensors[0].dimensions = [48, 261] }
        == .unevenRow(tensor: "token_embd.weight", length: 48, block: 32))
    #expect(
      fault { $0.tensors[0].place = 8 } == .misaligned(tensor: "token_embd.weight", alignment: 32))
    #expect(
      fault { $0.tensors[1].place = 0 }
        == .overlap(tensor: "token_embd.weight", other: "output_norm.weight")
        || fault { $0.tensors[1].place = 0 }
          == .overlap(tensor: "output_norm.weight", other: "token_embd.weight")
    )
    let size = good.count
    #expect(
      fault { $0.tensors[0].place = UInt64.max - 31 }
        == .outside(tensor: "token_embd.weight", end: .max, size: size))
    #expect(
      fault { $0.tensors[0].name = String(repeating: "n", count: 65) }
        == .longName(bytes: 65, limit: 64))
  }

  @Test func theShapeMustFitTheTensors() {
    #expect(fault { $0["general.architecture"] = .text("mamba") } == .architecture("mamba"))
    #expect(
      fault { $0["llama.block_count"] = .uint32(1 << 30) }
        == .missingTensor("blk.2.attn_norm.weight"))
    #expect(
      fault { $0["llama.block_count"] = .uint32(1) }
        == .unknownTensor("blk.1.attn_norm.weight"))
    #expect(fault { $0["llama.block_count"] = nil } == .missingKey("llama.block_count"))
    #expect(
      fault { $0["llama.block_count"] = .float32(2) } == .value(key: "llama.block_count"))
    #expect(
      fault { $0["llama.attention.head_count"] = .uint32(0) }
        == .value(key: "llama.attention.head_count"))
    #expect(
      fault { $0["llama.attention.head_count_kv"] = .uint32(3) }
        == .value(key: "llama.attention.head_count_kv"))
    #expect(
      fault { $0["llama.rope.dimension_count"] = .uint32(8) }
        == .value(key: "llama.rope.dimension_count"))
    #expect(
      fault { $0["llama.rope.scaling.type"] = .text("linear") }
        == .value(key: "llama.rope.scaling.type"))
    #expect(
      fault { $0["llama.attention.layer_norm_rms_epsilon"] = .float32(.nan) }
        == .value(key: "llama.attention.layer_norm_rms_epsilon"))
    #expect(
      fault { $0["llama.feed_forward_length"] = .uint32(128) }
        == .shape(tensor: "blk.0.ffn_up.weight", expected: [64, 128], found: [64, 96]))
    #expect(
      fault { $0.tensors.removeAll { $0.name == "blk.1.attn_k.weight" } }
        == .missingTensor("blk.1.attn_k.weight"))
  }

  @Test func theTokenizerMustFitItself() {
    let symbols = SmallModelFile.letters + ["ab", "Ġab", "abc", "<|im_start|>", "<|im_end|>"]
    #expect(fault { $0["tokenizer.ggml.model"] = .text("llama") } == .vocabularyKind("llama"))
    #expect(fault { $0["tokenizer.ggml.pre"] = .text("other") } == .preTokenizer("other"))
    #expect(fault { $0["tokenizer.ggml.tokens"] = nil } == .missingKey("tokenizer.ggml.tokens"))
    #expect(
      fault { $0["tokenizer.ggml.tokens"] = .texts(symbols.dropLast()) }
        == .symbolCount(expected: 260, found: 261))
    #expect(
      fault { $0["tokenizer.ggml.tokens"] = .int32s([1]) } == .value(key: "tokenizer.ggml.tokens"))
    #expect(
      fault { $0["tokenizer.ggml.token_type"] = .int32s(Array(repeating: 7, count: 261)) }
        == .symbol(0))
    #expect(
      fault { $0["tokenizer.ggml.token_type"] = .int32s(Array(repeating: 1, count: 261)) } == nil)
    var unreadable = symbols
    unreadable[9] = "日"
    #expect(fault { $0["tokenizer.ggml.tokens"] = .texts(unreadable) } == .symbol(9))
    var repeated = symbols
    repeated[9] = "ab"
    #expect(
      fault { $0["tokenizer.ggml.tokens"] = .texts(repeated) }
        == .tokenizer(.repeatedSymbol(first: 9, second: 256)))
  }

  /// A merge with an empty side would make a symbol from itself, again and again.
  @Test(arguments: ["ab", "a  b", " ab", "ab ", "a b c", "x y", "", " ", "<|im_end|> a"])
  func mergesThatGoNowhereOrInCirclesAreRefused(merge: String) {
    #expect(
      fault { $0["tokenizer.ggml.merges"] = .texts(["a b", merge]) } == .merge(1))
  }

  @Test func aPairMergesOnce() {
    #expect(
      fault { $0["tokenizer.ggml.merges"] = .texts(["a b", "a b"]) }
        == .tokenizer(.repeatedMerge(rank: 1)))
  }
}
