import ArgumentParser
import CommandLanguage
import Commands
import Quantities
import Rendering
import Reports
import Terminal

/// The prompt; with stdin not a terminal, a script from stdin.
struct PromptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompt", abstract: "The prompt; a script, if stdin is not a terminal.",
    shouldDisplay: false)

  @OptionGroup var options: GlobalOptions

  mutating func run() throws {
    let terminal = TerminalInfo.current()
    let console = Console(options, terminal)
    do {
      if terminal.isInputTerminal {
        try MainActor.assumeIsolated {
          var loop = try PromptLoop(options, terminal)
          try loop.run()
        }
      } else {
        try Interrupts.install(.leave)
        try playStandardInput(terminal)
      }
    } catch let diagnostic as Diagnostic {
      console.show(diagnostic)
      throw ExitStatus.scriptError
    } catch is Cancelled {
      throw ExitStatus.interrupted
    }
  }

  /// The most statements that a script may have.
  ///
  /// `Chosen:` more than anybody writes; an endless stream ends.
  private static let statementCountMax = 100_000

  private func playStandardInput(_ terminal: TerminalInfo) throws {
    var player = try Player(options, terminal)
    var reader = LineReader()
    var pending: (bytes: [UInt8], firstLine: Int) = ([], 1)
    var count = 0
    do throws(LineReader.Failure) {
      while !player.isOver {
        let line = try reader.next()
        if let line {
          if pending.bytes.isEmpty { pending.firstLine = line.number }
          pending.bytes += line.bytes
          let text = String(decoding: line.bytes, as: UTF8.self)
          if Parser.isIncomplete(text), pending.bytes.count <= Parser.statementLengthMax {
            pending.bytes.append(Ascii.newline)
            continue
          }
        }
        let source = Source(name: "stdin", bytes: pending.bytes, firstLine: pending.firstLine)
        pending.bytes = []
        do {
          try player.play(source)
        } catch {
          throw .interrupted
        }
        guard line != nil else { break }
        count += 1
        guard count <= PromptCommand.statementCountMax else {
          player.fail(
            Diagnostic(
              "script-too-long",
              "The script goes on after \(PromptCommand.statementCountMax) lines.",
              help: "Is something writing to it without end?"))
          break
        }
      }
    } catch {
      player.fail(error.diagnostic)
    }
    player.close()
    guard player.status == .success else { throw player.status }
  }
}

extension LineReader.Failure {
  /// The failure in words.
  var diagnostic: Diagnostic {
    switch self {
    case .lineTooLong(let line, let limit):
      Diagnostic(
        "line-too-long",
        "Line \(line) has more than \(QuantityText.grouped(limit)) bytes, the most that is read.",
        at: SourceSpan(file: "stdin", line: line, column: 1, length: 1, lineText: ""),
        help: "Put one statement on each line.")
    case .unreadable(let line, _):
      Diagnostic("file-error", "stdin cannot be read after line \(line).")
    case .interrupted: Diagnostic("interrupted", "Stopped by Ctrl-C.")
    }
  }
}
