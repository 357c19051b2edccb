import Catalogs
import Quantities
import Service

extension World {
  /// Lets time pass up to `end`, day by day, and books the running costs of each day that is over.
  ///
  /// - Parameter checkpoint: called at least every few milliseconds of work; if it throws, the world
  ///   stands somewhere on the way and must be thrown away, or settled.
  /// - Returns: how many events happened.
  package mutating func run(
    to end: Moment, checkpoint: (_ now: Moment, _ events: Int) throws -> Void
  ) throws -> Int {
    guard shop != nil || machineRoom != nil else { throw WorldProblem.noShop }
    guard end >= now else { throw WorldProblem.past(now: now) }
    var events = 0
    while now < end {
      takeDeliveries()
      let stop = min(end, now.startOfDay + .days(1), nextDelivery ?? .distantFuture)
      if machineRoom == nil {
        settleStore()
        settleCloud()
        let stop = min(
          stop, store.nextDue(after: now) ?? .distantFuture, nextCloudDue ?? .distantFuture)
        let before = events
        events += try shop?.run(to: stop) { try checkpoint($0, before + $1) } ?? 0
        now = stop
      } else {
        try runRoom(to: stop, &events, checkpoint)
      }
      bookDays()
    }
    return events
  }

  /// Lets shop and room go on together: what is due in the room is done in its moment, between two
  /// stretches in which the shop has the servers as they are.
  ///
  /// What is due at `end` itself belongs to what comes after, so that two runs to the middle and to the
  /// end leave the same world as one.
  private mutating func runRoom(
    to end: Moment, _ events: inout Int,
    _ checkpoint: (_ now: Moment, _ events: Int) throws -> Void
  ) throws {
    while now < end {
      settleStore()
      settleCloud()
      settleRoom()
      guard let due = machineRoom?.nextDue else { return }
      precondition(due > now, "the room waits for \(due) at \(now)")
      let next = min(
        end, due, store.nextDue(after: now) ?? .distantFuture, nextCloudDue ?? .distantFuture)
      let before = events
      if shop != nil {
        events += try shop?.run(to: next) { try checkpoint($0, before + $1) } ?? 0
      } else {
        try checkpoint(next, events)
      }
      machineRoom?.advance(to: next)
      events += 1
      now = next
    }
  }

  /// Takes back what the room acted on.
  mutating func take(_ around: RoomSurroundings) {
    (shop, machines, ledger, store) = (around.shop, around.machines, around.ledger, around.store)
  }

  mutating func settleRoom() {
    guard var room = machineRoom, room.nextDue <= now else { return }
    // Taken out and put back, so that nothing is copied.
    machineRoom = nil
    var around = RoomSurroundings(shop: shop, machines: machines, ledger: ledger, store: store)
    shop = nil
    machines = []
    ledger = Ledger(opening: .zero)
    room.settle(at: now, &around)
    take(around)
    machineRoom = room
  }

  /// Brings a world whose run was stopped somewhere on the way to the next whole minute, or not past
  /// `end` if that comes first: a moment that a statement can name.
  ///
  /// - Parameter eventsMax: how many events this may take.
  /// - Returns: how many it took, or nil if that would not do; the world must then be thrown away.
  package mutating func settle(notAfter end: Moment, eventsMax: Int) -> Int? {
    let stopped = max(now, shop?.now ?? now)
    let intoMinute = stopped.timeOfDay.nanoseconds % TimeSpan.minutes(1).nanoseconds
    let minute =
      intoMinute == 0 ? stopped : stopped + .minutes(1) - TimeSpan(nanoseconds: intoMinute)
    struct TooMany: Error {}
    do {
      return try run(to: min(minute, end)) { _, events in
        if events > eventsMax { throw TooMany() }
      }
    } catch {
      return nil
    }
  }
}

// MARK: - Running costs

extension World {
  /// What a kilowatt-hour costs at a moment, where the room stands or else where the story begins.
  package func electricityPrice(at moment: Moment) -> Money {
    site.price(at: moment)
  }

  /// Books what each day that is over has cost, dated at its last nanosecond.
  ///
  /// A day is billed for what stands at its end. Of a month's rent a day takes 12/365.
  private mutating func bookDays() {
    while billedDays < now.daysSince1970 {
      billedDays += 1
      let due = Moment(CivilDate(daysSince1970: billedDays)) - TimeSpan(nanoseconds: 1)
      if shop != nil, let uplink = catalog.uplink(uplinkID) {
        post(monthly: uplink.price(at: due), .uplink, at: due)
      }
      store.makeBackup(at: due, counted: ordersSoFar)
      if store.backup == .nightly, !store.isManaged {
        post(monthly: OrderStore.backupMonthly, .repairs, at: due)
      }
      bookLoans(day: billedDays - 1, at: due)
      bookCloud(at: due)
      bookElectricity(at: due)
      bookRoom(at: due)
    }
  }

  /// Machines outside the room are billed by their plates, the room by its meter.
  private mutating func bookElectricity(at due: Moment) {
    var kilowattHours = 0.0
    for machine in machines where machine.rack == nil && machine.rental == nil {
      kilowattHours += (catalog.server(machine.model)?.peak.kilowatts ?? 0) * 24
    }
    if let room = machineRoom?.room {
      let metered = room.accounts.utility
      kilowattHours += (metered - billedEnergy).kilowattHours
      billedEnergy = metered
    }
    ledger.post(
      .dollars(kilowattHours * electricityPrice(at: due).dollars), .electricity, at: due)
    countCarbon(kilowattHours: kilowattHours, at: due)
  }

  private mutating func bookRoom(at due: Moment) {
    guard let room = machineRoom, room.opens <= due else { return }
    if room.buildingID != "hall" {
      post(monthly: .dollars(site.rent.dollars * room.area), .rent, at: due)
    }
    if room.security.monthly > .zero { post(monthly: room.security.monthly, .security, at: due) }
    if room.staff > 0 {
      // Fifty hours a week of each.
      ledger.post(
        .dollars(Staff.wagePerHour.dollars * 50 / 7 * Double(room.staff)), .people, at: due)
    }
    if room.isInsured {
      ledger.post(
        .dollars(insuredWorth.dollars * World.premiumShare / 365), .insurance, at: due)
    }
  }

  /// Posts a day's part of a month's cost.
  private mutating func post(monthly amount: Money, _ cause: Ledger.Cause, at due: Moment) {
    ledger.post(.dollars(amount.dollars * 12 / 365), cause, at: due)
  }
}
