import CommandLanguage

/// Turns a lesson's file into a lesson: all problems of the file at once.
///
/// Markdown is read in a subset that keeps exact positions: headings, paragraphs, lists, fences.
package struct LessonParser {
  let source: Source
  var diagnostics: [Diagnostic] = []
  private var parts: [Lesson.Part] = []
  private var proseLines: [Int] = []

  private init(_ source: Source) { self.source = source }

  /// The lesson of a file as far as it can be read, and what is wrong with it.
  package static func parse(_ source: Source) -> (lesson: Lesson, diagnostics: [Diagnostic]) {
    var parser = LessonParser(source)
    let lesson = parser.lesson()
    return (lesson, parser.diagnostics.inOrderOfPlace)
  }

  private mutating func lesson() -> Lesson {
    if String(validating: source.bytes, as: UTF8.self) == nil {
      diagnostics.append(
        Diagnostic(
          "not-utf8", "This file is not UTF-8 text.", at: source.span(0..<0),
          help: "Save the file as UTF-8."))
    }
    var front = FrontMatterParser(source: source)
    let (frontMatter, firstLine) = front.read()
    diagnostics += front.diagnostics
    var index = firstLine
    while index < source.lineCount {
      if let fence = fence(at: index) {
        index = readFence(fence, at: index)
      } else {
        proseLines.append(index)
        index += 1
      }
    }
    closeProse()
    return Lesson(source: source, frontMatter: frontMatter, parts: parts)
  }

  // MARK: - Fences

  private struct Fence {
    var ticks: Int
    var info: Range<Int>
    var range: Range<Int>
  }

  private func fence(at index: Int) -> Fence? {
    let line = LineText.trimmedEnd(source, source.lineRange(index))
    guard LineText.starts(source, line, with: "```") else { return nil }
    let ticks = source.bytes[line].prefix { $0 == UInt8(ascii: "`") }.count
    let info = LineText.trimmed(source, line.lowerBound + ticks..<line.upperBound)
    return Fence(ticks: ticks, info: info, range: line)
  }

  /// Reads from an opening fence to its end; returns the line after it.
  private mutating func readFence(_ fence: Fence, at index: Int) -> Int {
    var end = index + 1
    var isClosed = false
    while end < source.lineCount {
      if let other = self.fence(at: end), other.ticks >= fence.ticks {
        isClosed = other.info.isEmpty
        break
      }
      end += 1
    }
    if !isClosed {
      diagnostics.append(
        Diagnostic(
          "unclosed-fence", "This block is never closed.", at: source.span(fence.range),
          help: "Close it with a line of \(String(repeating: "`", count: fence.ticks))."))
    }
    let info = source.text(fence.info)
    if info.isEmpty || info == "text" {
      proseLines += Array(index...min(end, source.lineCount - 1))
    } else {
      closeProse()
      readDirective(fence.info, fence.range, lines: index + 1..<end)
    }
    return isClosed ? end + 1 : end
  }

  private mutating func readDirective(_ info: Range<Int>, _ range: Range<Int>, lines: Range<Int>) {
    var words: [Name] = []
    var offset = info.lowerBound
    while offset < info.upperBound {
      let rest = LineText.trimmed(source, offset..<info.upperBound)
      let end = rest.first { Ascii.isBlank(source.bytes[$0]) } ?? rest.upperBound
      words.append(
        Name(text: source.text(rest.lowerBound..<end), range: rest.lowerBound..<end))
      offset = end
    }
    guard let kind = words.first else { return }
    if words.count > 2 {
      diagnostics.append(
        Diagnostic(
          "unexpected-text", "'\(words[2].text)' does not belong here.",
          at: source.span(words[2].range), help: "A fence has a directive and at most one name."))
    }
    var parser = DirectiveParser(
      source: source, kind: kind, id: words.dropFirst().first, range: range)
    let step = parser.step(lines: lines)
    diagnostics += parser.diagnostics
    if let step { parts.append(.step(step)) }
  }

  // MARK: - Prose

  private mutating func closeProse() {
    defer { proseLines = [] }
    var parser = ProseParser(source: source)
    if let prose = parser.prose(lines: proseLines) { parts.append(.prose(prose)) }
    diagnostics += parser.diagnostics
  }
}

extension LineText {
  /// The range without the blanks at its end.
  static func trimmedEnd(_ source: Source, _ range: Range<Int>) -> Range<Int> {
    range.lowerBound..<max(range.lowerBound, trimmed(source, range).upperBound)
  }
}

extension [Diagnostic] {
  /// In the order in which people read the files.
  package var inOrderOfPlace: [Diagnostic] {
    enumerated().sorted { a, b in
      let (x, y) = (a.element.span, b.element.span)
      let left = (x?.file ?? "", x?.line ?? 0, x?.column ?? 0, a.offset)
      return left < (y?.file ?? "", y?.line ?? 0, y?.column ?? 0, b.offset)
    }.map(\.element)
  }
}
