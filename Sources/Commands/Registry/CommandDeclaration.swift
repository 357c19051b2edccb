import Catalogs
import CommandLanguage
import Quantities
import Reports

/// Everything that is known about a command before it runs.
///
/// Help, completion, the reference, the linter and validation all come from this one declaration.
package struct CommandDeclaration: Sendable {
  /// What the command belongs to, as help groups it.
  package enum Group: String, Sendable, CaseIterable {
    case learning, world, room, service, cloud, compute, atScale = "at scale", prompt
  }

  /// The verb.
  package var verb: String
  /// What it does, in one line.
  package var summary: String
  /// What it belongs to.
  package var group: Group
  /// Its arguments: first those that stand by position, in order.
  package var parameters: [Parameter]
  /// What may follow the arguments.
  package var tail: StatementTail
  /// The facts that it puts into its report or keeps readable.
  package var facts: [FactDeclaration]
  /// A script that runs as it stands.
  package var example: String
  /// The codes of the errors that it may give, beside those of any statement.
  package var errors: [String]

  /// A declaration as given.
  package init(
    _ verb: String, _ summary: String, group: Group, parameters: [Parameter] = [],
    tail: StatementTail = .arguments, facts: [FactDeclaration] = [], example: String,
    errors: [String] = []
  ) {
    self.verb = verb
    self.summary = summary
    self.group = group
    self.parameters = parameters
    self.tail = tail
    self.facts = facts
    self.example = example
    self.errors = errors
  }
}

/// One argument of a command.
package struct Parameter: Sendable {
  /// Its name: what stands before `=`, or what help calls it if it stands by position.
  package var name: String
  /// What it takes.
  package var kind: Kind
  /// Whether it may stand without its name.
  package var isPositional: Bool
  /// The value that it has if it is not given, as it would be typed; nil if it then has none.
  package var fallback: String?
  /// Whether it must be given.
  package var isRequired: Bool
  /// What it means, in a few words.
  package var summary: String
  /// What its values mean, by value, where its summary does not say it; for completion.
  ///
  /// Asked for when somebody looks: catalogs take their time to be read.
  package var meanings: @Sendable () -> [String: String] = { [:] }
  /// The kinds of things whose names it takes too, once somebody added them to the catalog.
  package var openTo: [CatalogEntry.Kind] = []

  /// What an argument takes.
  package enum Kind: Sendable {
    /// A whole number in a range.
    case count(ClosedRange<Int>)
    /// A quantity of a dimension in a range of base units.
    case quantity(Dimension, ClosedRange<Double>)
    /// One of these words.
    case choice([String])
    /// The name of something; the text says of what, and completion offers those that exist: `branch`,
    /// `lesson`, `verb`, `topic`, `subject`, `rack`, `feed`, `part` of a room, `explainable`, `sourced`, an `entry` of the catalog, `size`, `provider`, `offer`. A `name` is
    /// new.
    case name(String)
    /// Any text.
    case text
    /// A moment.
    case moment
    /// An amount of time, calendar periods included.
    case span
    /// The key of a fact, suffix included where it needs one.
    case fact
  }

  /// An argument that stands by position.
  package static func positional(
    _ name: String, _ kind: Kind, fallback: String? = nil, optional: Bool = false, _ summary: String
  ) -> Parameter {
    Parameter(
      name: name, kind: kind, isPositional: true, fallback: fallback,
      isRequired: fallback == nil && !optional, summary: summary)
  }

  /// An argument that stands with its name, and may be left out.
  package static func named(
    _ name: String, _ kind: Kind, fallback: String? = nil, _ summary: String
  ) -> Parameter {
    Parameter(
      name: name, kind: kind, isPositional: false, fallback: fallback, isRequired: false,
      summary: summary)
  }

  /// An argument that stands with its name, and must be given.
  package static func required(_ name: String, _ kind: Kind, _ summary: String) -> Parameter {
    Parameter(
      name: name, kind: kind, isPositional: false, fallback: nil, isRequired: true,
      summary: summary)
  }

  /// The same, with what its values mean.
  package func meaning(
    _ meanings: @autoclosure @escaping @Sendable () -> [String: String]
  ) -> Parameter {
    var parameter = self
    parameter.meanings = meanings
    return parameter
  }

  /// The same, open to what was added to the catalog.
  package func open(to kinds: CatalogEntry.Kind...) -> Parameter {
    var parameter = self
    parameter.openTo = kinds
    return parameter
  }

  /// `Chosen:` a longer list of choices would hide what else there is; help lists them below.
  private static let usageLengthMax = 58

  /// How help shows it: `[count=N]`.
  package var usage: String {
    let value: String
    switch kind {
    case .choice(let words):
      let all = words.joined(separator: "|")
      value = all.count <= Parameter.usageLengthMax ? all : name.uppercased()
    case .count: value = "N"
    default: value = name.uppercased()
    }
    let text = isPositional ? value : "\(name)=\(value)"
    return isRequired ? text : "[\(text)]"
  }
}

extension CommandDeclaration {
  /// The verb with its arguments, as help shows it.
  package var usage: String {
    return
      ([verb] + parameters.filter(\.isPositional).map(\.usage) + tail.usage
      + parameters.filter { !$0.isPositional }.map(\.usage)).joined(separator: " ")
  }
}

extension StatementTail {
  /// How help shows it.
  var usage: [String] {
    switch self {
    case .arguments: []
    case .expression: ["EXPRESSION"]
    case .window: ["[WINDOW]"]
    case .until: ["[until MOMENT|EXPRESSION]"]
    }
  }
}
