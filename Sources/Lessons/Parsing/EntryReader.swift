import CommandLanguage

/// One `key: text` of a directive, with what is indented below it.
struct Entry {
  /// The key.
  var key: Name
  /// The text, line by line.
  var value: [Range<Int>]
  /// The lines below `key: |`, or nil.
  var block: Range<Int>?
  /// The `else`, `expect` and `say` below it.
  var children: [Entry] = []

  /// Where it stands, its children left out.
  var range: Range<Int> {
    key.range.lowerBound..<max(key.range.upperBound, value.last?.upperBound ?? 0)
  }
}

/// An option of a choice before its words are read.
struct OptionLine {
  /// What stands between the brackets.
  var mark: String
  /// The lines of words and reply, blanks around them removed.
  var lines: [Range<Int>]
  /// Where it begins.
  var range: Range<Int>
}

/// Reads the body of a directive into entries: not YAML, nothing is quoted or escaped.
struct EntryReader {
  static let childKeys = ["else", "expect", "say"]

  let source: Source
  private(set) var entries: [Entry] = []
  private(set) var options: [OptionLine] = []
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether the last thing read was an option.
  private var isOption = false

  init(source: Source) { self.source = source }

  /// Reads lines by index.
  mutating func read(lines: Range<Int>) {
    for index in lines {
      let line = LineText.trimmedEnd(source, source.lineRange(index))
      guard !line.isEmpty else { continue }
      if Ascii.isBlank(source.bytes[line.lowerBound]) {
        readIndented(LineText.trimmed(source, line))
      } else {
        readFlush(line)
      }
    }
  }

  private mutating func readFlush(_ line: Range<Int>) {
    if LineText.starts(source, line, with: "- ") { return readOption(line) }
    isOption = false
    guard let (key, value) = LineText.keyAndValue(source, line) else {
      report(
        "expected-key", "A line here is 'key: text'.", line,
        "Indent the line if it belongs to the entry above.")
      return
    }
    entries.append(entry(key, value))
  }

  private func entry(_ key: Name, _ value: Range<Int>) -> Entry {
    let isBlock = source.text(value) == "|"
    return Entry(
      key: key, value: isBlock || value.isEmpty ? [] : [value],
      block: isBlock ? value.upperBound..<value.upperBound : nil)
  }

  private mutating func readIndented(_ words: Range<Int>) {
    if isOption {
      options[options.count - 1].lines.append(words)
      return
    }
    guard let last = entries.indices.last else {
      report("unexpected-indent", "There is no entry above that this could belong to.", words, nil)
      return
    }
    if let (key, value) = LineText.keyAndValue(source, words) {
      if EntryReader.childKeys.contains(key.text) {
        entries[last].children.append(entry(key, value))
        return
      }
      if NearMiss.best(for: key.text, among: EntryReader.childKeys) != nil {
        report(
          "unknown-key", "There is no key '\(key.text)' here.", key.range,
          NearMiss.question(for: key.text, among: EntryReader.childKeys))
        return
      }
    }
    if let child = entries[last].children.indices.last {
      entries[last].children[child].value.append(words)
    } else if let block = entries[last].block {
      entries[last].block = block.lowerBound..<words.upperBound
    } else {
      entries[last].value.append(words)
    }
  }

  private mutating func readOption(_ line: Range<Int>) {
    isOption = true
    let open = line.lowerBound + 2
    guard open + 3 <= line.upperBound, source.bytes[open] == UInt8(ascii: "["),
      source.bytes[open + 2] == UInt8(ascii: "]")
    else {
      report(
        "bad-option", "An option begins with '- [ ]' or, if it is right, '- [x]'.", line,
        "For example: - [x] The line is full :: It was: 99% of Friday noon.")
      options.append(OptionLine(mark: " ", lines: [], range: line))
      return
    }
    let rest = LineText.trimmed(source, open + 3..<line.upperBound)
    options.append(
      OptionLine(
        mark: source.text(open + 1..<open + 2), lines: rest.isEmpty ? [] : [rest], range: line))
  }

  private mutating func report(
    _ code: String, _ message: String, _ range: Range<Int>, _ help: String?
  ) {
    diagnostics.append(Diagnostic(code, message, at: source.span(range), help: help))
  }
}
