import Quantities

/// The same work on machines of one's own, bought for the busiest hour, and on rented ones, hour by hour.
package struct OwnOrRent: Hashable, Sendable {
  /// What a machine of one's own costs a year, all in: its share of the price, power, place, repairs.
  package var ownYearly: Money
  /// How many rented machines do the work of one of one's own.
  package var rentedForOne: Double
  /// What an hour of a rented machine costs.
  package var hourly: Money
  /// The share of its time that a machine may be busy.
  package var target: Double

  /// A choice as given.
  package init(ownYearly: Money, rentedForOne: Double, hourly: Money, target: Double) {
    precondition(rentedForOne > 0 && target > 0 && target <= 1, "no machine does the work of none")
    self.ownYearly = ownYearly
    self.rentedForOne = rentedForOne
    self.hourly = hourly
    self.target = target
  }

  /// What a year of work costs.
  /// - Parameter work: for each hour, how many machines of one's own it keeps fully busy.
  /// - Returns: owned machines for the busiest hour, and hours of rented ones, rounded up in each hour.
  package func costs(of work: [Double]) -> (own: Money, rent: Money, owned: Int, rentedHours: Int) {
    let owned = machines(work.max() ?? 0)
    let hours = work.reduce(0) { $0 + machines($1 * rentedForOne) }
    let scale = 8_760 / Double(max(1, work.count))
    return (
      ownYearly * owned, .dollars(Double(hours) * scale * hourly.dollars), owned, hours
    )
  }

  private func machines(_ work: Double) -> Int {
    // A hair below, so that 0.6 of 0.6 is one machine and not two.
    Int((work / target - 1e-9).rounded(.up))
  }

  /// A year in which so much work on average is done in a share of the hours, and none in the others.
  package static func year(mean: Double, busy: Double) -> [Double] {
    // Spread evenly, so that any share has its hours.
    (0..<8_760).map { hour in
      let before = (Double(hour) * busy).rounded(.down)
      return (Double(hour + 1) * busy).rounded(.down) > before ? mean / busy : 0
    }
  }

  /// The share of busy hours at which both cost the same, by the costs of a machine alone.
  ///
  /// What is owned is owned in idle hours too: own/(hours · price) is the share from which owning pays.
  package var breakEven: Double {
    ownYearly.dollars / (8_760 * hourly.dollars * rentedForOne)
  }

  /// The same by trying: years of work are added up, and the share is halved in until both cost the same.
  /// - Returns: nil if renting is cheaper even for work that never stops.
  package func breakEvenByTrying(mean: Double) -> Double? {
    func ownIsCheaper(_ busy: Double) -> Bool {
      let costs = costs(of: OwnOrRent.year(mean: mean, busy: busy))
      return costs.own < costs.rent
    }
    guard ownIsCheaper(1) else { return nil }
    var (low, high) = (0.001, 1.0)
    for _ in 0..<24 {
      let middle = (low + high) / 2
      if ownIsCheaper(middle) { high = middle } else { low = middle }
    }
    return high
  }
}
