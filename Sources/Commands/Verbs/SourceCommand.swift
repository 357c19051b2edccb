import Catalogs
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `source`: where a number comes from.
struct SourceCommand: Question {
  static let declaration = CommandDeclaration(
    "source", "Where a number comes from.", group: .world,
    parameters: [.positional("fact", .fact, "the fact")],
    example: "new shop\nrun 1 day\nsource shop.response.p99")

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let key = arguments.word("fact"),
      let resolved = session.registry.catalog.resolve(key)
    else { preconditionFailure("'source' checks its fact") }
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

  /// What the number rests on, as the catalogs say it.
  private func assumptions(of subject: String) -> [String] {
    switch subject {
    case "ledger", "servers":
      Catalog.servers.map { "\($0.id): \($0.entry.allSources)." }
        + Catalog.uplinks.map { "\($0.id): \($0.entry.allSources)." }
    case "room", "rack":
      [
        "Air and mass of the room, breakers, UPS, fans and cooling follow published laws; each names its "
          + "source in the code, and 'validate' holds them against published numbers."
      ]
        + (Catalog.cooling.map(\.entry) + Catalog.racks.map(\.entry) + Catalog.upses.map(\.entry))
        .map { "\($0.id): \($0.allSources)." }
    case "demand":
      ["How many visits come at which hour, weekday and season was chosen for a shop of 2004."]
    case "uplink": Catalog.uplinks.map { "\($0.id): \($0.entry.allSources)." }
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
