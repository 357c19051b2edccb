import Catalogs
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `catalog add`: more to buy, from a file of one's own.
struct CatalogCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "catalog", "Add things of your own to what can be bought; 'show catalog' lists it.",
    group: .room,
    parameters: [
      .positional("action", .choice(["add"]), "what to do"),
      .positional("file", .text, "a file of entries in YAML, each figure with its source"),
      .named("recorded", .text, "what the file held, as the log keeps it"),
    ],
    example: "catalog add my-servers.yaml\nshow catalog",
    errors: [
      "file-error", "file-too-large", "not-safe", "bad-yaml", "bad-name", "bad-figure", "bad-price",
      "bad-source", "bad-years", "missing-key", "missing-source", "repeated-entry", "unknown-key",
      "unknown-kind",
    ])

  /// `Chosen:` a hundred times the largest catalog of the program's own.
  static let lengthMax = 1_000_000

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let path = arguments.word("file") else { preconditionFailure("'catalog' needs a file") }
    let recorded = arguments.word("recorded")
    let source: Source
    do {
      source = Source(
        name: path,
        bytes: try recorded.map { Array($0.utf8) }
          ?? context.host.read(path, limit: CatalogCommand.lengthMax))
    } catch let error as HostError {
      throw error.diagnostic(path, at: arguments.place("file"))
    }
    let providers = world.catalog.priceBooks.count
    let entries = try world.addCatalog(source)
    let list = entries.map { "\($0.id) (\($0.summary))" }
    let books = world.catalog.priceBooks.dropFirst(providers)
    let words =
      books.first.map {
        "\($0.name) (\($0.id)) rents out machines too: "
          + "\($0.instances.map(\.id).joined(separator: ", "))."
      }
      ?? "\(counted(entries.count, "more thing")) in the catalog: \(list.joined(separator: "; "))."
    var report = Report([.paragraph(words)])
    if recorded == nil { report.recorded = source.text(source.all) }
    return report
  }
}
