import Compute
import Foundation
import Randomness
import Testing

@testable import LanguageModel

/// Files that were cut or changed at random give a fault or a model: never a crash, a hang, or more
/// memory than the file has reason for.
///
/// `MACHINEROOM_FUZZ_ROUNDS` says how many changed files are tried. A million, with the address sanitizer
/// (whose search for leaks finds some in the test runner):
/// `MACHINEROOM_FUZZ_ROUNDS=1000000 ASAN_OPTIONS=detect_leaks=0 swift test -c release --sanitize=address
/// -Xswiftc -enable-testing --filter HostileFileTests`.
@Suite struct HostileFileTests {
  /// Reads all that can be read.
  ///
  /// Returns whether the file is a model.
  @discardableResult
  private func reads(_ bytes: [UInt8]) -> Bool {
    do {
      let file = try GGUFFile(MappedFile(copying: bytes))
      for tensor in file.tensors {
        let sum = file.withBytes(of: tensor) { $0.reduce(0) { $0 &+ Int($1) } }
        #expect(sum >= 0)
      }
      for entry in file.entries where entry.key.hasSuffix("template") {
        _ = try file.text(entry.key)
      }
      let tokenizer = try file.tokenizer()
      let tokens = try tokenizer.encode("ab abc <|im_end|> é", recognizingControls: true)
      #expect(tokenizer.decode(tokens).utf8.count <= 30)
      _ = try file.transformerShape()
      return true
    } catch {
      return false
    }
  }

  @Test func aWholeFileIsAModel() {
    #expect(reads(SmallModelFile.bytes().written().bytes))
  }

  @Test func aFileThatEndsEarlyIsNone() {
    let (bytes, directoryEnd) = SmallModelFile.bytes().written()
    var ends = Set(stride(from: 0, to: directoryEnd, by: 61))
    ends.formUnion(stride(from: 0, to: bytes.count, by: 4_096))
    if let file = try? GGUFFile(MappedFile(copying: bytes)) {
      for tensor in file.tensors {
        ends.formUnion([tensor.range.lowerBound, tensor.range.upperBound - 1])
      }
    }
    #expect(ends.count > 60)
    for end in ends { #expect(!reads(Array(bytes[..<end]))) }
  }

  @Test func changedFilesGiveAFaultOrAModel() {
    #if DEBUG
      let usual = 400
    #else
      let usual = 20_000
    #endif
    let rounds =
      ProcessInfo.processInfo.environment["MACHINEROOM_FUZZ_ROUNDS"].flatMap(Int.init) ?? usual
    let (bytes, directoryEnd) = SmallModelFile.bytes().written()
    let stream = RandomStream(seed: 6, name: "hostile files")
    var models = 0
    for round in 0..<rounds {
      if reads(changed(bytes, directoryEnd, stream.entity(round))) { models += 1 }
    }
    // Some changes are harmless, most are not.
    #expect(models > 0 && models < rounds * 3 / 4)
  }

  /// One to four changes of the directory: bits, bytes, numbers that are dangerous as lengths, and
  /// stretches that are lost, doubled or moved.
  private func changed(_ bytes: [UInt8], _ end: Int, _ draws: RandomDraws) -> [UInt8] {
    let dangerous: [UInt64] = [
      0, 1, 2, 3, 8, 9, 31, 32, 255, 65_535, 1 << 31, (1 << 31) - 1, 1 << 32, 1 << 62, 1 << 63,
      (1 << 63) - 1, .max, .max - 7,
    ]
    var changed = bytes
    var draw = 0
    func next(_ limit: Int) -> Int {
      draw += 1
      return Int(draws.bits(draw) % UInt64(limit))
    }
    for _ in 0...next(4) {
      let place = next(end - 8)
      switch next(6) {
      case 0: changed[place] ^= 1 << UInt8(next(8))
      case 1: changed[place] = UInt8(next(256))
      case 2, 3:
        var number: [UInt8] = []
        number.append(dangerous[next(dangerous.count)])
        let width = [4, 8][next(2)]
        changed.replaceSubrange(place..<(place + width), with: number.prefix(width))
      case 4: changed.removeSubrange(place..<min(changed.count, place + 1 + next(64)))
      default:
        let other = next(end - 64)
        changed.insert(contentsOf: changed[other..<(other + 1 + next(64))], at: place)
      }
      if changed.count < bytes.count { changed += Array(repeating: 0, count: 64) }
    }
    return changed
  }
}
