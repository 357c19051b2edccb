import CommandLanguage
import Commands
import Glibc
import Lessons
import Rendering
import Reports
import Terminal

/// Where reports go: results to stdout, what is wrong and talk to stderr, or all of it as JSON.
struct Console {
  private let options: GlobalOptions
  private let terminal: TerminalInfo
  private let isJSON: Bool
  private let answer: AnswerStream

  init(_ options: GlobalOptions, _ terminal: TerminalInfo) {
    self.options = options
    self.terminal = terminal
    isJSON = options.json
    answer = AnswerStream(
      style: { options.style(terminal.resized()) },
      write: { _ = Console.write($0, to: STDOUT_FILENO) })
  }

  // The width is looked up for each report: it may have changed since the last.
  private var renderer: TextRenderer { TextRenderer(style: options.style(terminal.resized())) }
  private var errorRenderer: TextRenderer {
    TextRenderer(style: options.errorStyle(terminal.resized()))
  }

  /// Shows a report, after those of the statements that it ran.
  func show(_ report: Report) {
    report.children.forEach(show)
    guard report.children.isEmpty || !report.blocks.isEmpty || isJSON else { return }
    if isJSON {
      out(JSONLines.line(report) + "\n")
      return
    }
    answer.end()
    out(renderer.text(Array(report.blocks.dropFirst(report.streamed))))
    for diagnostic in report.diagnostics { talk(errorRenderer.text(diagnostic)) }
  }

  /// Shows an answer while it comes; nil where nobody watches it.
  var stream: ((String) -> Void)? {
    guard terminal.isOutputTerminal, !isJSON else { return nil }
    return { [answer] text in answer.show(text) }
  }

  /// Shows what is wrong outside of any statement.
  func show(_ diagnostic: Diagnostic) {
    var report = Report()
    report.ok = false
    report.diagnostics = [diagnostic]
    show(report)
  }

  /// Shows what a lesson says; as JSON there are the reports alone.
  func show(_ output: LessonOutput) {
    if !isJSON { out(output.text(renderer)) }
  }

  /// Says something to the person at the keyboard.
  func say(_ text: String) {
    answer.end()
    if !isJSON { talk(errorRenderer.text(paragraph: text)) }
  }

  private func out(_ text: String) {
    guard !Console.write(text, to: STDOUT_FILENO) else { return }
    // Nobody reads on: `machineroom … | head`.
    if errno == EPIPE { exit(ExitStatus.success.rawValue) }
    FileHost.writeError("The output cannot be written: \(systemMessage()).\n")
    exit(ExitStatus.internalError.rawValue)
  }

  private func talk(_ text: String) { _ = Console.write(text, to: STDERR_FILENO) }

  private static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        guard errno == EINTR || errno == EAGAIN else { return false }
        continue
      }
      rest = rest.dropFirst(count)
    }
    return true
  }
}
