import CommandLanguage
import Quantities

extension DirectiveParser {
  // MARK: - Predict

  /// The prediction, or nil if its answer or its naive guess is no expression.
  mutating func prediction() -> Prediction? {
    let answer = entry("answer").flatMap { formula($0) }
    let naive = entry("naive").flatMap { formula($0) }
    let unit = unit()
    let tolerance = tolerance()
    let texts = (
      ask: text("ask"), low: text("low"), high: text("high"), right: text("right")
    )
    guard let answer, let naive else { return nil }
    return Prediction(
      ask: texts.ask, unit: unit, answer: answer, naive: naive, tolerance: tolerance,
      low: texts.low, high: texts.high, right: texts.right)
  }

  private mutating func unit() -> Unit {
    guard let name = entry("unit").flatMap({ name($0) }) else { return .none }
    if let unit = Unit.named(name.text) { return unit }
    report(
      "unknown-unit", "There is no unit '\(name.text)'.", name.range,
      NearMiss.question(for: name.text, among: NumberText.unitSymbols))
    return .none
  }

  /// `25%` or `factor 2`.
  private mutating func tolerance() -> Prediction.Tolerance {
    guard let name = entry("full-marks-within").flatMap({ name($0) }) else {
      return Prediction.toleranceDefault
    }
    let words = name.text.split(separator: " ").map(String.init)
    if words.count == 2, words[0] == "factor", case .plain(let factor)? = NumberText.read(words[1]),
      factor > 1, factor <= 1_000
    {
      return .factor(factor)
    }
    if words.count == 1, words[0].hasSuffix("%"),
      case .quantity(let share)? = NumberText.read(words[0]), share.value > 0, share.value < 1
    {
      return .share(share.value)
    }
    report(
      "bad-value", "'full-marks-within' is 'N%' or 'factor N', not '\(name.text)'.", name.range,
      "For example: 25%, or factor 2.")
    return Prediction.toleranceDefault
  }

  // MARK: - Choice

  mutating func choice(_ lines: [OptionLine]) -> Choice {
    Choice(
      ask: text("ask"), options: lines.map { option($0) }, onPass: ending("on-pass"),
      onFail: ending("on-fail"))
  }

  /// `TEXT :: REPLY`, either of which may take several lines.
  private mutating func option(_ line: OptionLine) -> Choice.Option {
    var words: [Range<Int>] = []
    var reply: [Range<Int>]?
    for part in line.lines {
      if reply != nil {
        reply?.append(part)
      } else if let separator = separator(in: part) {
        words.append(LineText.trimmed(source, part.lowerBound..<separator.lowerBound))
        let rest = LineText.trimmed(source, separator.upperBound..<part.upperBound)
        reply = rest.isEmpty ? [] : [rest]
      } else {
        words.append(part)
      }
    }
    let isRight = line.mark == "x" || line.mark == "X"
    if !isRight, line.mark != " " {
      report(
        "bad-option", "An option is marked '[ ]' or '[x]', not '[\(line.mark)]'.", line.range, nil)
    }
    if words.allSatisfy(\.isEmpty), !line.lines.isEmpty {
      report("empty-value", "This option has no words.", line.range, nil)
    }
    let text = TemplateParser.template(in: source, words, &diagnostics)
    let replyText = reply.flatMap { lines in
      lines.isEmpty ? nil : TemplateParser.template(in: source, lines, &diagnostics)
    }
    return Choice.Option(isRight: isRight, text: text, reply: replyText, range: line.range)
  }

  private func separator(in part: Range<Int>) -> Range<Int>? {
    if LineText.starts(source, part, with: ":: ") {
      return part.lowerBound..<part.lowerBound + 2
    }
    if let found = LineText.find(" :: ", in: source, part) { return found }
    let end = part.upperBound
    guard part.count >= 3, source.text(end - 3..<end) == " ::" else { return nil }
    return end - 3..<end
  }

  // MARK: - Task

  mutating func task() -> LessonTask {
    var checks: [LessonTask.Check] = []
    for entry in entries("check") {
      let otherwise = entry.children.first { $0.key.text == "else" }.map { template($0) }
      if let condition = formula(entry) {
        checks.append(.init(condition: condition, otherwise: otherwise))
      }
    }
    let wrongs = entries("wrong").compactMap { entry -> LessonTask.Wrong? in
      guard let block = entry.block else { return nil }
      let expect = entry.children.first { $0.key.text == "expect" }
      return .init(
        statements: statements(block), expect: expect.flatMap { name($0) }, range: entry.range)
    }
    return LessonTask(
      from: entry("from").flatMap { name($0) }, goal: text("goal"), checks: checks,
      hints: entries("hint").map { template($0) },
      solution: entry("solution").flatMap(\.block).map { statements($0) }, wrongs: wrongs,
      onPass: ending("on-pass"), onFail: ending("on-fail"))
  }

  /// `on-pass: ID`, with `say:` below it; the name may be left out.
  private mutating func ending(_ key: String) -> Ending? {
    guard let entry = entry(key) else { return nil }
    let say = entry.children.first { $0.key.text == "say" }.map { template($0) }
    if entry.value.isEmpty, say == nil {
      report("empty-value", "'\(key)' has neither a step nor 'say'.", entry.key.range, nil)
    }
    return Ending(target: name(entry), say: say, range: entry.range)
  }
}
