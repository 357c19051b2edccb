/// Text between quotation marks: `\"` and `\\` stand for themselves, `\n` for the end of a line.
package enum QuotedText {
  /// The byte that one behind a backslash stands for.
  static func escaped(_ byte: UInt8) -> UInt8 { byte == UInt8(ascii: "n") ? Ascii.newline : byte }

  /// A text as it is written in a statement, on one line, with its quotation marks.
  package static func text(_ text: String) -> String {
    var quoted = "\""
    for character in text {
      switch character {
      case "\"", "\\": quoted += "\\\(character)"
      case "\n", "\r\n": quoted += "\\n"
      default: quoted.append(character)
      }
    }
    return quoted + "\""
  }
}
