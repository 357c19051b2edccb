import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `migrate`: moves from one place to another, many times: how long, how dear, and how often it goes wrong.
struct MigrateCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "migrate",
    "Try a move from one place to another, many times: time, money, and what fails half way.",
    group: .cloud,
    parameters: [
      .named("services", .count(1...200), fallback: "8", "how many services move"),
      .named(
        "together", .count(1...200), fallback: "1",
        "how many are switched over at once, to set against all at once"),
      .named(
        "rehearse", .choice(["no", "yes"]), fallback: "no", "whether each switch is rehearsed"),
      .named("data", .quantity(.data, 0...1e18), fallback: "10TB", "what is kept, in all"),
      .named(
        "line", .quantity(.dataRate, 1...1e15), fallback: "100Mbit/s", "what the copy goes over"),
      .named(
        "changes", .quantity(.number, 0...1), fallback: "2%", "of the data that changes in a day"),
      .named("people", .count(1...10_000), fallback: "3", "how many work on it"),
      .named(
        "week", .quantity(.money, 0...1e6), fallback: "$1635",
        "what a person costs a week: $85,000 a year, as Hennessy and Patterson have it"),
      .named(
        "bill", .quantity(.money, 0...1e12), fallback: "$3000", "what the old place costs a month"),
      .named("egress", .quantity(.money, 0...1e12), fallback: "$0", "what the way out costs"),
      .named("replicates", .count(10...100_000), fallback: "1000", "how often it is tried"),
    ],
    facts: [
      FactDeclaration("migrate.weeks.p50", .gauge, "weeks that half of all moves do not exceed"),
      FactDeclaration("migrate.weeks.p90", .gauge, "weeks that nine of ten do not exceed"),
      FactDeclaration("migrate.cost.p50", .gauge, .dollar, "what half of all do not exceed"),
      FactDeclaration("migrate.cost.p90", .gauge, .dollar, "what nine of ten do not exceed"),
      FactDeclaration("migrate.failed", .gauge, .percent, "of moves in which a switch went back"),
      FactDeclaration("migrate.given-up", .gauge, .percent, "of moves that were given up"),
      FactDeclaration(
        "migrate.theory", .gauge, .percent, "of moves in which a switch goes back, by its chances"),
      FactDeclaration("migrate.once.weeks.p50", .gauge, "the same move all at once: weeks, half"),
      FactDeclaration("migrate.once.weeks.p90", .gauge, "weeks, nine of ten"),
      FactDeclaration("migrate.once.cost.p50", .gauge, .dollar, "money, half"),
      FactDeclaration("migrate.once.cost.p90", .gauge, .dollar, "money, nine of ten"),
      FactDeclaration("migrate.once.failed", .gauge, .percent, "of moves in which it went back"),
      FactDeclaration("migrate.once.given-up", .gauge, .percent, "of moves that were given up"),
    ],
    example: "migrate services=8\nexpect migrate.given-up < migrate.once.given-up\n"
      + "migrate services=8 rehearse=yes\nexpect migrate.failed < 50%")

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let services = arguments.count("services"), let together = arguments.count("together"),
      let rehearse = arguments.word("rehearse"), let data = arguments.quantity("data"),
      let line = arguments.quantity("line"), let changes = arguments.quantity("changes"),
      let people = arguments.count("people"), let week = arguments.quantity("week"),
      let bill = arguments.quantity("bill"), let egress = arguments.quantity("egress"),
      let replicates = arguments.count("replicates")
    else { preconditionFailure("'migrate' declares defaults for all of these") }
    let pieces = Migration(
      services: services, together: together, isRehearsed: rehearse == "yes",
      data: DataSize(bytes: data), line: DataRate(bytesPerSecond: line), changesPerDay: changes,
      people: people, personWeek: .dollars(week), monthlyBill: .dollars(bill),
      egress: .dollars(egress))
    var once = pieces
    once.together = services
    func experiment(_ migration: Migration) throws -> MigrationExperiment {
      try MigrationExperiment(
        migration, replicates: replicates, seed: world.seed, checkpoint: context.checkpoint)
    }
    return MigratePage(
      pieces: (pieces, try experiment(pieces)), once: (once, try experiment(once)),
      seed: world.seed
    ).report
  }
}
