import Quantities

extension Room {
  /// Does what was due at the anchor.
  mutating func handle(_ deadline: RoomDeadline) {
    switch deadline {
    case .control: control()
    case .outage(let index, let isEnd): handleOutage(index, isEnd: isEnd)
    case .generatorReady(let feed):
      feeds[feed].generator = .running
      reconcile(record(.generatorStarted(feed: feed), cause: feeds[feed].mainsEvent))
    case .fuelExhausted(let feed):
      feeds[feed].fuel = 0
      feeds[feed].generator = .broken
      let line = feeds[feed].plan.utility
      reconcile(record(.fuelExhausted(feed: feed), cause: utilityEvents[line]))
    case .batteryExhausted(let feed):
      feeds[feed].charge = 0
      reconcile(record(.batteryExhausted(feed: feed), cause: feeds[feed].batteryEvent))
    case .batteryRecharged(let feed):
      feeds[feed].charge = 1
      feeds[feed].owed = 0
      record(.batteryRecharged(feed: feed), cause: feeds[feed].batteryEvent)
    case .feedBreaker(let feed):
      feeds[feed].isOpen = true
      reconcile(record(.feedBreakerTripped(feed: feed), cause: shiftedLoad(onto: feed)))
    case .rackBreaker(let rack, let cord): openRackBreaker(rack, cord)
    case .coolingReady(let unit):
      cooling[unit].readyAt = nil
      cooling[unit].isRunning = true
      record(.coolingStarted(unit: unit), cause: cooling[unit].stopEvent)
    case .inletLimit: reachLimits()
    case .coolingBand: break
    }
  }

  private mutating func handleOutage(_ index: Int, isEnd: Bool) {
    let part = RoomPart.utility(plan.outages[index].utility)
    outagePhases[index] = isEnd ? .over : .underWay
    if isEnd { applyRepair(of: part) } else { applyFailure(of: part) }
  }

  private mutating func openRackBreaker(_ rack: Int, _ cord: Int) {
    let others = racks[rack].cords.indices.filter { $0 != cord && !racks[rack].cords[$0].isLive }
    let cause = others.compactMap { reason(rack, cord: $0) }.max()
    let id = record(.rackBreakerTripped(rack: rack, cord: cord), cause: cause)
    racks[rack].cords[cord].isOpen = true
    racks[rack].cords[cord].event = id
    reconcile(id)
  }

  /// The event that took away another feed, whose racks this one now carries; nil if none did.
  private func shiftedLoad(onto feed: Int) -> Int? {
    var latest: Int?
    for rack in racks where rack.cords.contains(where: { $0.feed == feed }) {
      for cord in rack.cords where cord.feed != feed && !cord.isLive {
        let event = cord.isOpen ? cord.event : feeds[cord.feed].darkEvent
        latest = [latest, event].compactMap { $0 }.max()
      }
    }
    return latest
  }

  /// Throttles and trips what has reached its limit.
  private mutating func reachLimits() {
    let cause = [capacityEvent, stoppedCooling].compactMap { $0 }.max()
    let air = temperatures.air.celsius
    for rack in racks.indices where racks[rack].isLive {
      let rise = racks[rack].rise
      for index in racks[rack].groups.indices {
        let group = racks[rack].groups[index]
        let kind = kinds[group.kind]
        if group.state != .tripped, kind.tripsAt.celsius - rise <= air {
          racks[rack].groups[index].state = .tripped
          record(.tripped(rack: rack, group: index), cause: cause)
        } else if group.state == .running, let limit = kind.throttlesAt,
          limit.celsius - rise <= air
        {
          racks[rack].groups[index].state = .throttled
          record(.throttled(rack: rack, group: index), cause: cause)
        }
      }
    }
  }
}

// MARK: - Who has power

extension Room {
  /// Follows a change down the power path: mains, batteries, cooling, racks.
  /// - Parameter cause: the event that changed something.
  mutating func reconcile(_ cause: Int) {
    for feed in feeds.indices {
      reconcileGenerator(feed, cause)
      reconcileMains(feed, cause)
      reconcileOutput(feed, cause)
    }
    for unit in cooling.indices { reconcileCooling(unit, cause) }
    for rack in racks.indices { reconcileRack(rack, cause) }
  }

