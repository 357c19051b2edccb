import CommandLanguage
import LanguageModel
import Reports

/// What a model said, and what that took: computed and measured once, kept in the log, read from there again.
struct AnswerRecord: Hashable, Sendable {
  /// What a phase took.
  struct Phase: Hashable, Sendable {
    var tokens: Int
    var seconds: Double
    var operations: Double
    var bytes: Double

    init(_ phase: Generation.Phase) {
      tokens = phase.tokens
      seconds = phase.seconds
      operations = phase.operations
      bytes = phase.bytes
    }

    fileprivate var line: String { "\(tokens),\(seconds),\(operations),\(bytes)" }

    fileprivate init?(line: Substring) {
      let numbers = line.split(separator: ",").compactMap { Double($0) }
      guard numbers.count == 4, numbers.allSatisfy({ $0.isFinite && $0 >= 0 && $0 < 1e18 }) else {
        return nil
      }
      tokens = Int(numbers[0])
      (seconds, operations, bytes) = (numbers[1], numbers[2], numbers[3])
    }

    var tokensPerSecond: Double? { seconds > 0 ? Double(tokens) / seconds : nil }
  }

  /// Why it ended.
  enum End: String, Hashable, Sendable {
    case stop, limit, full
  }

  var text: String
  var tokens: Int
  /// Questions and answers that no longer fitted, and were left out.
  var forgotten = 0
  var end: End
  var prefill: Phase
  var decode: Phase

  init(_ generation: Generation, text: String) {
    self.text = text
    tokens = generation.tokens.count
    end =
      switch generation.end {
      case .stopSymbol: .stop
      case .limit: .limit
      case .contextFull: .full
      }
    prefill = Phase(generation.prefill)
    decode = Phase(generation.decode)
  }

  /// The record as one line; the text comes last and may hold anything.
  var line: String {
    "1;\(tokens);\(end.rawValue);\(forgotten);\(prefill.line);\(decode.line);\(text)"
  }

  /// The record of a line, or nil if it is none.
  init?(line: String) {
    let parts = line.split(separator: ";", maxSplits: 6, omittingEmptySubsequences: false)
    guard parts.count == 7, parts[0] == "1", let tokens = Int(parts[1]), tokens >= 0,
      let end = End(rawValue: String(parts[2])), let forgotten = Int(parts[3]), forgotten >= 0,
      let prefill = Phase(line: parts[4]), let decode = Phase(line: parts[5])
    else { return nil }
    self.tokens = tokens
    self.end = end
    self.forgotten = forgotten
    self.prefill = prefill
    self.decode = decode
    text = String(parts[6])
  }
}

extension LoadedModel {
  /// The symbols of a text that somebody typed.
  /// - Throws: `Diagnostic` for a character that the model has no symbols for.
  func symbols(_ arguments: Arguments, _ text: () throws -> [Int32]) throws -> [Int32] {
    do {
      return try text()
    } catch is TokenizerFault {
      throw arguments.error(
        "no-symbol", "The text has a character for which the model has no symbol.",
        help: "Leave out what is no letter, digit or usual sign.")
    }
  }

  /// Goes on from tokens, shows what comes, and says what it took.
  func go(
    on tokens: [Int32], _ entry: ModelList.Entry, sampler: Sampler, limit: Int, stops: [Int32],
    _ context: CommandContext, _ arguments: Arguments
  ) throws -> AnswerRecord {
    let (shelf, host) = (context.host.shelf, context.host)
    guard !tokens.isEmpty else {
      throw arguments.error("too-long", "There is nothing to go on from.")
    }
    let cache = shelf.cache(of: self, entry.digest, for: tokens)
    var sampler = sampler
    var streaming = StreamingText()
    var text = ""
    func show(_ piece: String) {
      text += piece
      if !piece.isEmpty { context.stream?(piece) }
    }
    do {
      let generation = try engine.generate(
        Array(tokens[cache.count...]), cache: cache, sampler: &sampler, limit: limit,
        stops: stops, clock: { host.monotonicSeconds }, checkpoint: context.checkpoint
      ) { token in
        show(streaming.append(tokenizer.bytes(of: token)))
      }
      show(streaming.finish())
      shelf.remember(tokens + generation.tokens)
      return AnswerRecord(generation, text: text)
    } catch is TransformerEngine.Fault {
      throw arguments.error(
        "too-long",
        "The question has \(counted(tokens.count, "symbol")), and the model '\(entry.name)' has room for "
          + "\(engine.context).",
        help: "Ask in fewer words.")
    }
  }
}
