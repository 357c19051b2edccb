import Foundation
import Testing

/// The house style, as far as a test can tell.
///
/// Places that are excused are listed with the rule, and the lists only shrink.
@Suite struct TidyTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// A Swift file of the project.
  private struct File {
    var path: String
    var lines: [String]
    /// The lines without comments and without what stands in quotation marks.
    var code: [String]
    var target: String { String(path.split(separator: "/")[1]) }
  }

  private static let files: [File] = {
    var files: [File] = []
    for folder in ["Sources", "Tests"] {
      let enumerator = FileManager.default.enumerator(
        at: root.appending(path: folder), includingPropertiesForKeys: nil)
      for case let url as URL in enumerator ?? .init() where url.pathExtension == "swift" {
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
        let lines = text.components(separatedBy: "\n")
        files.append(
          File(
            path: String(url.path().dropFirst(root.path().count)), lines: lines,
            code: stripped(lines)))
      }
    }
    return files.sorted { $0.path < $1.path }
  }()

  private static func stripped(_ lines: [String]) -> [String] {
    var isInText = false
    return lines.map { line in
      if line.contains("\"\"\"") {
        if line.components(separatedBy: "\"\"\"").count == 2 { isInText.toggle() }
        return ""
      }
      guard !isInText else { return "" }
      let code = line.replacing(#/"(?:[^"\\]|\\.)*"/#, with: "\"\"")
      return code.components(separatedBy: "//")[0]
    }
  }

  private static var sources: [File] { files.filter { $0.path.hasPrefix("Sources/") } }

  /// Targets that simulate: no clock, no file, no printing, no hash order.
  private static let engines: Set<String> = [
    "Quantities", "Randomness", "SimulationKernel", "Queueing", "Service", "Facility", "WorldModel",
    "CommandLanguage", "Reports", "Commands", "Lessons", "Rendering",
  ]

  private func places(
    _ files: [File], where matches: (String) -> Bool, excused: Set<String> = []
  ) -> [String] {
    files.filter { !excused.contains($0.path) }.flatMap { file in
      file.code.enumerated().filter { matches($0.element) }.map { "\(file.path):\($0.offset + 1)" }
    }
  }

  @Test func thereIsSomethingToCheck() {
    #expect(Self.sources.count > 100)
  }

  @Test func filesHaveAtMostFiveHundredLines() {
    #expect(Self.files.filter { $0.lines.count > 500 }.map(\.path) == [])
  }

  @Test func functionsHaveAtMostSeventyLines() {
    var long: [String] = []
    for file in Self.sources {
      for (index, line) in file.code.enumerated() where line.contains(#/\bfunc \w/#) {
        let indent = line.prefix { $0 == " " }.count
        let end = file.code[(index + 1)...].firstIndex { later in
          later.prefix { $0 == " " }.count == indent && later.drop { $0 == " " }.first == "}"
        }
        if let end, end - index > 70 { long.append("\(file.path):\(index + 1)") }
      }
    }
    #expect(long == [])
  }

  @Test func enginesNeitherPrintNorAskTheSystem() {
    let files = Self.sources.filter { Self.engines.contains($0.target) }
    #expect(
      places(files) {
        $0.contains(#/^import (Foundation|Glibc|Dispatch)/#) || $0.contains(#/\bprint\(/#)
          || $0.contains("ContinuousClock") || $0.contains("SystemRandomNumberGenerator")
          || $0.contains(".random(in")
      } == [])
  }

  @Test func enginesHaveNoGlobalVariables() {
    let files = Self.sources.filter { Self.engines.contains($0.target) }
    #expect(
      places(files) { $0.contains(#/^(?:public |package |private |fileprivate )?var /#) } == [])
    #expect(places(files) { $0.contains(#/static var \w+(: [^{]+)? = /#) } == [])
  }

  @Test func errorsAreNotSwallowed() {
    #expect(
      places(Self.sources) {
        $0.contains(#/\btry[?!]/#) || $0.contains(#/\bas!/#) || $0.contains(#/catch \{\s*\}/#)
      } == [])
  }

  @Test func nothingIsUnwrappedByForce() {
    #expect(places(Self.sources) { $0.contains(#/[\w\)\]]!(?:[\s\.\)\],]|$)/#) } == [])
  }

  @Test func concurrencyIsNotForced() {
    // Compute's threads say at each place why it is safe.
    let excused: Set<String> = ["Compute", "Terminal"]
    let files = Self.sources.filter { !excused.contains($0.target) }
    #expect(
      places(files) {
        $0.contains("@unchecked Sendable") || $0.contains("nonisolated(unsafe)")
          || $0.contains("Task.detached") || $0.contains("DispatchQueue")
      } == [])
  }

  @Test func nothingIsLeftToFix() {
    let words = ["FIX" + "ME", "XX" + "X"]
    let found = Self.files.flatMap { file in
      file.lines.enumerated().filter { line in words.contains { line.element.contains($0) } }
        .map { "\(file.path):\($0.offset + 1)" }
    }
    #expect(found == [])
  }

  @Test func publicIsOnlyWhatTheBenchmarksMayImport() {
    let open: Set<String> = ["Compute", "Quantities", "Randomness", "SimulationKernel"]
    let files = Self.sources.filter { !open.contains($0.target) }
    #expect(places(files) { $0.contains(#/^\s*public /#) } == [])
  }

  @Test func theProjectSpeaksOfItselfAlone() throws {
    let forbidden = ["../" + "shared", "/work" + "/", "stack" + "overflow"]
    let found = Self.files.flatMap { file in
      file.lines.enumerated().filter { line in forbidden.contains { line.element.contains($0) } }
        .map { "\(file.path):\($0.offset + 1)" }
    }
    #expect(found == [])
  }
}
