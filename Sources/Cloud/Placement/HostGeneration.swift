import Quantities
import Randomness

/// Hosts that were bought in the same year.
///
/// A host of any year cost as much and draws as much; one of a later year does more for it. That is how
/// a table of ages to replace hosts counts progress too, so both speak of the same hosts.
package struct HostGeneration: Hashable, Sendable {
  /// How old its hosts are when the run begins.
  package let ageYears: Int
  /// Whether they come during the run, in the places of the oldest.
  package var isBoughtInRun = false
  /// What each has.
  package let capacity: Resources
  /// The cores of a host that is new: it cost and draws what one of this generation does.
  package let newCores: Double

  /// Hosts of an age, for the price and the watts of new ones.
  /// - Parameter improvement: how much more a host a year younger does: 0.2 for 20 %.
  package init(ageYears: Int, new capacity: Resources, improvement: Double) {
    self.ageYears = ageYears
    newCores = capacity.cores
    guard ageYears > 0, improvement > 0 else {
      self.capacity = capacity
      return
    }
    let share = Portable.pow(1 + improvement, -Double(ageYears))
    // Cores and gigabytes are sold whole.
    self.capacity = Resources(
      cores: max(1, (capacity.cores * share).rounded()),
      memoryGB: max(1, (capacity.memoryGB * share).rounded()),
      diskGB: Double(capacity[2]) * share, megabits: Double(capacity[3]) * share)
  }

  /// How many cores a new host has for each of this one.
  private var newCoresPerCore: Double { newCores / capacity.cores }

  /// What a host cost for each core.
  package var dollarsPerCore: Double { OperatorCosts.dollarsPerCore * newCoresPerCore }

  /// What a host draws for each core, idle and at full use, W.
  package var wattsPerCore: (idle: Double, full: Double) {
    let watts = OperatorCosts.wattsPerCore
    return (watts.idle * newCoresPerCore, watts.full * newCoresPerCore)
  }
}

/// How hosts of several years stand side by side, and what becomes of the oldest.
package struct GenerationPlan: Hashable, Sendable {
  /// Of how many years there are hosts, as many of each; the youngest are new when the run begins.
  package var count: Int
  /// How much more a host a year younger does for its price and its watts: 0.2 for 20 %.
  package var improvement: Double
  /// By what share of a new host's rate hosts fail more often with each year of age.
  package var failureGrowth: Double
  /// Whether new hosts take the places of the oldest during the run.
  package var retiresOldest: Bool

  /// A plan as given.
  package init(count: Int, improvement: Double, failureGrowth: Double, retiresOldest: Bool) {
    self.count = count
    self.improvement = improvement
    self.failureGrowth = failureGrowth
    self.retiresOldest = retiresOldest
  }

  /// A year of 365.25 days.
  static let yearSeconds = 31_557_600.0

  /// How many times as often as a new host one of an age fails.
  package func failureFactor(ageYears: Double) -> Double { 1 + failureGrowth * ageYears }

  /// When the first of the oldest hosts is emptied, and over how long all are, in shares of the run.
  ///
  /// `Chosen:` after a quarter of it and over half of it, one after the other in even steps, so that the
  /// last quarter shows the cloud as it is then.
  static let retirement = (begins: 0.25, lasts: 0.5)
  /// How long it takes until a host is looked at again that could not be emptied.
  ///
  /// `Chosen:` a day; most of what stays on it leaves by itself.
  static let retry = TimeSpan.days(1)
}

extension CloudParameters {
  /// The generations, the oldest first, then those that are bought in the run; one where hosts are alike.
  package var allGenerations: [HostGeneration] {
    guard let plan = generations else {
      return [HostGeneration(ageYears: 0, new: capacity, improvement: 0)]
    }
    var all = (0..<plan.count).reversed().map {
      HostGeneration(ageYears: $0, new: capacity, improvement: plan.improvement)
    }
    if plan.retiresOldest {
      var bought = HostGeneration(ageYears: 0, new: capacity, improvement: 0)
      bought.isBoughtInRun = true
      all.append(bought)
    }
    return all
  }

  /// Which of the generations a host belongs to at the start.
  ///
  /// Hosts have their numbers in the order in which they were bought, and zones take turns, so each zone has
  /// as many of each year.
  func generation(of host: Int) -> UInt8 {
    guard let plan = generations else { return 0 }
    return UInt8(host * plan.count / hosts)
  }

  /// How many hosts each generation has at the start.
  package var hostsByGeneration: [Int] {
    var counts = Array(repeating: 0, count: allGenerations.count)
    for host in 0..<hosts { counts[Int(generation(of: host))] += 1 }
    return counts
  }

  /// The cores of a host, on average at the start.
  var coresPerHost: Double {
    guard generations != nil else { return capacity.cores }
    let cores = zip(allGenerations, hostsByGeneration).reduce(0) {
      $0 + $1.0.capacity.cores * Double($1.1)
    }
    return cores / Double(hosts)
  }

  /// What a host sells of its capacity: its cores as often as it is oversubscribed.
  func sold(of capacity: Resources) -> Resources {
    var sold = capacity
    sold[0] = Int32((Double(capacity[0]) * oversubscription).rounded())
    return sold
  }
}
