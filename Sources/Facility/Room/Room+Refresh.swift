import Quantities

extension Room {
  /// What the controls do when they look: weather, fan speeds, recovery.
  mutating func control() {
    weather = plan.climate.weather(at: anchor)
    let air = temperatures.air.celsius
    for (index, unit) in plan.cooling.enumerated() {
      let cost = unit.cost(in: weather)
      cooling[index].isFree = cost.isFree
      cooling[index].workPerHeat = cost.workPerHeat
      cooling[index].litersPerHeat = cost.litersPerHeat
      let share = (air - unit.setPoint.celsius) / unit.band.kelvin
      cooling[index].flowShare = max(unit.leastFlow, min(max(share, 0), 1))
    }
    for rack in racks.indices {
      let inlet = Temperature(celsius: air + racks[rack].rise)
      for index in racks[rack].groups.indices {
        let group = racks[rack].groups[index]
        racks[rack].groups[index].fanSpeed = kinds[group.kind].fanSpeed(inlet: inlet)
        guard group.state == .throttled, let limit = kinds[group.kind].throttlesAt,
          inlet <= limit - MachineSpec.hysteresis
        else { continue }
        racks[rack].groups[index].state = .running
        record(.unthrottled(rack: rack, group: index), cause: nil)
      }
    }
  }

  /// Works out everything that is constant until the next control instant or event, and when that is.
  mutating func refresh() {
    refreshRacks()
    refreshFeeds()
    refreshForcing()
    schedule()
  }

  private mutating func refreshRacks() {
    let share = plan.containment.recirculation
    let perFlow = share / (1 - share) / (AirFlow.density * AirFlow.specificHeat)
    var least = Double.infinity
    for feed in feeds.indices { feeds[feed].output = 0 }
    for index in racks.indices where !racks[index].isEmpty {
      let limit = racks[index].refresh(kinds, perFlow: perFlow)
      least = min(least, limit)
      for cord in racks[index].cords where cord.isLive { feeds[cord.feed].output += cord.watts }
    }
    inletLimit = least.isFinite ? least : nil
  }

  private mutating func refreshFeeds() {
    for index in feeds.indices {
      let feed = feeds[index]
      let (plan, output) = (feed.plan, Power(watts: feed.output))
      feeds[index].distributionLoss =
        feed.isLive ? plan.distribution.loss(at: output, rating: plan.rating).watts : 0
      feeds[index].upsLoss = 0
      feeds[index].charging = 0
      if let ups = feed.workingUPS, feed.hasMains || feed.isOnBattery {
        let upsOutput = Power(watts: feeds[index].upsOutput)
        feeds[index].upsLoss = ups.loss.loss(at: upsOutput, rating: ups.rating).watts
        if feed.hasMains, feed.owed > 0 { feeds[index].charging = ups.chargingPower.watts }
      }
      feeds[index].coolingFans = 0
    }
    for (unit, state) in zip(plan.cooling, cooling) where state.isRunning {
      feeds[unit.feed].coolingFans +=
        AirFlow.fanPower(rated: unit.fanPower, flowShare: state.flowShare).watts
    }
  }

  private mutating func refreshForcing() {
    var forcing = RoomForcing(heat: 0, slope: 0, offset: 0, outdoor: weather.dryBulb.celsius)
    for rack in racks { forcing.heat += rack.watts }
    for feed in feeds {
      forcing.heat += feed.distributionLoss + feed.coolingFans
      if feed.plan.ups?.standsInRoom ?? false {
        forcing.heat += feed.upsLoss + feed.charging * (1 - UPS.chargingEfficiency)
      }
    }
    var isFull = true
    var isCooling = false
    for (index, unit) in plan.cooling.enumerated() where cooling[index].isRunning {
      isCooling = true
      cooling[index].settle(unit, air: temperatures.air.celsius)
      switch cooling[index].band {
      case .below: isFull = false
      case .inside:
        isFull = false
        let slope = unit.capacity.watts / unit.band.kelvin
        forcing.slope += slope
        forcing.offset += slope * unit.setPoint.celsius
      case .above: forcing.offset -= unit.capacity.watts
      }
    }
    self.forcing = forcing
    noteCapacity(isCooling && isFull)
  }

  private mutating func noteCapacity(_ isFull: Bool) {
    guard isFull != isAtCapacity else { return }
    isAtCapacity = isFull
    if isFull {
      capacityEvent = record(.coolingAtCapacity, cause: stoppedCooling)
    } else {
      record(.coolingRecovered, cause: capacityEvent)
      capacityEvent = nil
    }
  }

  /// The event that last stopped a unit which still stands.
  var stoppedCooling: Int? {
    cooling.filter { !$0.isRunning }.compactMap(\.stopEvent).max()
  }
}

extension Rack {
  /// Works out draw, rise and cords.
  /// - Returns: the temperature of the room's air at which the next of its machines does something.
  fileprivate mutating func refresh(_ kinds: [MachineSpec], perFlow: Double) -> Double {
    var (draw, fans, flow) = (0.0, 0.0, 0.0)
    if isLive {
      for group in groups where group.state != .tripped {
        let machines = Double(group.on)
        let speed = group.fanSpeed
        let fan = kinds[group.kind].fanPower.watts * machines * (speed * speed * speed)
        let own =
          group.state == .running
          ? group.demand
          : group.idle + (group.demand - group.idle) * MachineSpec.throttledShare
        draw += own + fan
        fans += fan
        flow += kinds[group.kind].airflow.cubicMetersPerSecond * speed * machines
      }
    }
    watts = draw
    fanWatts = fans
    rise = flow > 0 ? draw / flow * perFlow : 0
    let live = cords.reduce(0) { $0 + ($1.isLive ? 1 : 0) }
    for index in cords.indices {
      cords[index].watts = cords[index].isLive ? draw / Double(live) : 0
    }
    return isLive ? inletLimit(kinds) - rise : .infinity
  }

  private func inletLimit(_ kinds: [MachineSpec]) -> Double {
    var limit = Double.infinity
    for group in groups {
      switch group.state {
      case .running:
        limit = min(limit, (kinds[group.kind].throttlesAt ?? kinds[group.kind].tripsAt).celsius)
      case .throttled: limit = min(limit, kinds[group.kind].tripsAt.celsius)
      case .tripped: continue
      }
    }
    return limit
  }
}
