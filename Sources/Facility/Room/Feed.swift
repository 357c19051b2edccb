import Quantities

/// A way from the utility to the racks: transformer, transfer switch, UPS, distribution.
package struct FeedPlan: Hashable, Sendable, Codable {
  /// What it is called: A or B.
  package var name: String
  /// The line of the utility that it hangs on; two feeds may share one.
  package var utility: Int
  /// What the distribution unit and its breaker are rated for.
  package var rating: Power
  /// The transformer's rating.
  package var transformerRating: Power
  /// What the transformer loses; it stands outside the room.
  package var transformer: ConversionLoss
  /// The generator behind the transfer switch, if there is one.
  package var generator: Generator?
  /// The UPS, if there is one.
  package var ups: UPS?
  /// What distribution loses, as heat in the room.
  package var distribution: ConversionLoss

  /// A feed.
  ///
  /// `Chosen:` the transformer is rated for twice the distribution, since cooling hangs on it too.
  package init(
    name: String, utility: Int = 0, rating: Power, transformerRating: Power? = nil,
    transformer: ConversionLoss = .transformer, generator: Generator? = nil, ups: UPS? = nil,
    distribution: ConversionLoss = .distribution
  ) {
    precondition(rating.watts > 0 && utility >= 0, "a feed of \(rating.watts) W on \(utility)")
    self.name = name
    self.utility = utility
    self.rating = rating
    self.transformerRating = transformerRating ?? rating * 2
    self.transformer = transformer
    self.generator = generator
    self.ups = ups
    self.distribution = distribution
  }
}

/// What the generator of a feed does.
package enum GeneratorState: Hashable, Sendable, Codable {
  /// Nothing.
  case standing
  /// It will deliver at a moment.
  case starting(due: Moment)
  /// It delivers.
  case running
  /// It has failed, or its tank is empty.
  case broken
}

/// A feed as it is.
package struct Feed: Hashable, Sendable, Codable {
  /// What it is.
  package internal(set) var plan: FeedPlan
  /// Whether its switchgear has failed.
  package internal(set) var isBroken = false
  /// Whether its UPS has failed and passes the mains through.
  package internal(set) var isUPSBroken = false
  /// Whether the breaker of its distribution is open.
  package internal(set) var isOpen = false
  /// What its generator does.
  package internal(set) var generator: GeneratorState = .standing
  /// Whether there is power before the UPS.
  package internal(set) var hasMains = true
  /// Whether the battery carries the load.
  package internal(set) var isOnBattery = false
  /// Whether there is power at the racks.
  package internal(set) var isLive = true
  /// The share of the battery that is left.
  package internal(set) var charge = 1.0
  /// What must be put back into the battery, J.
  var owed = 0.0
  /// What is left in the tank, L.
  var fuel: Double
  /// The image of the breaker's heat.
  var heat = 0.0
  /// What the racks draw through it, W.
  var output = 0.0
  /// Constant until the next event: losses, charging and the fans of cooling units, W.
  var distributionLoss = 0.0
  var upsLoss = 0.0
  var charging = 0.0
  var coolingFans = 0.0
  /// The events that last took away mains, engaged the battery and darkened the racks.
  var mainsEvent: Int?
  var batteryEvent: Int?
  var darkEvent: Int?

  init(plan: FeedPlan) {
    self.plan = plan
    fuel = plan.generator?.tank.liters ?? 0
  }

  /// Whether its UPS works.
  var workingUPS: UPS? { isUPSBroken ? nil : plan.ups }
  /// What is asked of the UPS, W.
  var upsOutput: Double { output + distributionLoss }
  /// What flows into UPS and charger from the mains, or out of the battery, W.
  var upsInput: Double { upsOutput + upsLoss }

  /// What is left in the generator's tank.
  package var fuelLeft: Volume { .liters(fuel) }
  /// What the racks draw through it now.
  package var load: Power { Power(watts: output) }
}
