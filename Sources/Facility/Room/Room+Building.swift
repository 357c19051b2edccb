import Quantities

// What is brought into a room while it runs. All of it holds from now on.

extension Room {
  /// Puts up an empty rack.
  /// - Precondition: its cords hang on feeds that exist.
  /// - Returns: its number.
  @discardableResult
  package mutating func add(_ rack: RackPlan) -> Int {
    precondition(rack.feeds.allSatisfy(feeds.indices.contains), "a rack hangs on no feed")
    change { room in
      room.plan.racks.append(rack)
      room.racks.append(Rack(plan: rack))
      room.reconcile(room.record(.rackInstalled(rack: room.racks.count - 1), cause: nil))
    }
    return racks.count - 1
  }

  /// Connects a cooling unit; it cools at once where its feed has mains.
  /// - Precondition: it hangs on a feed that exists.
  /// - Returns: its number.
  @discardableResult
  package mutating func add(_ unit: CoolingUnit) -> Int {
    precondition(feeds.indices.contains(unit.feed), "a cooling unit hangs on no feed")
    change { room in
      room.plan.cooling.append(unit)
      room.cooling.append(Cooling())
      room.control()
      room.reconcile(
        room.record(.installed(.coolingUnit(room.cooling.count - 1)), cause: nil))
    }
    return cooling.count - 1
  }

  /// Opens another way from the utility to the racks.
  /// - Returns: its number.
  @discardableResult
  package mutating func add(_ feed: FeedPlan) -> Int {
    change { room in
      room.plan.feeds.append(feed)
      room.feeds.append(Feed(plan: feed))
      while room.utilitiesDown.count < room.plan.utilityCount {
        room.utilitiesDown.append(false)
        room.utilityEvents.append(nil)
      }
      room.reconcile(room.record(.installed(.feed(room.feeds.count - 1)), cause: nil))
    }
    return feeds.count - 1
  }

  /// Puts a UPS with a full battery into a feed, in place of what was there.
  package mutating func install(_ ups: UPS, feed: Int) {
    change { room in
      room.plan.feeds[feed].ups = ups
      room.feeds[feed].plan.ups = ups
      room.feeds[feed].isUPSBroken = false
      room.feeds[feed].charge = 1
      room.feeds[feed].owed = 0
      room.reconcile(room.record(.installed(.ups(feed: feed)), cause: nil))
    }
  }

  /// Puts a generator with a full tank behind the transfer switch of a feed, in place of what was there.
  package mutating func install(_ generator: Generator, feed: Int) {
    change { room in
      room.plan.feeds[feed].generator = generator
      room.feeds[feed].plan.generator = generator
      room.feeds[feed].generator = .standing
      room.feeds[feed].fuel = generator.tank.liters
      room.reconcile(room.record(.installed(.generator(feed: feed)), cause: nil))
    }
  }

  /// Plugs the cords of a rack into feeds.
  /// - Precondition: one or two feeds that exist.
  package mutating func connect(rack: Int, to feeds: [Int]) {
    precondition(
      (1...2).contains(feeds.count) && feeds.allSatisfy(self.feeds.indices.contains),
      "a rack on the feeds \(feeds)")
    change { room in
      room.plan.racks[rack].feeds = feeds
      room.racks[rack].plan.feeds = feeds
      room.racks[rack].cords = feeds.map { Cord(feed: $0) }
      room.reconcile(room.record(.rackConnected(rack: rack), cause: nil))
    }
  }

  /// Hangs a cooling unit on a feed.
  /// - Precondition: the feed exists.
  package mutating func connect(unit: Int, to feed: Int) {
    precondition(feeds.indices.contains(feed), "a cooling unit on feed \(feed)")
    change { room in
      room.plan.cooling[unit].feed = feed
      room.reconcile(room.record(.installed(.coolingUnit(unit)), cause: nil))
    }
  }

  /// Does what is due now, so that nothing happens before `due`.
  ///
  /// `advance` leaves what is due at its end to what comes after; this is that, when nothing else comes.
  /// - Returns: what happened, in order.
  @discardableResult
  package mutating func handleDue() -> [RoomEvent] {
    let first = log.count
    // Each round handles one deadline or moves on to the next control instant, a whole period ahead.
    while due <= now {
      close(at: due)
      handle(deadline)
      refresh()
    }
    return Array(log[first...])
  }

  /// When something happens next, or the controls look, if the loads stay as they are.
  package var nextDue: Moment { due }
}
