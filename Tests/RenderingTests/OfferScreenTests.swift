import CommandLanguage
import Commands
import Rendering
import Testing

/// The tables of hosts of several years on a narrow screen; read by eye before they were kept here.
@Suite("The screen of a cloud of several years")
struct OfferScreenTests {
  @Test("has its tables as tables at 40 columns")
  func narrow() throws {
    var session = Session()
    let statement = "offer hosts=600 days=7 generations=5 retire=yes"
    let report = try #require(
      try session.run(Source(text: statement), CommandContext(host: NoHost())).last)
    let screen = TextRenderer(style: TextStyle(width: 40)).text(report)
    for header in [
      "age         hosts  cores   used  failed", "age         W a core  fail a year  cents",
      "the oldest hosts", "a year of their cores     kept  replaced",
    ] {
      #expect(screen.contains(header), "\(header)\n\(screen)")
    }
    #expect(screen.split(separator: "\n").allSatisfy { $0.count <= 40 })
  }
}
