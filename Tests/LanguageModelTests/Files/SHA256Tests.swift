import Testing

@testable import LanguageModel

/// Against the vectors that NIST publishes with the standard.
@Suite struct SHA256Tests {
  private func hash(_ text: String) -> String {
    Array(text.utf8).withUnsafeBytes { SHA256.hash(of: $0) }
  }

  /// FIPS 180-2, appendix B, and the empty message of NIST's example values.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func publishedVectorsAreMet(text: String, expected: String) {
    #expect(hash(text) == expected)
  }

  /// The same bytes in portions of any size, over the edges of blocks.
  @Test func portionsDoNotMatter() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: 7 * $0) }
    let whole = bytes.withUnsafeBytes { SHA256.hash(of: $0) }
    for size in [1, 3, 55, 56, 63, 64, 65, 128, 299] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: size) {
        bytes[start..<min(start + size, bytes.count)].withUnsafeBytes { hash.append($0) }
      }
      #expect(hash.finish() == whole)
    }
  }
}
