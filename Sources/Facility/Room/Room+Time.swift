import Quantities

extension Room {
  /// Lets time pass up to `end` under constant loads; what is due at `end` belongs to what comes after.
  ///
  /// Two runs to the middle and to the end with the same loads leave the same state as one, bit for
  /// bit: a stop in between does not move the anchor. Other loads hold from now on.
  /// - Returns: what happened, in order.
  /// - Complexity: O(racks) for each control instant and event; a year of 1,000 racks is some 10^8
  ///   rack instants of about 60 floating-point operations.
  @discardableResult
  package mutating func advance(to end: Moment, loads newLoads: RoomLoads) -> [RoomEvent] {
    precondition(end >= now, "time runs back from \(now) to \(end)")
    let first = log.count
    if newLoads != loads { setLoads(newLoads) }
    while due < end {
      close(at: due)
      handle(deadline)
      refresh()
    }
    now = end
    return Array(log[first...])
  }

  private mutating func setLoads(_ newLoads: RoomLoads) {
    close(at: now)
    loads = newLoads
    updateDemand()
    refresh()
  }

  /// What each group would draw under the loads.
  mutating func updateDemand() {
    let idle = kinds.map(\.power.idle.watts)
    if case .uniform(let load) = loads { return updateDemand(uniform: load, idle) }
    for rack in racks.indices {
      var first = 0
      for index in racks[rack].groups.indices {
        let group = racks[rack].groups[index]
        let power = kinds[group.kind].power
        let draw = loads.draw(of: group, power, rack: rack, first: first)
        racks[rack].groups[index].demand = draw.watts
        racks[rack].groups[index].on = draw.on
        racks[rack].groups[index].idle = idle[group.kind] * Double(draw.on)
        first += group.count
      }
    }
  }

  /// The same where all machines of a kind draw alike: worked out once for each kind.
  private mutating func updateDemand(uniform load: Double, _ idle: [Double]) {
    let demand = kinds.map { load < 0 ? 0 : $0.power.power(at: load).watts }
    for rack in racks.indices {
      for index in racks[rack].groups.indices {
        let kind = racks[rack].groups[index].kind
        let on = load < 0 ? 0 : racks[rack].groups[index].count
        racks[rack].groups[index].on = on
        racks[rack].groups[index].demand = demand[kind] * Double(on)
        racks[rack].groups[index].idle = idle[kind] * Double(on)
      }
    }
  }

  /// Books what happened since the anchor, and moves the anchor.
  mutating func close(at moment: Moment) {
    guard moment > anchor else { return }
    let seconds = (moment - anchor).seconds
    let course = course
    let areas = course.integrals(over: seconds)
    let end = course.temperatures(after: seconds)
    let loads = closeCooling(airArea: areas.air, seconds: seconds)
    closeFeeds(cooling: loads, seconds: seconds)
    let envelope = plan.thermals.envelope.wattsPerKelvin
    totals.envelope += envelope * (forcing.outdoor * seconds - areas.mass)
    totals.roomHeat += forcing.heat * seconds
    totals.heatRemoved += forcing.slope * areas.air - forcing.offset * seconds
    closeRacks(airArea: areas.air, end: end.air.celsius, seconds: seconds)
    temperatures = end
    anchor = moment
  }

  /// Books the cooling of each unit.
  /// - Returns: what units drew on each feed, J.
  private mutating func closeCooling(airArea: Double, seconds: Double) -> [Double] {
    var drawn = feeds.map { $0.coolingFans * seconds }
    for (index, unit) in plan.cooling.enumerated() where cooling[index].isRunning {
      let state = cooling[index]
      let heat: Double
      switch state.band {
      case .below: heat = 0
      case .inside:
        let slope = unit.capacity.watts / unit.band.kelvin
        heat = slope * (airArea - unit.setPoint.celsius * seconds)
      case .above: heat = unit.capacity.watts * seconds
      }
      let work = heat * state.workPerHeat
      drawn[unit.feed] += work
      totals.compressors += work
      totals.water += heat * state.litersPerHeat
      if state.isFree { totals.freeCooling += heat }
    }
    for feed in feeds { totals.coolingFans += feed.coolingFans * seconds }
    return drawn
  }

  /// Books each feed, from the racks up to the utility.
  private mutating func closeFeeds(cooling: [Double], seconds: Double) {
    for index in feeds.indices {
      let feed = feeds[index]
      let upsInput = feed.upsInput * seconds
      totals.distribution += feed.distributionLoss * seconds
      totals.ups += feed.upsLoss * seconds
      let curve = plan.breakers
      feeds[index].heat = curve.heat(
        after: seconds, load: feed.output / feed.plan.rating.watts, from: feed.heat)
      if feed.isOnBattery {
        discharge(index, joules: upsInput, seconds: seconds)
        continue
      }
      guard feed.hasMains else { continue }
      let charged = feed.charging * seconds
      charge(index, joules: charged)
      let mains = upsInput + charged + cooling[index]
      switch feed.generator {
      case .running:
        totals.generators += mains
        let liters = fuelPerHour(index, watts: mains / seconds) * seconds / 3_600
        totals.fuel += min(liters, feed.fuel)
        feeds[index].fuel = max(0, feed.fuel - liters)
      default:
        let rating = feed.plan.transformerRating
        let loss = feed.plan.transformer.loss(at: Power(watts: mains / seconds), rating: rating)
        totals.transformers += loss.watts * seconds
        totals.utility += mains + loss.watts * seconds
      }
    }
  }

  func fuelPerHour(_ feed: Int, watts: Double) -> Double {
    feeds[feed].plan.generator?.fuelPerHour(at: Power(watts: watts)).liters ?? 0
  }

  private mutating func discharge(_ index: Int, joules: Double, seconds: Double) {
    guard let ups = feeds[index].plan.ups else { return }
    let whole = ups.runtime(at: Power(watts: feeds[index].upsOutput)).seconds
    feeds[index].charge = max(0, feeds[index].charge - seconds / whole)
    feeds[index].owed += joules
    totals.batteries += joules
  }

  /// Puts back what a charger draws, less its loss; the charge rises in step with what is owed.
  private mutating func charge(_ index: Int, joules: Double) {
    let owed = feeds[index].owed
    guard joules > 0, owed > 0 else { return }
    let stored = joules * UPS.chargingEfficiency
    let left = max(0, owed - stored)
    feeds[index].charge = 1 - (1 - feeds[index].charge) * (left / owed)
    feeds[index].owed = left
    totals.batteries -= stored
    totals.charging += joules - stored
  }

  /// Books each rack.
  private mutating func closeRacks(airArea: Double, end: Double, seconds: Double) {
    let decay = plan.breakers.decay(over: seconds)
    var (watts, fanWatts) = (0.0, 0.0)
    for index in racks.indices {
      racks[index].book(airArea: airArea, end: end, seconds: seconds, decay: decay)
      watts += racks[index].watts
      fanWatts += racks[index].fanWatts
    }
    totals.machines += watts * seconds
    totals.machineFans += fanWatts * seconds
  }
}

extension Rack {
  /// Books a span in which nothing changed but the air.
  fileprivate mutating func book(airArea: Double, end: Double, seconds: Double, decay: Double) {
    joules += watts * seconds
    inletArea += airArea + rise * seconds
    warmest = max(warmest, end + rise)
    let rating = plan.breakerRating.watts
    for index in cords.indices {
      let load = cords[index].watts / rating
      cords[index].heat = load * load + (cords[index].heat - load * load) * decay
    }
  }
}
