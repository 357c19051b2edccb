import CommandLanguage

extension OneLessonLinter {
  /// `Chosen:` the budgets of a lesson of 8 to 15 minutes.
  static let lessonWordsMax = 650
  static let stretchWordsMax = 120
  static let sentenceWordsMax = 25
  static let sentenceWordsMean = 15.0

  /// Words that make a reader who finds it hard feel small.
  static let bannedWords = ["simply", "just", "easy", "easily", "obviously"]
  static let bannedPhrases = ["as everyone knows"]
  /// Words that a reply to a wrong answer does without.
  static let blamingWords = ["wrong", "incorrect"]

  static let colors = [
    "red", "green", "blue", "yellow", "orange", "purple", "grey", "gray", "black", "white",
    "coloured", "colored",
  ]
  static let drawnThings = [
    "line", "lines", "curve", "bar", "bars", "dot", "dots", "box", "area", "part", "text", "one",
    "ones", "number", "numbers", "word", "words", "row", "rows",
  ]
  static let pictureWords = ["picture", "image", "screenshot", "diagram", "figure"]

  /// Word budgets, banned words, and meaning that hangs on colour or pictures.
  mutating func lintLanguage() {
    let scanner = TextScanner(source: source)
    var counts: (words: Int, sentences: Int) = (0, 0)
    for (template, _, role) in templates where !template.pieces.isEmpty {
      let sentences = scanner.sentences(template.range)
      for sentence in sentences { lint(sentence, role) }
      lintCharacters(template.range)
      if role == .prose {
        counts.words += sentences.reduce(0) { $0 + $1.words.count }
        counts.sentences += sentences.count
      }
    }
    let mean = Double(counts.words) / Double(max(counts.sentences, 1))
    if mean > OneLessonLinter.sentenceWordsMean {
      report(
        "long-sentences",
        "The sentences of this lesson have \(Int(mean + 0.5)) words on average; aim for 15.",
        lesson.frontMatter.title.range, severity: .warning)
    }
    lintLengths(scanner)
  }

  private mutating func lint(_ sentence: TextScanner.Sentence, _ role: Role) {
    if sentence.words.count > OneLessonLinter.sentenceWordsMax {
      report(
        "long-sentence",
        "This sentence has \(sentence.words.count) words; \(OneLessonLinter.sentenceWordsMax) is "
          + "the most.", sentence.range, "Make two of it.")
    }
    let plain = sentence.words.map { $0.isOpaque ? "" : bare($0.text) }
    for (word, text) in zip(sentence.words, plain) {
      if OneLessonLinter.bannedWords.contains(text) {
        report(
          "banned-word", "'\(text)' makes a reader who finds it hard feel small.", word.range,
          "Leave it out.")
      }
      if role == .reply, OneLessonLinter.blamingWords.contains(text) {
        report(
          "blaming-word", "A reply says what the world did, not '\(text)'.", word.range,
          severity: .warning)
      }
    }
    lintPairs(sentence, plain)
    for phrase in OneLessonLinter.bannedPhrases where plain.joined(separator: " ").contains(phrase)
    {
      report(
        "banned-word", "'\(phrase)' leaves out whoever does not.", sentence.range, "Leave it out.")
    }
  }

  /// A colour before something drawn; a picture that is pointed at.
  private mutating func lintPairs(_ sentence: TextScanner.Sentence, _ plain: [String]) {
    for index in plain.indices.dropLast() {
      let range =
        sentence.words[index].range.lowerBound..<sentence.words[index + 1].range.upperBound
      let next = plain[index + 1]
      if OneLessonLinter.colors.contains(plain[index]), OneLessonLinter.drawnThings.contains(next) {
        report(
          "colour-alone", "'\(plain[index]) \(next)' says nothing without colour.", range,
          "Name it: the line of the uplink.")
      }
      let points = ["this", "the", "see"].contains(plain[index])
      if points, OneLessonLinter.pictureWords.contains(next),
        index + 2 < plain.count, ["above", "below", "shows"].contains(plain[index + 2])
      {
        report(
          "picture-alone", "'\(next)' says nothing to whoever cannot see it.", range,
          "Say in words what it shows.")
      }
    }
  }

  private func bare(_ word: String) -> String {
    let isInner: (Character) -> Bool = { $0.isLetter || $0.isNumber }
    guard let first = word.firstIndex(where: isInner), let last = word.lastIndex(where: isInner)
    else { return "" }
    return word[first...last].lowercased()
  }

  /// Exclamation marks outside code, and pictures without words.
  private mutating func lintCharacters(_ range: Range<Int>) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      let rest = offset..<range.upperBound
      if LineText.starts(source, rest, with: "{{") || source.bytes[offset] == UInt8(ascii: "`") {
        let close = source.bytes[offset] == UInt8(ascii: "`") ? "`" : "}}"
        let after = min(offset + close.utf8.count, range.upperBound)..<range.upperBound
        offset = LineText.find(close, in: source, after)?.upperBound ?? range.upperBound
        continue
      }
      if LineText.starts(source, rest, with: "![") {
        lintPicture(rest)
        offset += 2
        continue
      }
      if source.bytes[offset] == UInt8(ascii: "!") {
        report("exclamation", "There are no exclamation marks in a lesson.", offset..<offset + 1)
      }
      offset += 1
    }
  }

  private mutating func lintPicture(_ rest: Range<Int>) {
    let inner = rest.lowerBound + 2..<rest.upperBound
    guard let close = LineText.find("]", in: source, inner) else { return }
    if LineText.isBlank(source, inner.lowerBound..<close.lowerBound) {
      report(
        "picture-alone", "This picture has no words for whoever cannot see it.",
        rest.lowerBound..<close.upperBound, "Write them between the brackets.")
    }
  }

  // MARK: - Lengths

  /// All that is read on the way through, and what is read between two acts.
  private mutating func lintLengths(_ scanner: TextScanner) {
    var total = 0
    var stretch = 0
    var stretchStart: Range<Int>?
    for part in lesson.parts {
      switch part {
      case .prose(let prose):
        let texts = prose.blocks.filter { $0.kind != .code }.map(\.text)
        let words = texts.reduce(0) { $0 + scanner.words($1.range).count }
        total += words
        stretch += words
        stretchStart = stretchStart ?? prose.blocks.first?.text.range
      case .step(let step):
        guard let question = question(of: step) else { continue }
        let words = question.pieces.isEmpty ? 0 : scanner.words(question.range).count
        total += words
        lintStretch(stretch + words, stretchStart ?? question.range)
        stretch = 0
        stretchStart = nil
      }
    }
    if let stretchStart { lintStretch(stretch, stretchStart) }
    if total > OneLessonLinter.lessonWordsMax {
      report(
        "too-many-words",
        "The prose and the questions of this lesson have \(total) words; "
          + "\(OneLessonLinter.lessonWordsMax) is the most.", lesson.frontMatter.title.range,
        "Cut a fifth.")
    }
  }

  private mutating func lintStretch(_ words: Int, _ start: Range<Int>) {
    guard words > OneLessonLinter.stretchWordsMax else { return }
    report(
      "long-stretch",
      "From here \(words) words are read before the learner answers or types; "
        + "\(OneLessonLinter.stretchWordsMax) is the most.", start, "Ask something earlier.")
  }

  private func question(of step: Step) -> Template? {
    switch step.kind {
    case .predict(let prediction): prediction.ask
    case .choice(let choice): choice.ask
    case .task(let task): task.goal
    case .reflect(let reflection): reflection.ask
    case .run, .setup, .note: nil
    }
  }
}