  private mutating func reconcileGenerator(_ index: Int, _ cause: Int) {
    let feed = feeds[index]
    guard let plan = feed.plan.generator else { return }
    let isDown = utilitiesDown[feed.plan.utility]
    switch feed.generator {
    case .standing:
      guard isDown, !feed.isBroken, feed.fuel > 0 else { return }
      feeds[index].generator = .starting(due: anchor + plan.startDelay)
      record(.generatorStarting(feed: index), cause: utilityEvents[feed.plan.utility])
    case .starting, .running:
      guard !isDown else { return }
      feeds[index].generator = .standing
      record(.generatorStopped(feed: index), cause: cause)
    case .broken: return
    }
  }

  private mutating func reconcileMains(_ index: Int, _ cause: Int) {
    let feed = feeds[index]
    let hasSource = !utilitiesDown[feed.plan.utility] || feed.generator == .running
    let hasMains = hasSource && !feed.isBroken
    guard hasMains != feed.hasMains else { return }
    feeds[index].hasMains = hasMains
    if hasMains {
      record(.mainsRestored(feed: index), cause: cause)
    } else {
      feeds[index].mainsEvent = record(.mainsLost(feed: index), cause: cause)
    }
  }

  private mutating func reconcileOutput(_ index: Int, _ cause: Int) {
    let feed = feeds[index]
    let isOnBattery = feed.workingUPS != nil && !feed.hasMains && feed.charge > 0
    if isOnBattery, !feed.isOnBattery {
      feeds[index].batteryEvent = record(.batteryEngaged(feed: index), cause: feed.mainsEvent)
    }
    feeds[index].isOnBattery = isOnBattery
    let isLive = (feed.hasMains || isOnBattery) && !feed.isOpen
    guard isLive != feed.isLive else { return }
    feeds[index].isLive = isLive
    if isLive {
      record(.feedRestored(feed: index), cause: cause)
    } else {
      // The latest of what changed and of the loss of mains, which may just have followed from it.
      let nearest = feed.hasMains ? cause : max(cause, feed.mainsEvent ?? cause)
      feeds[index].darkEvent = record(.feedDark(feed: index), cause: nearest)
    }
  }

  private mutating func reconcileCooling(_ index: Int, _ cause: Int) {
    let feed = feeds[plan.cooling[index].feed]
    let isPowered = feed.hasMains && !cooling[index].isBroken
    if !isPowered {
      cooling[index].readyAt = nil
      guard cooling[index].isRunning else { return }
      cooling[index].isRunning = false
      let nearest = cooling[index].isBroken ? cause : feed.mainsEvent
      cooling[index].stopEvent = record(.coolingStopped(unit: index), cause: nearest)
    } else if !cooling[index].isRunning, cooling[index].readyAt == nil {
      cooling[index].readyAt = anchor + plan.cooling[index].restartDelay
    }
  }

  private mutating func reconcileRack(_ index: Int, _ cause: Int) {
    var isLive = false
    for cord in racks[index].cords.indices {
      let state = racks[index].cords[cord]
      racks[index].cords[cord].isLive = !state.isOpen && feeds[state.feed].isLive
      isLive = isLive || racks[index].cords[cord].isLive
    }
    guard isLive != racks[index].isLive else { return }
    racks[index].isLive = isLive
    if isLive {
      record(.rackPowered(rack: index), cause: cause)
    } else {
      let reasons = racks[index].cords.indices.compactMap { reason(index, cord: $0) }
      record(.rackDark(rack: index), cause: reasons.max() ?? cause)
    }
  }

  /// The event for which a cord delivers nothing.
  private func reason(_ rack: Int, cord: Int) -> Int? {
    let state = racks[rack].cords[cord]
    return state.isOpen ? state.event : feeds[state.feed].darkEvent
  }
}
