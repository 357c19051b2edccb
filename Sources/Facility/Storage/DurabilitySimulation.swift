import Randomness
import SimulationKernel

/// Data on devices, simulated until they are lost: the chain's answer found without its equations.
///
/// Where losses are common, device after device has its own clock and lives are run to their end.
/// Where they are not, a plain simulation of 9 + 3 would need 4·10¹¹ failures for one loss. There,
/// cycles from "one down" to "all sound" or "lost" are drawn with failures made likely, and each
/// counts by its likelihood ratio: how much more often it was drawn than it happens.
/// - Source: Goyal, Shahabuddin, Heidelberger, Nicola, Glynn, "A Unified Framework for Simulating
///   Markovian Models of Highly Dependable Systems", IEEE Transactions on Computers 41, 1992: failure
///   biasing, and MTTDL = E[time of a cycle] / P(loss in a cycle), the two estimated apart. All
///   devices are alike, so balanced and simple biasing are the same here.
package struct DurabilitySimulation: Hashable, Sendable, Codable {
  /// How it was simulated.
  package enum Method: String, Hashable, Sendable, Codable {
    /// Device by device to the loss.
    case direct
    /// Cycles with failures made likely.
    case failureBiasing
  }

  /// What came out.
  package struct Result: Hashable, Sendable, Codable {
    /// The mean time to a loss in years, with its 95 % interval.
    package var meanYearsToLoss: Estimate
    /// How it was found.
    package var method: Method
    /// The chance that a failure comes before a repair was given while biased; nil where direct.
    package var bias: Double?
    /// How many lives or cycles ended in a loss.
    package var losses: Int
    /// How many failures and repairs were drawn.
    package var events: Int
  }

  /// What is simulated.
  package let parameters: StorageParameters
  /// How many lives or cycles.
  package let trials: Int
  /// The seed.
  package let seed: UInt64

  /// `Chosen:` below 1,000 an interval is a guess itself.
  package static let trialCounts = 1_000...100_000_000
  /// `Chosen:` a few seconds; with more events to expect, failures are made likely.
  static let directEventsMax = 2e7
  /// `Chosen:` a minute or so; beyond it the devices are hardly ever all sound, and the data not safe.
  static let eventsMax = 1e9
  /// `Chosen:` how often the checkpoint is called, in events.
  static let slice = 1 << 14

  /// A simulation.
  /// - Throws: the first `StorageError` that applies.
  package init(_ parameters: StorageParameters, trials: Int, seed: UInt64) throws(StorageError) {
    try parameters.validate()
    guard Self.trialCounts.contains(trials) else {
      throw .trialsOutOfRange(trials, allowed: Self.trialCounts)
    }
    let events = DurabilityCycles(DurabilityChain(parameters)).meanEvents * Double(trials)
    guard events <= Self.eventsMax else {
      throw .tooManyEvents(events, most: Self.eventsMax)
    }
    self.parameters = parameters
    self.trials = trials
    self.seed = seed
  }

  /// Which method its size asks for: direct where losses are common enough to wait for.
  package var method: Method {
    let chain = DurabilityChain(parameters)
    let events = DurabilityCycles(chain).meanEvents / chain.lossPerCycle * Double(trials)
    return events <= Self.directEventsMax ? .direct : .failureBiasing
  }

  /// Runs it.
  /// - Throws: what `checkpoint` throws, which is called every 2^14 events.
  package func run(checkpoint: () throws -> Void) throws -> Result {
    switch method {
    case .direct: try runDirectly(checkpoint)
    case .failureBiasing: try runCycles(checkpoint)
    }
  }
}

extension DurabilitySimulation {
  /// Lives from all devices sound to the loss, each device with a clock of its own.
  private func runDirectly(_ checkpoint: () throws -> Void) throws -> Result {
    let stream = RandomStream(seed: seed, name: "durability lives")
    var mean = RunningMean()
    var events = 0
    for trial in 0..<trials {
      var life = DeviceLives(parameters, draws: stream.entity(trial))
      while !life.isLost {
        life.step()
        events += 1
        if events % Self.slice == 0 { try checkpoint() }
      }
      mean.add(life.years)
    }
    return Result(
      meanYearsToLoss: Estimate(
        value: mean.mean, halfWidth: Self.quantile * mean.varianceOfMean.squareRoot()),
      method: .direct, bias: nil, losses: trials, events: events)
  }

  /// The 97.5 % quantile of the normal law: there are a thousand trials and more.
  private static var quantile: Double { 1.959963984540054 }

  /// Half the trials for the chance of a loss in a cycle, half for how long a cycle lasts.
  private func runCycles(_ checkpoint: () throws -> Void) throws -> Result {
    let cycles = DurabilityCycles(DurabilityChain(parameters))
    let bias = cycles.bias
    let biased = RandomStream(seed: seed, name: "durability losses")
    let plain = RandomStream(seed: seed, name: "durability cycles")
    var loss = RunningMean()
    var time = RunningMean()
    var losses = 0
    var events = 0
    var slices = 0
    for trial in 0..<(trials / 2) {
      let ratio = cycles.likelihoodOfLoss(biased.entity(trial), bias: bias, &events)
      if ratio > 0 { losses += 1 }
      loss.add(ratio)
      time.add(cycles.years(plain.entity(trial), &events))
      if events / Self.slice > slices {
        slices = events / Self.slice
        try checkpoint()
      }
    }
    return Result(
      meanYearsToLoss: Self.quotient(time, loss), method: .failureBiasing, bias: bias,
      losses: losses, events: events)
  }

  /// The quotient of two independent means; its interval by the delta method.
  private static func quotient(_ time: RunningMean, _ loss: RunningMean) -> Estimate {
    guard loss.mean > 0 else { return Estimate(value: .infinity, halfWidth: nil) }
    let value = time.mean / loss.mean
    let relative =
      time.varianceOfMean / (time.mean * time.mean)
      + loss.varianceOfMean / (loss.mean * loss.mean)
    return Estimate(value: value, halfWidth: quantile * value * relative.squareRoot())
  }
}

/// The mean of independent numbers and how sure it is, one number at a time.
/// - Source: Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products",
///   Technometrics 4, 1962.
struct RunningMean: Hashable, Sendable {
  private(set) var count = 0
  private(set) var mean = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    let difference = value - mean
    mean += difference / Double(count)
    squares += difference * (value - mean)
  }

  /// The variance of the mean.
  var varianceOfMean: Double {
    count < 2 ? 0 : squares / Double(count - 1) / Double(count)
  }
}
