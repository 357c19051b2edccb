import CommandLanguage
import LanguageModel
import Reports

extension ModelList {
  /// The model in use.
  func entryInUse(_ arguments: Arguments) throws(Diagnostic) -> Entry {
    if let entry = entry(nil) { return entry }
    throw arguments.error(
      "no-model", "There is no language model yet.", help: "Train one: train shop-talk")
  }
}

extension ModelList.Entry {
  /// The model, ready to generate.
  func loaded(_ context: CommandContext, _ arguments: Arguments) throws -> LoadedModel {
    try found(arguments) {
      guard
        let model = try context.host.shelf.model(
          digest, name: name, checkpoint: context.checkpoint)
      else {
        throw ModelShelf.Gone()
      }
      return model
    }
  }

  /// The model with all that it takes to train on; nil for one that was not trained here.
  func trained(_ context: CommandContext, _ arguments: Arguments) throws -> TrainedModel? {
    try found(arguments) { try context.host.shelf.trained(digest) }
  }

  /// What is found, or why not, with the way back.
  private func found<Model>(_ arguments: Arguments, _ look: () throws -> Model) throws -> Model {
    do {
      return try look()
    } catch let error as HostError {
      throw error.diagnostic("the model '\(name)'", at: arguments.place())
    } catch let cancelled as Cancelled {
      throw cancelled
    } catch is ModelShelf.Gone {
      throw arguments.error(
        "model-gone", "The file of the model '\(name)' is no longer there.", help: wayBack)
    } catch {
      throw arguments.error(
        "model-gone", "The file of the model '\(name)' is damaged.", help: wayBack)
    }
  }

  /// How to get a model again.
  private var wayBack: String {
    switch origin {
    case .conversations(let count): "Train it again: train \(name) conversations=\(count)"
    case .text(let path): "Train it again: train \(name) corpus=\"\(path)\""
    case .file(let path) where ModelSource.all.contains { $0.name == path }:
      "Fetch it again: model get \(path)"
    case .file(let path): "Read it again: model add \"\(path)\""
    }
  }
}
