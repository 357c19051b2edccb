import Compute
import Testing

@testable import LanguageModel

/// Reading files that are as they should be.
@Suite struct GGUFFileTests {
  @Test(arguments: [UInt32(2), 3])
  func aWrittenFileIsReadBack(version: UInt32) throws {
    var written = SmallModelFile.bytes()
    written.version = version
    let file = try GGUFFile(written.file)
    #expect(file.version == Int(version))
    #expect(file.entries.map(\.key) == written.values.map(\.key))
    #expect(file.tensors.map(\.name) == written.tensors.map(\.name))
    for (tensor, original) in zip(file.tensors, written.tensors) {
      #expect(tensor.dimensions == original.dimensions)
      #expect(file.withBytes(of: tensor) { Array($0) } == original.bytes)
    }
    #expect(try file.transformerShape() == SmallModelFile.shape)
    #expect(try file.text("general.architecture") == "llama")
    #expect(try file.integer("llama.block_count", in: 1...9) == 2)
    #expect(try file.truth("tokenizer.ggml.add_bos_token") == false)
    #expect(file.entry("no.such.key") == nil)
  }

  @Test func theAlignmentOfTheFileIsUsed() throws {
    var written = SmallModelFile.bytes()
    written.alignment = 256
    written["general.alignment"] = .uint32(256)
    let file = try GGUFFile(written.file)
    #expect(file.tensors.allSatisfy { $0.range.lowerBound % 256 == 0 })
    #expect(file.withBytes(of: file.tensors[3]) { Array($0) } == written.tensors[3].bytes)
  }

  /// The vocabulary writes the space as Ġ; merges make " ab" from it, and "abc" from "ab" and "c".
  @Test func theTokenizerOfAFileEncodes() throws {
    let tokenizer = try GGUFFile(SmallModelFile.bytes().file).tokenizer()
    #expect(try tokenizer.encode("abc ab 7") == [258, 257, 32, 55])
    #expect(try tokenizer.encode("<|im_end|>", recognizingControls: true) == [260])
    #expect(tokenizer.decode([258, 257, 259, 32, 55]) == "abc ab 7")
  }

  @Test func aFileOnDiskIsMapped() throws {
    let path = "/proc/self/no-such-file"
    #expect(throws: MappedFile.Fault.unreadable(errno: 2)) { try MappedFile(path: path) }
    #expect(throws: MappedFile.Fault.notAFile) { try MappedFile(path: "/dev/null") }
    #expect(throws: MappedFile.Fault.notAFile) { try MappedFile(path: "/") }
    let source = try MappedFile(path: #filePath)
    withExtendedLifetime(source) {
      #expect(source.bytes.prefix(6).elementsEqual("import".utf8))
    }
  }
}
