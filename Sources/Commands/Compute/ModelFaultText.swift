import LanguageModel
import Reports

extension ModelFileFault {
  /// What is wrong with a model file, in a sentence, with its place in the file.
  var words: String {
    "\(kind.words) (at byte \(QuantityText.grouped(offset)))."
  }
}

extension ModelFileFault.Kind {
  fileprivate var words: String {
    switch self {
    case .endOfFile(let needed, let left):
      "It is cut off: \(needed) bytes should come, and \(QuantityText.grouped(left)) do"
    case .notGGUF: "It is no GGUF file"
    case .version(let number): "It is of version \(number) of GGUF; versions 2 and 3 are read"
    case .bigEndian: "Its numbers are big-endian; little-endian files are read"
    case .tooMany(let count, let limit): "It claims \(count) entries, and \(limit) would fit"
    case .longName(let bytes, let limit): "A name has \(bytes) bytes, and \(limit) are allowed"
    case .notUTF8: "A text is no UTF-8"
    case .valueType, .nestedList, .truth: "A value is of a kind that is not known"
    case .repeatedKey(let key): "The key '\(key)' comes twice"
    case .alignment(let bytes): "An alignment of \(bytes) bytes is not possible"
    case .missingKey(let key): "The key '\(key)' is missing"
    case .value(let key): "The value of '\(key)' is not possible"
    case .architecture(let name): "Its architecture is '\(name)'; 'llama' is read"
    case .vocabularyKind(let name): "Its tokenizer is '\(name)'; 'gpt2' is read"
    case .preTokenizer(let name): "Its tokenizer cuts text by '\(name)', which is not known here"
    case .symbolCount(let expected, let found):
      "It should have \(QuantityText.grouped(expected)) symbols and has \(QuantityText.grouped(found))"
    case .symbol(let number): "Symbol \(QuantityText.grouped(number)) of its tokenizer is damaged"
    case .merge(let rank): "Merge \(QuantityText.grouped(rank)) of its tokenizer is damaged"
    case .tokenizer: "The merges of its tokenizer do not fit its symbols"
    default: tensorWords
    }
  }

  private var tensorWords: String {
    switch self {
    case .repeatedTensor(let name): "The tensor '\(name)' comes twice"
    case .dimensions(let name, let count): "The tensor '\(name)' has \(count) dimensions"
    case .size(let name): "The tensor '\(name)' is larger than any file"
    case .tensorType(let name, let type):
      "The tensor '\(name)' is of type \(type), which is not read"
    case .unevenRow(let name, let length, let block):
      "The rows of the tensor '\(name)' have \(length) numbers, no multiple of \(block)"
    case .misaligned(let name, let alignment):
      "The tensor '\(name)' does not begin at a multiple of \(alignment)"
    case .outside(let name, _, _): "The tensor '\(name)' ends beyond the file"
    case .overlap(let name, let other): "The tensors '\(name)' and '\(other)' overlap"
    case .missingTensor(let name): "The tensor '\(name)' is missing"
    case .unknownTensor(let name): "The tensor '\(name)' belongs to no such model"
    case .shape(let name, let expected, let found):
      "The tensor '\(name)' is \(found.sizeText), and should be \(expected.sizeText)"
    default: "It is damaged"
    }
  }
}

extension [Int] {
  fileprivate var sizeText: String { map(String.init).joined(separator: " × ") }
}
