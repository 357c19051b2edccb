import CommandLanguage
import Rendering

/// How a proof is written for people and for other programs.
package enum ProofFormat: String, Sendable, CaseIterable {
  /// Failures in full, and a count.
  case text
  /// The Test Anything Protocol, version 14.
  case tap
  /// JUnit's XML.
  case junit
  /// One JSON object.
  case json

  /// The report, ending in a newline.
  package func text(_ report: ProofReport) -> String {
    switch self {
    case .text: ProofFormat.plain(report)
    case .tap: ProofFormat.tap(report)
    case .junit: ProofFormat.junit(report)
    case .json: ProofFormat.json(report) + "\n"
    }
  }

  private static func plain(_ report: ProofReport) -> String {
    var text = ""
    var notRun = 0
    for result in report.results {
      switch result.outcome {
      case .passed: continue
      case .failed(let reason): text += "\(place(result))FAIL \(result.title): \(reason)\n"
      case .notRun(let reason):
        notRun += 1
        text += "\(place(result))NOT RUN \(result.title): \(reason)\n"
      }
    }
    let failed = report.failures.count
    text += "\(report.results.count - failed - notRun) claims hold, \(failed) fail"
    return text + (notRun > 0 ? ", \(notRun) not run.\n" : ".\n")
  }

  private static func place(_ result: ProofReport.Result) -> String {
    result.span.map { "\($0.file ?? "lesson"):\($0.line):\($0.column): " } ?? ""
  }

  private static func tap(_ report: ProofReport) -> String {
    var text = "TAP version 14\n1..\(report.results.count)\n"
    for (index, result) in report.results.enumerated() {
      let title = escaped(result.title, ["#": "\\#", "\n": " "])
      switch result.outcome {
      case .passed: text += "ok \(index + 1) - \(title)\n"
      case .failed(let reason):
        text += "not ok \(index + 1) - \(title)\n  ---\n  message: \(JSONWriter.quoted(reason))\n"
        if let span = result.span {
          text += "  at: \(JSONWriter.quoted("\(span.file ?? ""):\(span.line):\(span.column)"))\n"
        }
        text += "  ...\n"
      case .notRun(let reason):
        text += "ok \(index + 1) - \(title) # SKIP \(escaped(reason, ["\n": " "]))\n"
      }
    }
    return text
  }

  private static func junit(_ report: ProofReport) -> String {
    let skipped = report.results.count { if case .notRun = $0.outcome { true } else { false } }
    var text =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"lessons\" tests=\""
      + "\(report.results.count)\" failures=\"\(report.failures.count)\" skipped=\"\(skipped)\">\n"
    for result in report.results {
      let group = ([result.lesson] + [result.step].compactMap { $0 }).joined(separator: ".")
      text += "  <testcase classname=\"\(xml(group))\" name=\"\(xml(result.claim))\""
      switch result.outcome {
      case .passed: text += "/>\n"
      case .failed(let reason):
        text += "><failure message=\"\(xml(reason))\">\(xml(place(result)))</failure></testcase>\n"
      case .notRun(let reason):
        text += "><skipped message=\"\(xml(reason))\"/></testcase>\n"
      }
    }
    return text + "</testsuite>\n"
  }

  private static func json(_ report: ProofReport) -> String {
    var json = JSONWriter()
    json.object { json in
      json.key("schema")
      json.string("machineroom.proof/1")
      json.key("ok")
      json.bool(report.failures.isEmpty)
      json.key("results")
      json.array { json in
        for result in report.results { json.object { write(result, &$0) } }
      }
    }
    return json.text
  }

  private static func write(_ result: ProofReport.Result, _ json: inout JSONWriter) {
    let (outcome, reason): (String, String?) =
      switch result.outcome {
      case .passed: ("passed", nil)
      case .failed(let reason): ("failed", reason)
      case .notRun(let reason): ("not-run", reason)
      }
    let members: [(String, String?)] = [
      ("lesson", result.lesson), ("step", result.step), ("claim", result.claim),
      ("outcome", outcome), ("reason", reason), ("file", result.span?.file),
    ]
    for (key, value) in members {
      guard let value else { continue }
      json.key(key)
      json.string(value)
    }
    guard let span = result.span else { return }
    json.key("line")
    json.integer(span.line)
    json.key("column")
    json.integer(span.column)
  }

  private static func xml(_ text: String) -> String {
    escaped(
      text, ["&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;", "\n": "&#10;"])
  }

  private static func escaped(_ text: String, _ replacements: [Character: String]) -> String {
    text.reduce(into: "") { $0 += replacements[$1] ?? String($1) }
  }
}
