import CommandLanguage
import Yams

/// Reads YAML with every scalar as text, so that `no` stays a word, and keeps the places.
package struct YAMLReader {
  /// A part of the file.
  package typealias Place = Node

  /// What is read.
  package let source: Source
  /// What is wrong with it, as far as it was read.
  package private(set) var diagnostics: [Diagnostic] = []

  /// A reader of a file.
  package init(source: Source) { self.source = source }

  /// The top of the file, or nil if it is no YAML.
  package mutating func root() -> Node? {
    do {
      guard let node = try Yams.compose(yaml: source.text(source.all)) else {
        report("empty-file", "This file is empty.", nil)
        return nil
      }
      return node
    } catch {
      report("bad-yaml", "This file is not YAML: \(YAMLReader.reason(error)).", nil)
      return nil
    }
  }

  /// The entries of a file that is a list.
  package mutating func list() -> [Node] {
    guard let root = root() else { return [] }
    guard case .sequence(let sequence) = root else {
      report("bad-yaml", "A list belongs here.", root)
      return []
    }
    return Array(sequence)
  }

  /// The value of a key that must be there.
  package mutating func value(_ key: String, of node: Node) -> Node? {
    guard case .mapping(let mapping) = node, let value = mapping[key] else {
      report("missing-key", "'\(key)' is missing here.", node)
      return nil
    }
    return value
  }

  /// Whether a key is there.
  package func has(_ key: String, of node: Node) -> Bool {
    guard case .mapping(let mapping) = node else { return false }
    return mapping[key] != nil
  }

  /// The text of a place that must be one.
  package mutating func text(of node: Node) -> String? {
    guard case .scalar(let scalar) = node else {
      report("bad-yaml", "One value belongs here.", node)
      return nil
    }
    return scalar.string
  }

  /// The text of a key that must be there.
  package mutating func text(_ key: String, of node: Node) -> String? {
    guard let value = value(key, of: node) else { return nil }
    return text(of: value)
  }

  /// The texts of a key that may be missing.
  package mutating func texts(_ key: String, of node: Node) -> [String] {
    guard case .mapping(let mapping) = node, let value = mapping[key] else { return [] }
    guard case .sequence(let sequence) = value else {
      report("bad-yaml", "'\(key)' is a list.", value)
      return []
    }
    return sequence.compactMap { if case .scalar(let scalar) = $0 { scalar.string } else { nil } }
  }

  /// The keys and values of a mapping, in the order of the file.
  package mutating func pairs(of node: Node) -> [(key: String, value: Node)] {
    guard case .mapping(let mapping) = node else {
      report("bad-yaml", "Keys with values belong here.", node)
      return []
    }
    return mapping.compactMap { key, value in
      if case .scalar(let scalar) = key { (scalar.string, value) } else { nil }
    }
  }

  /// The entries of a key that is a list.
  package mutating func list(_ key: String, of node: Node) -> [Node] {
    guard let value = value(key, of: node) else { return [] }
    guard case .sequence(let sequence) = value else {
      report("bad-yaml", "'\(key)' is a list.", value)
      return []
    }
    return Array(sequence)
  }

  /// Reports keys that are not among those known.
  package mutating func check(_ node: Node, keys: [String]) {
    guard case .mapping(let mapping) = node else { return }
    for (key, _) in mapping {
      guard case .scalar(let scalar) = key, !keys.contains(scalar.string) else { continue }
      report(
        "unknown-key", "There is no key '\(scalar.string)' here.", key,
        NearMiss.question(for: scalar.string, among: keys))
    }
  }

  /// Reports a problem at a place, or of the file as a whole.
  package mutating func report(
    _ code: String, _ message: String, _ node: Node?, _ help: String? = nil
  ) {
    diagnostics.append(Diagnostic(code, message, at: span(node), help: help))
  }

  private func span(_ node: Node?) -> SourceSpan {
    let mark = node?.mark
    let line = source.lineRange(min(max((mark?.line ?? 1) - 1, 0), source.lineCount - 1))
    let start = min(line.lowerBound + max((mark?.column ?? 1) - 1, 0), line.upperBound)
    return source.span(start..<line.upperBound)
  }

  private static func reason(_ error: any Error) -> String {
    guard let first = "\(error)".split(separator: "\n").first else { return "unreadable" }
    return String(first)
  }
}
