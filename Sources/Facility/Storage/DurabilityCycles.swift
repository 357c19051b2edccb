import Randomness

/// Cycles of the chain from its first failure on, drawn jump by jump.
struct DurabilityCycles {
  private let chain: DurabilityChain
  /// By the number of devices down: the chance that the next thing is one more failure.
  private let failing: [Double]

  init(_ chain: DurabilityChain) {
    self.chain = chain
    failing = chain.failures.indices.map {
      chain.failures[$0] / (chain.failures[$0] + chain.repairs[$0])
    }
  }

  /// The chance of a failure that makes the estimate surest, of a few that were tried.
  ///
  /// Nothing is drawn for it: the mean square s_i of the likelihood ratio from state i solves
  /// s_i = (f_i²/p_i)·s_(i+1) + ((1 − f_i)²/(1 − p_i))·s_(i−1), s_0 = 0, s_(m+1) = 1, in one sweep.
  /// It has no finite solution where likely cycles are drawn too rarely; those are passed over.
  var bias: Double {
    var best = (bias: 0.0, square: Double.infinity)
    // `Chosen:` 0.5 is the usual one; the surest rises with the number of steps to a loss.
    for bias in [0, 0.3, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95] {
      let square = meanSquare(bias: bias)
      if square < best.square { best = (bias, square) }
    }
    return best.bias
  }

  /// The mean square of the likelihood ratio, infinite where it has none.
  func meanSquare(bias: Double) -> Double {
    // s_i = share · s_(i+1) for every i, so the sweep finds the shares and multiplies them.
    var share = 0.0
    var product = 1.0
    for state in failing.indices.dropFirst() {
      let chance = max(failing[state], bias)
      let up = failing[state] * failing[state] / chance
      let down = (1 - failing[state]) * (1 - failing[state]) / (1 - chance)
      let rest = 1 - down * share
      guard rest > 0 else { return .infinity }
      share = up / rest
      product *= share
    }
    return product
  }

  /// How many failures and repairs a cycle takes on average, as it happens.
  ///
  /// E_i = 1 + f_i·E_(i+1) + (1 − f_i)·E_(i−1) with 0 at both ends, solved by elimination.
  var meanEvents: Double {
    var constants = [0.0]
    var factors = [0.0]
    for state in failing.indices.dropFirst() {
      let back = 1 - failing[state]
      let rest = 1 - back * factors[state - 1]
      constants.append((1 + back * constants[state - 1]) / rest)
      factors.append(failing[state] / rest)
    }
    return 1
      + failing.indices.dropFirst().reversed().reduce(0) { constants[$1] + factors[$1] * $0 }
  }

  /// 0 if a cycle that was drawn with failures made likely ends with all sound; else how likely it
  /// is over how likely it was drawn.
  func likelihoodOfLoss(_ draws: RandomDraws, bias: Double, _ events: inout Int) -> Double {
    var down = 1
    var ratio = 1.0
    var draw = 0
    while down > 0, down < failing.count {
      let chance = max(failing[down], bias)
      if draws.uniform(draw) < chance {
        ratio *= failing[down] / chance
        down += 1
      } else {
        ratio *= (1 - failing[down]) / (1 - chance)
        down -= 1
      }
      draw += 1
    }
    events += draw + 1
    return down > 0 ? ratio : 0
  }

  /// How many years pass from all sound through one cycle, as it happens.
  ///
  /// Each state counts with the mean of its stay rather than a drawn one, which changes no mean and
  /// takes the stays' own scatter out.
  /// - Source: Hordijk, Iglehart, Schassberger, "Discrete Time Methods for Simulating Continuous Time
  ///   Markov Chains", Advances in Applied Probability 8, 1976.
  func years(_ draws: RandomDraws, _ events: inout Int) -> Double {
    var down = 1
    var years = 1 / chain.failures[0]
    var draw = 0
    while down > 0, down < failing.count {
      years += 1 / (chain.failures[down] + chain.repairs[down])
      down += draws.uniform(draw) < failing[down] ? 1 : -1
      draw += 1
    }
    events += draw + 1
    return years
  }
}

/// Devices that each have a clock of their own, until too many are down at once.
struct DeviceLives {
  private let parameters: StorageParameters
  private let draws: RandomDraws
  private var draw = 0
  /// When each device fails or is whole again, in years; endless for one that waits for its turn.
  private var due: [Double]
  private var isDown: [Bool]
  /// Devices that are down, in the order in which they failed.
  private var queue: [Int] = []
  /// The time that has passed, in years.
  private(set) var years = 0.0

  init(_ parameters: StorageParameters, draws: RandomDraws) {
    self.parameters = parameters
    self.draws = draws
    due = []
    isDown = Array(repeating: false, count: parameters.scheme.devices)
    for _ in 0..<parameters.scheme.devices { due.append(life()) }
  }

  var isLost: Bool { queue.count > parameters.scheme.tolerated }

  private mutating func life() -> Double {
    draw += 1
    return years + draws.exponential(draw - 1) / parameters.failuresPerYear
  }

  private mutating func repair() -> Double {
    draw += 1
    return years + draws.exponential(draw - 1) / parameters.repairsPerYear
  }

  /// Lets the next device fail or come back.
  mutating func step() {
    var next = 0
    for device in due.indices where due[device] < due[next] { next = device }
    years = due[next]
    if isDown[next] {
      isDown[next] = false
      queue.removeAll { $0 == next }
      due[next] = life()
      if parameters.order == .serial, let first = queue.first { due[first] = repair() }
    } else {
      isDown[next] = true
      queue.append(next)
      let starts = parameters.order == .parallel || queue.count == 1
      due[next] = starts ? repair() : .infinity
    }
  }
}
