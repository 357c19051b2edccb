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

  /// The pieces of a text as ranges of its UTF-8 bytes: in order, none empty, without gaps.
  ///
  /// - Complexity: O(n log n), for the search of the next number.
  func pieces(of text: Substring) -> [Range<Int>] {
    let classes = TextClasses(text)
    var pieces: [Range<Int>] = []
    var start = 0
    while start < classes.count {
      let end: Int
      switch self {
      case .gpt2: end = classes.endOfPiece(from: start, to: classes.count)
      case .smollm where classes[start] == .number: end = start + 1
      case .smollm: end = classes.endOfPiece(from: start, to: classes.nextNumber(from: start))
      }
      pieces.append(classes.bytes(start..<end))
      start = end
    }
    return pieces
  }
}

/// The characters of a text, each as what GPT-2's rule asks of it.
private struct TextClasses {
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

  private var classes: [Class] = []
  private var scalars: [Unicode.Scalar] = []
  /// Where each character begins in UTF-8, and the end.
  private var offsets: [Int] = [0]
  /// The places of the numbers.
  private var numbers: [Int] = []

  init(_ text: Substring) {
    var offset = 0
    for scalar in text.unicodeScalars {
      let kind = Self.classOf(scalar)
      if kind == .number { numbers.append(classes.count) }
      classes.append(kind)
      scalars.append(scalar)
      offset += UTF8.width(scalar)
      offsets.append(offset)
    }
  }

  var count: Int { classes.count }

  subscript(place: Int) -> Class { classes[place] }

  func bytes(_ range: Range<Int>) -> Range<Int> {
    offsets[range.lowerBound]..<offsets[range.upperBound]
  }

  /// The place of the first number from a place on, or the end.
  func nextNumber(from start: Int) -> Int {
    var low = 0
    var high = numbers.count
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] < start { low = middle + 1 } else { high = middle }
    }
    return low < numbers.count ? numbers[low] : count
  }

  /// Where the piece ends that begins at a place, in a text that ends at `end`.
  func endOfPiece(from start: Int, to end: Int) -> Int {
    if let contraction = endOfContraction(from: start, to: end) { return contraction }
    let takesSpace = scalars[start] == " " && start + 1 < end && classes[start + 1] != .space
    let first = takesSpace ? start + 1 : start
    let kind = classes[first]
    var last = first + 1
    while last < end, classes[last] == kind { last += 1 }
    // The last space before something else belongs to what follows, or stands alone.
    if kind == .space, last < end, last - start > 1 { return last - 1 }
    return last
  }

  private func endOfContraction(from start: Int, to end: Int) -> Int? {
    guard scalars[start] == "'", start + 1 < end else { return nil }
    switch scalars[start + 1] {
    case "s", "t", "m", "d": return start + 2
    case "r", "v":
      return start + 2 < end && scalars[start + 2] == "e" ? start + 3 : nil
    case "l":
      return start + 2 < end && scalars[start + 2] == "l" ? start + 3 : nil
    default: return nil
    }
  }

  private static func classOf(_ scalar: Unicode.Scalar) -> Class {
    switch scalar.value {
    case 0x61...0x7a, 0x41...0x5a: return .letter
    case 0x30...0x39: return .number
    case 0x09...0x0d, 0x20: return .space
    case 0..<0x80: return .sign
    default: break
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .number
    default: return scalar.properties.isWhitespace ? .space : .sign
    }
  }
}
