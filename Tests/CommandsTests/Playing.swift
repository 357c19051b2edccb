import CommandLanguage
import Quantities
import Reports
import Testing

@testable import Commands

/// A session after a script, of which every statement must go well.
func played(_ script: String, seed: UInt64 = 1, host: any Host = NoHost()) throws -> Session {
  var session = Session(seed: seed)
  for report in try session.run(Source(text: script), CommandContext(host: host)) {
    #expect(!report.isError, "\(report.statement): \(report.diagnostics.map(\.message))")
  }
  return session
}

/// The report of the last statement of a script.
func lastReport(_ script: String, host: any Host = NoHost()) throws -> Report {
  var session = Session()
  return try #require(
    session.run(Source(text: script), CommandContext(host: host), keepGoing: true).last)
}

/// The diagnostic that the last statement of a script ends in.
func problem(_ script: String, host: any Host = NoHost()) throws -> Diagnostic {
  try #require(lastReport(script, host: host).diagnostics.first)
}

/// A host with a clock that goes on by a millisecond at each look, and one thread.
final class TickingHost: Host {
  let shelf = ModelShelf()
  private var looks = 0
  var monotonicSeconds: Double {
    looks += 1
    return Double(looks) / 1_000
  }
  var allowsMeasurement: Bool { true }
  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] { throw .notAllowed }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) { throw .notAllowed }
}

/// The value of an expression in a session.
func value(_ text: String, in session: Session) throws -> FactValue {
  let source = Source(text: text)
  let evaluator = Evaluator(
    catalog: session.registry.catalog, facts: WorldFacts(session.state), source: source)
  guard case .value(let value) = try evaluator.evaluate(Parser.expression(in: source, source.all))
  else { throw Diagnostic("not-yet", "'\(text)' has no value yet.") }
  return value
}

/// The number behind an expression.
func number(_ text: String, in session: Session) throws -> Double {
  guard case .quantity(let quantity, _) = try value(text, in: session) else {
    throw Diagnostic("not-a-number", "'\(text)' is no number.")
  }
  return quantity.value
}

extension Report {
  /// All that it says in words, tables by their columns.
  var words: String {
    blocks.map { block in
      switch block {
      case .heading(let title, let remark): "\(title) \(remark)"
      case .paragraph(let text): text
      case .table(let table): table.columns.map(\.name).joined(separator: " ")
      default: ""
      }
    }.joined(separator: " ")
  }

  /// The keys of its tables, in order.
  var tableKeys: [String] {
    blocks.compactMap { block in
      if case .table(let table) = block { table.key } else { nil }
    }
  }
}
