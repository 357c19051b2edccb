import CommandLanguage
import Quantities
import Rendering
import Reports

extension LessonOutput {
  /// What is shown, as blocks of a report.
  ///
  /// Words stand for every mark, so that nothing is lost without colour or read aloud. A screen may
  /// lay it out better; it need not.
  package var blocks: [Block] {
    switch self {
    case .title(let title, let minutes, _): [.heading(title, remark: "\(minutes) min")]
    case .prose(let texts): texts.map(\.block)
    case .statement(let text): [.paragraph("› " + text)]
    case .report(let report): report.children.flatMap(\.blocks) + report.blocks
    case .predict(let ask, let unit):
      [.paragraph("PREDICT: " + ask + (unit.symbol.isEmpty ? "" : " (in \(unit.symbol))"))]
    case .choice(let ask, let options):
      [.paragraph("CHOOSE: " + ask)]
        + options.enumerated().map { .paragraph("\(Choice.letter($0.offset)): \($0.element)") }
    case .task(let goal):
      [.paragraph("YOUR TURN: " + goal), .paragraph("hint · why · check · undo · skip · help")]
    case .reflect(let ask): [.paragraph("THINK: " + ask)]
    case .model(let words): [.paragraph("One answer: " + words)]
    case .revealed(let revelation):
      [.paragraph(revelation.words)] + (revelation.calibration.map { [.paragraph($0)] } ?? [])
    case .reply(let isRight, let words):
      [.paragraph((isRight ? "RIGHT: " : "NOT QUITE: ") + words)]
    case .verdict(let verdict): verdict.blocks
    case .hint(let words, let number, let count):
      [.paragraph("hint \(number) of \(count): " + words)]
    case .checks(let lines): lines.map(\.block)
    case .notice(let words): [.paragraph(words)]
    case .authorError:
      [
        .paragraph(
          "AUTHOR'S ERROR: this is a mistake in the lesson, not yours, and it does not count. "
            + "'skip' goes on.")
      ]
    case .finished(let summary): summary.blocks
    }
  }
}

extension LessonOutput {
  /// What is shown, as text for a screen: a free line before each thing, and results right behind the
  /// statement that they belong to.
  package func text(_ renderer: TextRenderer) -> String {
    switch self {
    case .report(let report): LessonOutput.text(report, renderer)
    case .prose(let texts):
      texts.map { "\n" + renderer.text(markdown: $0.markdown) }.joined()
    case .authorError(let diagnostic):
      "\n" + renderer.text(blocks) + renderer.text(diagnostic)
    default: "\n" + renderer.text(blocks)
    }
  }

  private static func text(_ report: Report, _ renderer: TextRenderer) -> String {
    report.children.map { text($0, renderer) }.joined() + renderer.text(report)
  }
}

extension Revelation {
  /// Guess, answer and reply; the answer once, if the reply has it.
  var words: String {
    let hasAnswer = reply.contains(answer.text)
    return "You said \(guess.text)" + (hasAnswer ? ". " : "; it was \(answer.text). ") + reply
  }
}

extension ProseText {
  /// The block as Markdown again, for the renderer of prose.
  var markdown: String {
    switch kind {
    case .heading(let level): String(repeating: "#", count: level) + " " + text
    case .paragraph: text
    case .item(let marker): marker + " " + text
    case .code: "```\n" + text + "\n```"
    }
  }

  var block: Block {
    switch kind {
    case .heading: .heading(text, remark: "")
    case .paragraph: .paragraph(text)
    case .item(let marker): .paragraph(marker + " " + text)
    case .code: .lines([text])
    }
  }
}

extension TaskVerdict {
  var blocks: [Block] {
    switch self {
    case .pass(let say): return [.paragraph("PASS" + (say.map { ": " + $0 } ?? ""))]
    case .notYet(let reasons, let isGivenBack, let hintsLeft):
      var blocks = reasons.enumerated().map { index, reason -> Block in
        .paragraph((index == 0 ? "NOT YET: " : "") + reason)
      }
      guard isGivenBack else { return blocks }
      let hints =
        switch hintsLeft {
        case 0: ""
        case 1: " One hint left: 'hint'."
        default: " \(hintsLeft) hints left: 'hint'."
        }
      blocks.append(.paragraph("Your world is as it was before the try." + hints))
      return blocks
    }
  }
}

extension CheckLine {
  var block: Block {
    let mark =
      switch holds {
      case true: "PASS"
      case false: "NOT YET"
      case nil: "CANNOT BE TOLD YET"
      }
    return .paragraph("\(mark): \(condition)" + (value.map { " — \($0)" } ?? ""))
  }
}

extension Summary {
  var blocks: [Block] {
    var words = "The end of '\(title)': \(earned) earned"
    if shown > 0 { words += ", \(shown) shown" }
    return [.paragraph(words + ".")] + (calibration.map { [.paragraph($0)] } ?? [])
  }
}
