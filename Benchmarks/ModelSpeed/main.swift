// Training and inference for Benchmarks/training and Benchmarks/inference: does what a line asks for, and
// answers with a line of seconds.
//
//   steps COUNT               trains on 65 random symbols: the seconds of each step
//   learn PATH STEPS          trains on a text by characters: STEP:SECONDS:LOSS after every 50 steps
//   load PATH                 opens a model and takes one token: the seconds
//   prompt COUNT              takes so many tokens at once: the seconds
//   say COUNT                 takes 8 tokens, and then so many one by one: the seconds of these
//
// Usage: ModelSpeed THREADS. One thread is timed by the time that it had a core, several by the clock on the
// wall; `load` by the latter always.

import Compute
import Glibc
import LanguageModel
import Randomness

func seconds(_ clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

struct NoModel: Error {}

/// What is held from line to line.
struct Bench {
  let pool: WorkerPool
  let workClock: clockid_t
  /// A run on random symbols that goes on from line to line.
  var timing: Trainer?
  var loaded: LoadedModel?

  init(threads: Int) {
    pool = WorkerPool(threads: threads)
    workClock = threads == 1 ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC
  }

  func timed<Result>(
    by clock: clockid_t, _ work: () throws -> Result
  ) rethrows -> (result: Result, seconds: Double) {
    let start = seconds(clock)
    let result = try work()
    return (result, seconds(clock) - start)
  }

  // MARK: - Training

  /// The run of `peers/train_torch.py`.
  func configuration(symbols: Int, steps: Int) -> TrainingConfiguration {
    TrainingConfiguration(
      shape: TransformerShape(
        layers: 4, heads: 4, keyValueHeads: 4, width: 128, headWidth: 32, feedForwardWidth: 512,
        context: 64, symbols: symbols, positions: .learned, feedForward: .gelu, normEpsilon: 1e-5,
        tiesHead: true),
      sequences: 12,
      schedule: LearningRateSchedule(peak: 1e-3, floor: 1e-4, warmUp: 100, steps: steps), seed: 1)
  }

  mutating func takeSteps(_ count: Int) throws -> String {
    if timing == nil {
      let draws = RandomStream(seed: 1, name: "symbols").entity(0)
      timing = Trainer(
        configuration(symbols: 65, steps: 1_000),
        text: try TrainingText(
          tokens: (0..<(1 << 20)).map { Int32(draws.bits($0) % 65) }, validationShare: 0.1,
          context: 64), pool: pool, checkpoint: {})
    }
    return (0..<count).map { _ in
      let start = seconds(workClock)
      _ = timing?.takeStep(checkpoint: {})
      return "\(seconds(workClock) - start)"
    }.joined(separator: " ")
  }

  func learn(_ path: String, steps: Int) throws -> String {
    let file = try MappedFile(path: path)
    let text = withExtendedLifetime(file) { String(decoding: file.bytes, as: UTF8.self) }
    let tokenizer = try BytePairTraining.characters(of: text, controls: [])
    var trainer = Trainer(
      configuration(symbols: tokenizer.symbols.count, steps: steps),
      text: try TrainingText(
        tokens: tokenizer.encode(text), validationShare: 0.1, context: 64), pool: pool,
      checkpoint: {})
    var total = 0.0
    var points: [String] = []
    while !trainer.isFinished {
      total += timed(by: workClock) { trainer.takeStep(checkpoint: {}) }.seconds
      guard trainer.step % 50 == 0 || trainer.isFinished else { continue }
      let loss = trainer.validationLoss(windows: 96, checkpoint: {})
      points.append("\(trainer.step):\(total):\(loss)")
    }
    return points.joined(separator: " ")
  }

  // MARK: - Inference

  /// Tokens that mean nothing: speed does not depend on them.
  private func tokens(_ count: Int) -> [Int32] {
    (0..<count).map { Int32(100 + 7_919 * $0 % 40_000) }
  }

  mutating func load(_ path: String) throws -> String {
    loaded = nil
    let (model, seconds) = try timed(by: CLOCK_MONOTONIC) {
      let model = try LoadedModel(GGUFFile(MappedFile(path: path)), context: 1_024, pool: pool)
      _ = try model.engine.prefill(tokens(1), cache: model.engine.makeCache())
      return model
    }
    loaded = model
    return "\(seconds)"
  }

  func take(_ count: Int) throws -> String {
    guard let engine = loaded?.engine else { throw NoModel() }
    let cache = engine.makeCache()
    return "\(try timed(by: workClock) { try engine.prefill(tokens(count), cache: cache) }.seconds)"
  }

  func say(_ count: Int) throws -> String {
    guard let engine = loaded?.engine else { throw NoModel() }
    let cache = engine.makeCache()
    _ = try engine.prefill(tokens(8), cache: cache)
    let work = try timed(by: workClock) {
      for token in tokens(count) { _ = try engine.decode([token], caches: [cache]) }
    }
    return "\(work.seconds)"
  }
}

// MARK: - Lines

var bench = Bench(threads: CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 1)
while let line = readLine() {
  let words = line.split(separator: " ").map(String.init)
  switch (words.first, words.count) {
  case ("steps", 2): print(try bench.takeSteps(Int(words[1]) ?? 1))
  case ("learn", 3): print(try bench.learn(words[1], steps: Int(words[2]) ?? 1))
  case ("load", 2): print(try bench.load(words[1]))
  case ("prompt", 2): print(try bench.take(Int(words[1]) ?? 1))
  case ("say", 2): print(try bench.say(Int(words[1]) ?? 1))
  default: fatalError("'\(line)' asks for nothing known here")
  }
  fflush(nil)
}
