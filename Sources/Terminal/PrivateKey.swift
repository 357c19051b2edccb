/// Keys that no keyboard sends, for what the key reader finds out by itself.
///
/// They are C1 controls: below 256, so that libedit can bind them, and never part of a text.
enum PrivateKey: UInt8, CaseIterable {
  case newline = 0x80
  case up
  case down
  case right
  case left
  case home
  case end
  case delete
  case acceptHint
  case paste

  /// How long the rest of an escape sequence may take to arrive.
  ///
  /// `Chosen:` far less than a person needs between two keys, enough for a slow connection to
  /// deliver what was sent at once.
  static let lookAheadMilliseconds: Int32 = 30
  /// How many characters a sequence has after its escape.
  static let sequenceLengthMax = 5

  /// What terminals send after the escape (xterm's control sequences, "PC-Style Function Keys").
  private static let sequences: [(String, PrivateKey)] = [
    ("[A", .up), ("OA", .up), ("[B", .down), ("OB", .down), ("[C", .right), ("OC", .right),
    ("[D", .left), ("OD", .left), ("[H", .home), ("OH", .home), ("[1~", .home), ("[F", .end),
    ("OF", .end), ("[4~", .end), ("[3~", .delete),
    (PastedText.start, .paste),
  ]

  /// The key of a sequence after its escape, if it is known.
  init?(sequence: String) {
    guard let known = PrivateKey.sequences.first(where: { $0.0 == sequence }) else { return nil }
    self = known.1
  }

  /// Whether a known sequence begins so.
  static func isBeginning(_ sequence: String) -> Bool {
    sequences.contains { $0.0.hasPrefix(sequence) }
  }

  /// The key as a character.
  var scalar: Unicode.Scalar { Unicode.Scalar(rawValue) }

  /// The key as libedit's `bind` spells it.
  var name: String { "\\" + String(rawValue, radix: 8) }

  /// The editing function that it is bound to.
  var command: String {
    switch self {
    case .newline: "insert-newline"
    case .up: "older-line"
    case .down: "newer-line"
    case .right: "ed-next-char"
    case .left: "ed-prev-char"
    case .home: "ed-move-to-beg"
    case .end: "ed-move-to-end"
    case .delete: "ed-delete-next-char"
    case .acceptHint: "accept-hint"
    case .paste: "insert-paste"
    }
  }
}
