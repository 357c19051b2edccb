import Catalogs
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `source`: where a number comes from, or the figures of something that is sold.
struct SourceCommand: Question {
  static let declaration = CommandDeclaration(
    "source", "Where a number comes from.", group: .world,
    parameters: [
      .positional(
        "fact", .name("sourced"),
        "the fact, something of the catalog or of a provider, or of the story; 'story' lists these")
    ],
    example: "new shop\nrun 1 day\nsource shop.response.p99\nsource 1u-2004\nsource aws-origin",
    errors: ["unknown-fact", "needs-suffix"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let key = arguments.word("fact") else { preconditionFailure("'source' needs a fact") }
    let goods = session.state.world.catalog
    if let entry = goods.entries.first(where: { $0.id == key }) { return report(entry, goods) }
    if let page = SourcePage(goods.priceBooks).report(key) { return page }
    let resolved = try session.registry.catalog.named(key, at: arguments.place("fact"))
    let declaration = resolved.declaration
    let subject = key.split(separator: ".").first.map(String.init) ?? key
    var sentences = ["'\(key)' (\(declaration.kind.rawValue)): \(declaration.summary)."]
    if let findings = session.state.findings[subject],
      let fact = findings.facts.first(where: { $0.key == key })
    {
      sentences.append("\(fact.provenance.sentence) It comes from '\(findings.statement)'.")
    } else if let source = Catalog.machineSource(ofFact: declaration.key) {
      sentences.append(Provenance.given(source: source).sentence)
    } else if !WorldFacts.families.contains(where: { $0.owns(declaration.key) }) {
      sentences.append("It has no value yet: '\(subject)' gives it one.")
    } else {
      sentences.append(Provenance.simulated(seed: session.state.world.seed).sentence)
      sentences += assumptions(of: subject)
    }
    return Report(sentences.map(Block.paragraph))
  }

  /// The figures of something that is sold, each with its source.
  private func report(_ entry: CatalogEntry, _ goods: Catalog) -> Report {
    let prices = entry.prices.map { "\($0.year): \(FactValue.money($0.amount).text)" }
    let rows: [[Table.Cell]] = entry.figureNames.map { name in
      [
        .words(name), .words(entry.figures[name]?.text ?? prices.joined(separator: ", ")),
        .words(entry.source(of: name) ?? ""),
      ]
    }
    var blocks: [Block] = [
      .heading(entry.id, remark: entry.kind.rawValue), .paragraph("\(entry.summary)."),
      .table(
        Table(
          key: "source.figures", columns: [.init(""), .init(""), .init("source")], rows: rows)),
    ]
    if let addition = goods.addition(of: entry.id) {
      blocks.append(.paragraph("Added from \(addition.name)."))
    }
    return Report(blocks)
  }

  /// What the number rests on, as the catalogs say it.
  private func assumptions(of subject: String) -> [String] {
    let own = Catalog.standard
    return switch subject {
    case "ledger", "servers":
      own.servers.map { "\($0.id): \($0.entry.allSources)." }
        + own.uplinks.map { "\($0.id): \($0.entry.allSources)." }
    case "room", "rack":
      [
        "Air and mass of the room, breakers, UPS, fans and cooling follow published laws; each names its "
          + "source in the code, and 'validate' holds them against published numbers."
      ]
        + (own.cooling.map(\.entry) + own.racks.map(\.entry) + own.upses.map(\.entry))
        .map { "\($0.id): \($0.allSources)." }
    case "demand":
      ["How many visits come at which hour, weekday and season was chosen for a shop of 2004."]
    case "uplink": own.uplinks.map { "\($0.id): \($0.entry.allSources)." }
    default:
      [
        "Each page view is an event on the line, the servers, the data tier and the disk; what a page "
          + "asks of them was chosen for a shop of 2004: 120 ms of a core, 12 ms of data tier, 8 ms of "
          + "disk, 100 KB for the first page of a visit and 25 KB for later ones."
      ]
    }
  }
}

extension Provenance {
  /// Where a number comes from, in one sentence.
  var sentence: String {
    switch self {
    case .simulated(let seed): "It was simulated just now, under seed \(seed)."
    case .computed: "It was computed, not simulated: the same inputs give it again."
    case .measured(let repetitions):
      "It was measured on this machine, \(repetitions == 1 ? "once" : "\(repetitions) times")."
    case .modelled(let source): "It comes from a model: \(source)."
    case .given(let source): "It is given: \(source)."
    }
  }
}
