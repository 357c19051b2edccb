import CommandLanguage

/// Reads prose: headings, paragraphs, items of lists, lines of code.
struct ProseParser {
  let source: Source
  private(set) var diagnostics: [Diagnostic] = []
  private var blocks: [Prose.Block] = []
  private var open: (kind: Prose.Block.Kind, lines: [Range<Int>])?

  init(source: Source) { self.source = source }

  /// The prose of some lines, or nil if they are blank.
  mutating func prose(lines: [Int]) -> Prose? {
    var isCode = false
    for index in lines {
      let line = LineText.trimmedEnd(source, source.lineRange(index))
      if LineText.starts(source, line, with: "```") {
        close()
        isCode.toggle()
      } else if isCode {
        blocks.append(
          .init(kind: .code, text: Template(pieces: [.text(source.text(line))], range: line)))
      } else {
        read(line)
      }
    }
    close()
    guard let first = blocks.first, let last = blocks.last else { return nil }
    return Prose(blocks: blocks, range: first.text.range.lowerBound..<last.text.range.upperBound)
  }

  private mutating func read(_ line: Range<Int>) {
    let words = LineText.trimmed(source, line)
    guard !words.isEmpty else { return close() }
    if let heading = heading(words) {
      close()
      open = heading
      close()
    } else if let item = item(words) {
      close()
      open = item
    } else if open == nil {
      open = (.paragraph, [words])
    } else {
      open?.lines.append(words)
    }
  }

  private func heading(_ line: Range<Int>) -> (Prose.Block.Kind, [Range<Int>])? {
    let level = source.bytes[line].prefix { $0 == Ascii.hash }.count
    let after = line.lowerBound + level
    guard (1...6).contains(level), after < line.upperBound, source.bytes[after] == Ascii.space
    else { return nil }
    return (.heading(level), [LineText.trimmed(source, after..<line.upperBound)])
  }

  private func item(_ line: Range<Int>) -> (Prose.Block.Kind, [Range<Int>])? {
    let digits = source.bytes[line].prefix(3).prefix(while: Ascii.isDigit).count
    let isNumbered =
      digits > 0
      && LineText.starts(
        source, line.lowerBound + digits..<line.upperBound, with: ". ")
    let length = isNumbered ? digits + 1 : 1
    guard
      isNumbered || LineText.starts(source, line, with: "- ")
        || LineText.starts(source, line, with: "* ")
    else { return nil }
    let marker = isNumbered ? source.text(line.lowerBound..<line.lowerBound + length) : "-"
    return (
      .item(marker), [LineText.trimmed(source, line.lowerBound + length..<line.upperBound)]
    )
  }

  private mutating func close() {
    guard let block = open else { return }
    open = nil
    let text = TemplateParser.template(in: source, block.lines, &diagnostics)
    blocks.append(.init(kind: block.kind, text: text))
  }
}
