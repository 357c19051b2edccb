/// What is wrong with a model file, and at which byte.
package struct ModelFileFault: Error, Hashable, Sendable {
  /// What is wrong.
  package var kind: Kind
  /// The byte of the file at which it is.
  package var offset: Int

  /// The ways in which a file can be wrong.
  package enum Kind: Hashable, Sendable {
    // The bytes.

    /// More bytes are asked for than are left.
    case endOfFile(needed: UInt64, left: Int)
    /// The file does not begin with "GGUF".
    case notGGUF
    /// The version is neither 2 nor 3.
    case version(UInt32)
    /// The file is written for processors with the highest byte first.
    case bigEndian
    /// More keys or tensors than any model has.
    case tooMany(count: UInt64, limit: Int)
    /// A name or key is longer than the format allows.
    case longName(bytes: UInt64, limit: Int)
    /// A name or key is not UTF-8.
    case notUTF8

    // Keys and their values.

    /// A value has a type that the format does not have.
    case valueType(UInt32)
    /// A list of lists.
    case nestedList
    /// A truth value is neither 0 nor 1.
    case truth(UInt8)
    /// A key comes twice.
    case repeatedKey(String)
    /// The alignment is no power of two from 1 to 65,536.
    case alignment(UInt64)
    /// A key that the model needs is not there.
    case missingKey(String)
    /// The value of a key has another type, or lies outside of what makes sense.
    case value(key: String)
    /// The model is of a family that is not known here.
    case architecture(String)

    // Tensors.

    /// A tensor's name comes twice.
    case repeatedTensor(String)
    /// A tensor has no dimension, or more than four.
    case dimensions(tensor: String, count: UInt32)
    /// A dimension is 0, or their product has more than 63 bits.
    case size(tensor: String)
    /// The numbers of a tensor are of a type that is not known here.
    case tensorType(tensor: String, type: UInt32)
    /// A row of a tensor does not consist of whole blocks.
    case unevenRow(tensor: String, length: Int, block: Int)
    /// A tensor begins at a place that is not aligned.
    case misaligned(tensor: String, alignment: Int)
    /// A tensor ends after the file.
    case outside(tensor: String, end: UInt64, size: Int)
    /// Two tensors share bytes.
    case overlap(tensor: String, other: String)
    /// A tensor that the model needs is not there.
    case missingTensor(String)
    /// A tensor is there that the model does not know how to use.
    case unknownTensor(String)
    /// A tensor has another shape than the metadata demand; the first number is the row's length.
    case shape(tensor: String, expected: [Int], found: [Int])

    // The tokenizer.

    /// The vocabulary is not that of a byte-level tokenizer.
    case vocabularyKind(String)
    /// The text is cut into pieces by a rule that is not known here.
    case preTokenizer(String)
    /// A list beside the symbols has another count than they.
    case symbolCount(expected: Int, found: Int)
    /// A symbol has a kind that the format does not have, or a normal one is not written in the
    /// alphabet of bytes.
    case symbol(Int)
    /// A merge does not name two symbols whose bytes together are a third.
    case merge(Int)
    /// The symbols or merges contradict each other.
    case tokenizer(TokenizerFault)
  }

  /// A fault at a byte.
  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }
}
