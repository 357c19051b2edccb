import Quantities
import Randomness

/// Many who need a little most of the time and a machine now and then, beside one who owns machines for a
/// peak of his own.
///
/// Each tenant needs a tenth of a machine, and a whole one in some hours of the year: by chance, each at
/// times of his own; or, for those who sell gifts, in the weeks before the holidays, all at the same time.
package struct PoolExperiment: Hashable, Sendable {
  /// How many tenants there are.
  package var tenants: Int
  /// The share of them who sell gifts.
  package var gifts: Double
  /// The share of the hours in which a tenant needs a whole machine.
  package var burst: Double
  /// What the owner uses himself in each hour of the year, machines.
  package var own: [Double]
  /// How many machines the owner has.
  package var fleet: Double
  /// The first hour of the year.
  package var start: Moment
  /// The seed of the hours in which tenants need more.
  package var seed: UInt64

  /// An experiment as given.
  package init(
    tenants: Int, gifts: Double, burst: Double, own: [Double], fleet: Double, start: Moment,
    seed: UInt64
  ) {
    self.tenants = tenants
    self.gifts = gifts
    self.burst = burst
    self.own = own
    self.fleet = fleet
    self.start = start
    self.seed = seed
  }

  /// What a tenant needs, in machines.
  ///
  /// `Chosen:` a tenth of a machine for a web site that waits, a whole one for one that is visited.
  package static let needs = (calm: 0.1, busy: 1.0)

  /// How many times as often those who sell gifts are busy in November and December, all together.
  ///
  /// `Chosen:` half of all hours from 10 to 22 o'clock, the same hours for all of them.
  static let season = (fromHour: 10, toHour: 22)

  /// What came of it.
  package struct Result: Hashable, Sendable {
    /// What all tenants together needed in each hour, machines.
    package var wanted: [Double]
    /// The largest need of each tenant, summed.
    package var sumOfPeaks: Double
    /// The mean need of one tenant, and how far it spreads.
    package var mean: Double
    package var deviation: Double
  }

  /// Runs the year.
  /// - Parameter checkpoint: called once for each tenant.
  /// - Throws: what `checkpoint` throws.
  package func run(checkpoint: () throws -> Void) rethrows -> Result {
    let stream = RandomStream(seed: seed, name: "pool tenants")
    let seasons = stream.entity(-1)
    let isSeason = own.indices.map { hour -> Bool in
      let moment = start + .hours(hour)
      guard moment.date.month >= 11 else { return false }
      let clock = moment.hour
      return clock >= PoolExperiment.season.fromHour && clock < PoolExperiment.season.toHour
        && seasons.uniform(hour) < 0.5
    }
    let needs = PoolExperiment.needs
    var wanted = Array(repeating: 0.0, count: own.count)
    var (sum, squares, peaks) = (0.0, 0.0, 0.0)
    let sellers = Int((Double(tenants) * gifts).rounded())
    for tenant in 0..<tenants {
      try checkpoint()
      let draws = stream.entity(tenant)
      var peak = 0.0
      for hour in own.indices {
        let isBusy =
          draws.uniform(hour) < burst || tenant < sellers && isSeason[hour]
        let need = isBusy ? needs.busy : needs.calm
        wanted[hour] += need
        sum += need
        squares += need * need
        peak = max(peak, need)
      }
      peaks += peak
    }
    let count = Double(max(1, tenants * own.count))
    let mean = sum / count
    return Result(
      wanted: wanted, sumOfPeaks: peaks, mean: mean,
      deviation: max(0, squares / count - mean * mean).squareRoot())
  }
}

extension PoolExperiment.Result {
  /// The most that all needed at once.
  package var peak: Double { wanted.max() ?? 0 }

  /// The same by the law of many small ones that know nothing of each other: their sum is nearly normal,
  /// and the largest of so many draws lies so many deviations above the mean, √N of one tenant's.
  ///
  /// - Source: H. Cramér, "Mathematical Methods of Statistics", 1946, section 28.6: the mean of the largest
  ///   of n normal numbers.
  package func law(tenants: Int) -> Double {
    let count = Double(wanted.count)
    let root = (2 * Portable.log(count)).squareRoot()
    let above = root - (Portable.log(Portable.log(count)) + Portable.log(4 * .pi)) / (2 * root)
    return Double(tenants) * mean + deviation * Double(tenants).squareRoot() * above
  }

  /// Hours in which the tenants needed more than an owner had left, and what they lacked, machine-hours.
  package func shortage(own: [Double], fleet: Double) -> [(hour: Int, lacking: Double)] {
    wanted.indices.compactMap { hour in
      let lacking = wanted[hour] - max(0, fleet - own[hour])
      return lacking > 1e-9 ? (hour, lacking) : nil
    }
  }
}
