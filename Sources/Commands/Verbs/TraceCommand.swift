import Catalogs
import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `trace`: one click followed down the stack, with nobody else on the way.
struct TraceCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "trace", "Follow one click down the stack, alone or the slowest of all.", group: .world,
    parameters: [
      .positional(
        "which", .choice(["slowest"]), optional: true,
        "the slowest page that was kept; else a click with nobody else on the way"),
      .named(
        "distance", .quantity(.length, 0...4e7), fallback: "5000km",
        "how far away the visitor is, along the cable"),
      .named(
        "line", .choice(Catalog.ids(.uplink)), fallback: "t1", "the line of the shop"
      ).open(to: .uplink),
      .named("page", .quantity(.data, 1...1e12), fallback: "100KB", "how much data the page has"),
      .named(
        "speed", .quantity(.number, 1e-3...1e6), fallback: "1",
        "how fast the processor is; the server of 2004 is 1"),
    ],
    tail: .window,
    facts: [
      FactDeclaration("trace.total", .gauge, .second, "from the click to the whole page"),
      FactDeclaration("trace.way", .gauge, .second, "light in glass, there and back"),
      FactDeclaration("trace.line", .gauge, .second, "the page passing the line"),
      FactDeclaration("trace.processor", .gauge, .second, "the processor at work on the page"),
      FactDeclaration("trace.data", .gauge, .second, "the data tier at work on the page"),
      FactDeclaration("trace.disk", .gauge, .second, "the disk at work on the page"),
      FactDeclaration("trace.pages", .gauge, .perSecond, "such pages that the line carries"),
      FactDeclaration("trace.rate", .gauge, .megabitPerSecond, "what the line carries"),
      FactDeclaration(
        "trace.distance", .gauge, Unit.base(of: .length), "how far away the visitor is"),
      FactDeclaration("trace.page", .gauge, .byte, "how much data the page has"),
      FactDeclaration("trace.speed", .gauge, .none, "how fast the processor is"),
    ],
    example: "trace distance=5000km line=t1 page=100KB\nexpect trace.way < 50 ms\n"
      + "source trace.way\nnew shop visits=2000/day\nrun 1 h\ntrace slowest",
    errors: ["no-shop", "not-yet"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    if arguments.word("which") == "slowest" { return try slowest(in: world) }
    guard let distance = arguments.quantity("distance"),
      let line = arguments.word("line").flatMap(world.catalog.uplink),
      let page = arguments.quantity("page"), let speed = arguments.quantity("speed")
    else { preconditionFailure("'trace' declares defaults for these") }
    let trip = PageTrip(
      distance: Length(meters: distance), line: line.rate, page: DataSize(bytes: page),
      speed: speed, work: world.shop?.work ?? PageWork())
    return TracePage(trip: trip, line: line).report
  }

  /// The slowest page that was answered in the window, or of all.
  private func slowest(in world: World) throws -> Report {
    guard let accounts = world.shop?.accounts else {
      throw WorldProblem.noShop.diagnostic(arguments)
    }
    do throws(FactUnavailable) {
      let window =
        try arguments.statement.window.map { (window) throws(FactUnavailable) in
          try WorldClock(world: world).stretch(of: window)
        } ?? accounts.wholeTime
      guard let page = accounts.slowestPage(in: window) else {
        throw .notYet("no page was answered in that time")
      }
      return SlowPageReport(page: page, world: world, accounts: accounts).report
    } catch {
      throw error.diagnostic(arguments)
    }
  }
}
