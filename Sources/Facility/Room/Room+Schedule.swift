import Quantities

extension Room {
  /// Finds what comes next and when; of things at one moment, the first in the order below.
  mutating func schedule() {
    due = nextControl
    deadline = .control
    for (index, outage) in plan.outages.enumerated() {
      switch outagePhases[index] {
      case .ahead: offer(outage.start, .outage(index: index, isEnd: false))
      case .underWay: offer(outage.end, .outage(index: index, isEnd: true))
      case .over: continue
      }
    }
    for index in feeds.indices { scheduleFeed(index) }
    scheduleRacks()
    for index in cooling.indices {
      if let ready = cooling[index].readyAt { offer(ready, .coolingReady(unit: index)) }
    }
    scheduleAir()
  }

  private var nextControl: Moment {
    let period = plan.controlPeriod.nanoseconds
    let (quotient, remainder) = anchor.nanoseconds.quotientAndRemainder(dividingBy: period)
    let floor = remainder < 0 ? quotient - 1 : quotient
    return Moment(nanoseconds: (floor + 1) * period)
  }

  private mutating func offer(_ moment: Moment, _ what: RoomDeadline) {
    guard moment < due else { return }
    due = max(moment, anchor)
    deadline = what
  }

  /// Offers what is due so many seconds from the anchor, rounded up to the nanosecond.
  private mutating func offer(after seconds: Double, _ what: RoomDeadline) {
    // Beyond a century the product could leave the range of moments; the controls look long before.
    guard seconds < 3e9 else { return }
    offer(anchor + TimeSpan(nanoseconds: Int64(max(0, seconds) * 1e9) + 1), what)
  }

  private mutating func scheduleFeed(_ index: Int) {
    let feed = feeds[index]
    if case .starting(let ready) = feed.generator { offer(ready, .generatorReady(feed: index)) }
    if feed.generator == .running {
      // With the cooling of this moment; each control instant looks again.
      let watts = feed.upsInput + feed.charging + coolingDraw(ofFeed: index)
      let perSecond = fuelPerHour(index, watts: watts) / 3_600
      offer(after: feed.fuel / perSecond, .fuelExhausted(feed: index))
    }
    if feed.isOnBattery, let ups = feed.plan.ups {
      let whole = ups.runtime(at: Power(watts: feed.upsOutput)).seconds
      offer(after: feed.charge * whole, .batteryExhausted(feed: index))
    }
    if feed.charging > 0 {
      let seconds = feed.owed / (feed.charging * UPS.chargingEfficiency)
      offer(after: seconds, .batteryRecharged(feed: index))
    }
    if feed.isLive {
      let load = feed.output / feed.plan.rating.watts
      if let seconds = plan.breakers.secondsToTrip(load: load, heat: feed.heat) {
        offer(after: seconds, .feedBreaker(feed: index))
      }
    }
  }

  private func coolingDraw(ofFeed index: Int) -> Double {
    var watts = feeds[index].coolingFans
    let air = temperatures.air.celsius
    for (unit, state) in zip(plan.cooling, cooling) where state.isRunning && unit.feed == index {
      let share = min(max((air - unit.setPoint.celsius) / unit.band.kelvin, 0), 1)
      watts += unit.capacity.watts * share * state.workPerHeat
    }
    return watts
  }

  private mutating func scheduleRacks() {
    let curve = plan.breakers
    for rack in racks.indices where racks[rack].watts > 0 {
      let rating = racks[rack].plan.breakerRating.watts
      for cord in racks[rack].cords.indices {
        let load = racks[rack].cords[cord].watts / rating
        guard load > curve.pickup else { continue }
        let heat = racks[rack].cords[cord].heat
        if let seconds = curve.secondsToTrip(load: load, heat: heat) {
          offer(after: seconds, .rackBreaker(rack: rack, cord: cord))
        }
      }
    }
  }

  /// The first crossing by the air of a machine's limit or of the edge of a band.
  private mutating func scheduleAir() {
    let course = course
    if let limit = inletLimit, let span = course.crossing(.atLeast(limit), within: due - anchor) {
      offer(anchor + span, .inletLimit)
    }
    var above = Double.infinity
    var below = -Double.infinity
    for (unit, state) in zip(plan.cooling, cooling) where state.isRunning {
      let edges = state.edges(unit)
      above = min(above, edges.up)
      below = max(below, edges.down)
    }
    if above.isFinite, let span = course.crossing(.atLeast(above), within: due - anchor) {
      offer(anchor + span, .coolingBand)
    }
    if below.isFinite, let span = course.crossing(.below(below), within: due - anchor) {
      offer(anchor + span, .coolingBand)
    }
  }
}
