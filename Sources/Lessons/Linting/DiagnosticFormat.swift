import CommandLanguage
import Rendering

/// How diagnostics are written for people and for other programs.
package enum DiagnosticFormat: String, Sendable, CaseIterable {
  /// `file:line:col: error[code]: …` with the line and a caret.
  case text
  /// One JSON array.
  case json
  /// Workflow commands of GitHub Actions.
  case github

  /// The diagnostics, each ending in a newline.
  package func text(_ diagnostics: [Diagnostic], style: TextStyle = TextStyle()) -> String {
    switch self {
    case .text:
      let renderer = TextRenderer(style: style)
      return diagnostics.map { renderer.text($0) }.joined()
    case .json: return DiagnosticFormat.json(diagnostics) + "\n"
    case .github: return diagnostics.map { DiagnosticFormat.github($0) + "\n" }.joined()
    }
  }

  private static func json(_ diagnostics: [Diagnostic]) -> String {
    var json = JSONWriter()
    json.array { json in
      for diagnostic in diagnostics { json.object { JSONLines.write(diagnostic, &$0) } }
    }
    return json.text
  }

  /// `::error file=…,line=…,col=…,title=code::message`, escaped as the runner wants it.
  private static func github(_ diagnostic: Diagnostic) -> String {
    let kind = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
    var properties: [String] = []
    if let span = diagnostic.span {
      properties += [
        "file=\(property(span.file ?? ""))", "line=\(span.line)", "col=\(span.column)",
        "endColumn=\(span.column + span.length)",
      ]
    }
    properties.append("title=\(property(diagnostic.code))")
    let message = [diagnostic.message, diagnostic.help].compactMap { $0 }.joined(separator: " ")
    return "::\(kind) \(properties.joined(separator: ","))::\(escaped(message))"
  }

  private static func escaped(_ text: String) -> String {
    replaced(text, ["%": "%25", "\r": "%0D", "\n": "%0A"])
  }

  private static func property(_ text: String) -> String {
    replaced(escaped(text), [":": "%3A", ",": "%2C"])
  }

  private static func replaced(_ text: String, _ replacements: [Character: String]) -> String {
    text.reduce(into: "") { $0 += replacements[$1] ?? String($1) }
  }
}
