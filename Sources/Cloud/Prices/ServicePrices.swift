import Quantities

/// What a load balancer costs.
package struct BalancerPrice: Hashable, Sendable {
  /// What an hour costs.
  package var hourly: Money
  /// What a gigabyte costs that goes through it.
  package var gigabyte: Money

  /// A price as given.
  package init(hourly: Money, gigabyte: Money) {
    self.hourly = hourly
    self.gigabyte = gigabyte
  }
}

/// A size of database that the provider looks after.
package struct DatabaseSize: Sendable {
  /// What it is called: `db.m1.small`.
  package var id: String
  /// What it is, in a few words.
  package var summary: String
  /// How fast it answers; the shop's own data tier of 2004 is 1.
  package var speed: Double
  /// Where its size is known from.
  package var source: String
  /// What an hour costs, from day to day, in the provider's first region.
  package var hourly: [Dated<Money>]
  /// What an hour costs with a second one in another zone, which takes over; none before the first day.
  package var withStandby: [Dated<Money>]

  /// A size as given.
  package init(
    id: String, summary: String, speed: Double, source: String, hourly: [Dated<Money>],
    withStandby: [Dated<Money>]
  ) {
    self.id = id
    self.summary = summary
    self.speed = speed
    self.source = source
    self.hourly = hourly
    self.withStandby = withStandby
  }
}

/// On what terms idle machines are rented.
package struct SpotTerms: Hashable, Sendable {
  /// The share of the usual price that they cost on average.
  package var share: Double
  /// How often a machine is taken back, on average, in a month of 730 hours.
  package var interruptions: Double
  /// How long before that it is told.
  package var notice: TimeSpan

  /// Terms as given.
  package init(share: Double, interruptions: Double, notice: TimeSpan) {
    self.share = share
    self.interruptions = interruptions
    self.notice = notice
  }
}

/// What a rented core draws, with its share of the hall.
package struct CoreDraw: Hashable, Sendable {
  /// Without work.
  package var idle: Power
  /// At full use.
  package var full: Power
  /// What the whole hall draws for each watt of a machine (PUE).
  package var overhead: Double

  /// A draw as given.
  package init(idle: Power, full: Power, overhead: Double) {
    self.idle = idle
    self.full = full
    self.overhead = overhead
  }

  /// The draw at a share of use, with that of the hall.
  package func power(use: Double) -> Power { (idle + (full - idle) * use) * overhead }
}

extension PriceBook {
  /// The carbon dioxide of rented cores.
  /// - Parameters:
  ///   - coreHours: cores times hours.
  ///   - use: the share of their time that they work.
  ///   - region: by name.
  /// - Returns: nil if the book does not tell.
  package func carbon(
    coreHours: Double, use: Double, region: String, at moment: Moment
  ) -> Mass? {
    guard let draw = draw.at(moment)?.value,
      let grid = regions.first(where: { $0.id == region })?.carbon.at(moment)?.value
    else { return nil }
    return grid * (draw.power(use: use).watts / 1_000 * coreHours)
  }
}
