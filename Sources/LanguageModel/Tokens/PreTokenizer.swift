/// The rule that cuts a text into pieces, which merges never cross.
///
/// Named as in GGUF's `tokenizer.ggml.pre`.
package enum PreTokenizer: String, Hashable, Sendable, CaseIterable {
  /// English contractions, words, numbers and runs of signs, each with at most one space before it,
  /// and runs of white space:
  /// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`
  ///
  /// - Source: Radford et al., GPT-2's `encoder.py`, 2019.
  case gpt2 = "gpt-2"
  /// Each digit alone (`\p{N}`), then GPT-2's rule on what lies between digits.
  ///
  /// - Source: the `tokenizer.json` of SmolLM2, 2024.
  case smollm

  /// Calls a body with each piece of a text in UTF-8, as a range of its bytes: in order, none empty,
  /// without gaps.
  ///
  /// - Throws: what the body throws, and `checkpoint`, which is called within long pieces.
  /// - Complexity: O(n); a piece ends where a character of another kind begins, so nothing is kept.
  func forPieces(
    of text: UnsafeBufferPointer<UInt8>, _ checkpoint: () throws -> Void,
    _ body: (Range<Int>) throws -> Void
  ) rethrows {
    let cutter = PieceCutter(text: text, separatesDigits: self == .smollm)
    var start = 0
    while start < text.count {
      let end = try cutter.endOfPiece(from: start, checkpoint)
      try body(start..<end)
      start = end
    }
  }
}

/// Finds where pieces end in valid UTF-8.
private struct PieceCutter {
  /// What GPT-2's rule asks of a character.
  enum Class: UInt8 {
    /// `\p{L}`
    case letter
    /// `\p{N}`
    case number
    /// `\s`
    case space
    /// None of these.
    case sign
  }

  let text: UnsafeBufferPointer<UInt8>
  /// Whether each number is a piece, and no other piece goes on behind it.
  let separatesDigits: Bool

  /// `Chosen:` characters between two checkpoints, about a millisecond.
  private static let charactersAtOnce = 1 << 18

  /// Where the piece ends that begins at a byte.
  func endOfPiece(from start: Int, _ checkpoint: () throws -> Void) rethrows -> Int {
    if let contraction = endOfContraction(from: start) { return contraction }
    var (kind, end) = character(at: start)
    if separatesDigits, kind == .number { return end }
    if text[start] == UInt8(ascii: " "), end < text.count {
      let next = character(at: end)
      // One space belongs to what follows.
      if next.kind != .space, !isCut(before: next.kind) { (kind, end) = next }
    }
    var last = start
    var length = 1
    while end < text.count {
      let next = character(at: end)
      guard next.kind == kind else {
        // The last space before something else belongs to that, or stands alone.
        return kind == .space && length > 1 && !isCut(before: next.kind) ? last : end
      }
      (last, end) = (end, next.end)
      length += 1
      if length % PieceCutter.charactersAtOnce == 0 { try checkpoint() }
    }
    return end
  }

  /// Whether no piece goes on to such a character, not even one that is a space yet.
  private func isCut(before kind: Class) -> Bool { separatesDigits && kind == .number }

  private func endOfContraction(from start: Int) -> Int? {
    guard text[start] == UInt8(ascii: "'"), start + 1 < text.count else { return nil }
    func ends(with letter: Unicode.Scalar) -> Int? {
      start + 2 < text.count && text[start + 2] == UInt8(ascii: letter) ? start + 3 : nil
    }
    switch text[start + 1] {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return start + 2
    case UInt8(ascii: "r"), UInt8(ascii: "v"): return ends(with: "e")
    case UInt8(ascii: "l"): return ends(with: "l")
    default: return nil
    }
  }

  /// The kind of the character that begins at a byte, and where it ends.
  private func character(at place: Int) -> (kind: Class, end: Int) {
    let first = text[place]
    switch first {
    case 0x61...0x7a, 0x41...0x5a: return (.letter, place + 1)
    case 0x30...0x39: return (.number, place + 1)
    case 0x09...0x0d, 0x20: return (.space, place + 1)
    case 0..<0x80: return (.sign, place + 1)
    default: break
    }
    let width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
    var value = UInt32(first) & (0x7f >> UInt32(width))
    for byte in text[(place + 1)..<(place + width)] { value = value << 6 | UInt32(byte & 0x3f) }
    guard let scalar = Unicode.Scalar(value) else { return (.sign, place + width) }
    return (PieceCutter.classOf(scalar), place + width)
  }

  private static func classOf(_ scalar: Unicode.Scalar) -> Class {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return scalar.properties.isWhitespace ? .space : .sign
    }
  }
}
