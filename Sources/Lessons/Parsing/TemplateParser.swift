import CommandLanguage

/// Reads words with `{{expressions}}` in them; `\{{` is two braces.
struct TemplateParser {
  let source: Source
  private(set) var diagnostics: [Diagnostic] = []
  private var pieces: [Template.Piece] = []
  private var pending: [UInt8] = []

  init(source: Source) { self.source = source }

  /// The template of some lines, joined by one space.
  static func template(
    in source: Source, _ lines: [Range<Int>], _ diagnostics: inout [Diagnostic]
  ) -> Template {
    var parser = TemplateParser(source: source)
    for (index, line) in lines.enumerated() {
      if index > 0 { parser.pending.append(Ascii.space) }
      parser.read(line)
    }
    parser.flush()
    diagnostics += parser.diagnostics
    let range = (lines.first?.lowerBound ?? 0)..<(lines.last?.upperBound ?? 0)
    return Template(pieces: parser.pieces, range: range)
  }

  private mutating func read(_ line: Range<Int>) {
    var offset = line.lowerBound
    while offset < line.upperBound {
      if source.bytes[offset] == Ascii.backslash, isOpening(offset + 1, line) {
        pending += Array("{{".utf8)
        offset += 3
      } else if isOpening(offset, line) {
        offset = readExpression(from: offset, in: line)
      } else {
        pending.append(source.bytes[offset])
        offset += 1
      }
    }
  }

  private mutating func readExpression(from start: Int, in line: Range<Int>) -> Int {
    guard let end = (start + 2..<line.upperBound).first(where: { isClosing($0, line) }) else {
      diagnostics.append(
        Diagnostic(
          "unclosed-expression", "'{{' is not closed on its line.",
          at: source.span(start..<line.upperBound),
          help: "Close it with '}}'; for two braces as they stand write '\\{{'."))
      return line.upperBound
    }
    flush()
    let inner = LineText.trimmed(source, start + 2..<end)
    do {
      let expression = try Parser.expression(in: source, inner)
      pieces.append(.expression(expression, start..<end + 2))
    } catch {
      diagnostics.append(error)
      pending += Array("…".utf8)
    }
    return end + 2
  }

  private mutating func flush() {
    guard !pending.isEmpty else { return }
    pieces.append(.text(String(decoding: pending, as: UTF8.self)))
    pending = []
  }

  private func isOpening(_ offset: Int, _ line: Range<Int>) -> Bool {
    isPair(UInt8(ascii: "{"), offset, line)
  }

  private func isClosing(_ offset: Int, _ line: Range<Int>) -> Bool {
    isPair(UInt8(ascii: "}"), offset, line)
  }

  private func isPair(_ byte: UInt8, _ offset: Int, _ line: Range<Int>) -> Bool {
    offset + 1 < line.upperBound && source.bytes[offset] == byte && source.bytes[offset + 1] == byte
  }
}
