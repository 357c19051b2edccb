import Commands
import Rendering
import Testing

@Suite struct ManualPageTests {
  private static let page = ManualPage(
    .standard, version: "0.1", [.init("OPTIONS", ".hidden\n'quoted' -x \\ end µ")]
  ).text

  @Test func everyStatementAndFactHasItsPlace() {
    for command in Registry.standard.commands {
      let declaration = command.declaration
      #expect(Self.page.contains(".SS \(declaration.verb)\n"))
    }
    for fact in Registry.standard.catalog.declarations {
      #expect(Self.page.contains(".B \(fact.key.replacing("-", with: "\\-"))\n"), "\(fact.key)")
    }
  }

  @Test func itNeedsNoEncoding() {
    #expect(Self.page.utf8.allSatisfy { $0 < 128 })
  }

  /// groff_man(7): a line that begins with a dot or an apostrophe is a request, a backslash an escape.
  @Test func wordsAreNeverRequests() {
    #expect(Self.page.contains("\\&.hidden\n"))
    #expect(Self.page.contains("\\(aqquoted\\(aq \\-x \\e end \\[u00B5]\n"))
    let requests = Set(
      Self.page.split(separator: "\n").filter { $0.hasPrefix(".") }
        .compactMap { $0.split(separator: " ").first.map(String.init) })
    #expect(
      requests.isSubset(of: [
        ".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".ad", ".nf", ".fi", ".RS", ".RE",
      ]))
  }
}
