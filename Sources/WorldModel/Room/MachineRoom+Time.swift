import Facility
import Quantities
import Service

/// The parts of the world that a room acts on.
struct RoomSurroundings {
  var shop: Shop?
  var machines: [OwnedMachine]
  var ledger: Ledger
  var store: OrderStore
}

extension MachineRoom {
  /// When something is due in the room, if nobody changes anything.
  var nextDue: Moment {
    var due = min(room.nextDue, nextStep)
    if let next = operation.nextDue { due = min(due, next) }
    for repair in repairs { due = min(due, repair.moment) }
    for case .some(let moment) in cutOff { due = min(due, moment) }
    for moment in starts { due = min(due, moment) }
    return due
  }

  private var nextStep: Moment {
    let length = step.nanoseconds
    return Moment(nanoseconds: (settledUntil.nanoseconds / length + 1) * length)
  }

  /// Lets time pass up to `end`, by which nothing is due.
  mutating func advance(to end: Moment) {
    room.advance(to: end, loads: room.loads)
  }

  /// Does all that is due now: events of the room, of parts, repairs, starts; then, at whole steps,
  /// brings loads and records up to date.
  mutating func settle(at now: Moment, _ world: inout RoomSurroundings) {
    let (repairCount, startCount) = (repairs.count, starts.count)
    var hasChanged = !room.handleDue().isEmpty
    notePeaks()
    while let event = operation.next(before: now + TimeSpan(nanoseconds: 1)) {
      follow(event, &world)
      hasChanged = true
    }
    hasChanged = finishRepairs(at: now) || hasChanged || repairs.count != repairCount
    starts.removeAll { $0 <= now }
    if hasChanged || starts.count != startCount { applyStates(at: now, &world) }
    if nextStep <= now {
      follow(world, at: now)
      // Other loads move other air, which may bring an inlet to its limit in this moment.
      if !room.handleDue().isEmpty { applyStates(at: now, &world) }
      record(at: now, world.machines)
      if now.timeOfDay.nanoseconds % TimeSpan.hours(1).nanoseconds == 0 {
        lookAround(at: now, &world)
      }
      settledUntil = now
    }
  }

  /// - Returns: whether anything was due.
  private mutating func finishRepairs(at now: Moment) -> Bool {
    var isAnything = repairs.contains { $0.moment <= now }
    for repair in repairs where repair.moment <= now { room.repair(repair.part) }
    repairs.removeAll { $0.moment <= now }
    for rack in cutOff.indices {
      guard let until = cutOff[rack], until <= now else { continue }
      cutOff[rack] = nil
      note(.rackReachable(rack: rack), at: now)
      isAnything = true
    }
    return isAnything
  }

  private mutating func notePeaks() {
    let air = room.airAndMass.air.celsius
    for rack in rackPeaks.indices {
      rackPeaks[rack] = max(rackPeaks[rack], air + room.inletRise(ofRack: rack).kelvin)
    }
  }
}

// MARK: - From the metal to the shop

extension MachineRoom {
  /// Switches servers on and off, and sets their pace, as power and heat have it.
  mutating func applyStates(at now: Moment, _ world: inout RoomSurroundings) {
    for rack in layout.indices {
      var slot = 0
      let isReachable = cutOff[rack] == nil
      for group in room.racks[rack].groups {
        let hasPower = room.racks[rack].isLive && group.state != .tripped
        let pace = group.state == .throttled ? MachineSpec.throttledPace : 1
        for index in layout[rack][slot..<(slot + group.count)] {
          apply(
            to: index, hasPower: hasPower, isReachable: isReachable, pace: pace, at: now, &world)
        }
        slot += group.count
      }
    }
  }

  private mutating func apply(
    to index: Int, hasPower: Bool, isReachable: Bool, pace: Double, at now: Moment,
    _ world: inout RoomSurroundings
  ) {
    let isPowered = hasPower && !isBroken(world.machines[index])
    if isPowered != world.machines[index].isPowered {
      world.machines[index].isPowered = isPowered
      world.machines[index].startsAt = isPowered ? now + MachineSpec.startDelay : nil
      if isPowered { starts.append(now + MachineSpec.startDelay) }
    }
    if let start = world.machines[index].startsAt, start <= now {
      world.machines[index].startsAt = nil
    }
    let isUp = isPowered && isReachable && world.machines[index].startsAt == nil
    if isUp != world.machines[index].isUp {
      world.machines[index].isUp = isUp
      let number = world.machines[index].number
      note(isUp ? .machineUp(machine: number) : .machineDown(machine: number), at: now)
      world.shop?.setServer(index, isUp: isUp)
    }
    if isUp { world.shop?.setServer(index, pace: pace) }
  }

  /// Whether broken parts keep a machine from running.
  ///
  /// `Chosen:` it runs with one fan of six missing, and with one of several disks.
  func isBroken(_ machine: OwnedMachine) -> Bool {
    guard !machine.brokenParts.isEmpty else { return false }
    var (disks, fans) = (0, 0)
    for part in machine.brokenParts {
      switch operation.fleet.kind(part) {
      case .disk: disks += 1
      case .fan: fans += 1
      case .powerSupply, .memory, .board: return true
      case .networkSwitch: continue
      }
    }
    let allDisks = machine.parts.count { operation.fleet.kind($0) == .disk }
    return fans > 1 || disks >= max(1, allDisks)
  }
}

// MARK: - From the shop to the metal

extension MachineRoom {
  /// Sets the loads to what the shop's servers did since the last step, or to the profile's.
  private mutating func follow(_ world: borrowing RoomSurroundings, at now: Moment) {
    if let profile {
      room.advance(to: now, loads: .uniform(profile.load(at: now)))
      return
    }
    let nanoseconds = Double((now - settledUntil).nanoseconds)
    let latest = world.shop?.busyTimes ?? []
    let loads = layout.map { slots in
      slots.map { index -> Double in
        let machine = world.machines[index]
        guard machine.isPowered || !isBroken(machine) else { return -1 }
        guard machine.isUp, index < latest.count else { return 0 }
        // A machine that came since the last step had done nothing by then.
        let before = index < busyTimes.count ? busyTimes[index] : .zero
        let busy = Double((latest[index] - before).nanoseconds)
        return min(max(busy / (nanoseconds * Double(machine.cores)), 0), 1)
      }
    }
    busyTimes = latest
    room.advance(to: now, loads: .perMachine(loads))
  }
}

// MARK: - Records

extension MachineRoom {
  private mutating func record(at now: Moment, _ machines: [OwnedMachine]) {
    notePeaks()
    let totals = room.rackTotals
    let latest = room.accounts
    let period = latest - accounts
    let seconds = (now - settledUntil).seconds
    var row = RoomRow(racks: min(room.racks.count, RoomRecords.racksMax))
    row[.seconds] = seconds
    row[.machines] = period.machines.joules
    row[.facility] = period.facility.joules
    row[.cooling] = (period.compressors + period.coolingFans).joules
    row[.water] = period.water.liters
    row[.outside] = room.outside.dryBulb.celsius * seconds
    recordRacks(&row, totals)
    let states = room.racks.flatMap(\.groups)
    row[.throttled] =
      seconds * Double(states.reduce(0) { $0 + ($1.state == .throttled ? $1.count : 0) })
    row[.down] = seconds * Double(downCount(machines))
    // The first step may have begun within a minute, which then counts as one.
    let minute = TimeSpan.minutes(1).nanoseconds
    records.append(
      row, minutes: Int((((now - settledUntil).nanoseconds + minute - 1) / minute)))
    accounts = latest
    rackEnergies = totals.map(\.energy)
    rackInletAreas = totals.map(\.inletArea)
    let air = room.airAndMass.air.celsius
    for rack in rackPeaks.indices {
      rackPeaks[rack] = air + room.inletRise(ofRack: rack).kelvin
    }
  }

  private func recordRacks(_ row: inout RoomRow, _ totals: [(energy: Double, inletArea: Double)]) {
    var (area, count, peak) = (-Double.infinity, 0, -Double.infinity)
    for rack in totals.indices {
      let inlet = totals[rack].inletArea - rackInletAreas[rack]
      if rack < row.rackCount {
        row[rack, .inlet] = inlet
        row[rack, .energy] = totals[rack].energy - rackEnergies[rack]
        row[rack, .inletHigh] = rackPeaks[rack]
      }
      guard !room.racks[rack].groups.isEmpty else { continue }
      area = max(area, inlet)
      count += 1
      peak = max(peak, rackPeaks[rack])
    }
    guard count > 0 else { return }
    row[.inlet] = area
    row[.inletHigh] = peak
    row[.inletLow] = peak
  }

  /// How many of the machines that stand here ought to run and do not.
  package func downCount(_ machines: [OwnedMachine]) -> Int {
    guard profile == nil else { return 0 }
    return layout.reduce(0) { sum, slots in sum + slots.count { !machines[$0].isUp } }
  }
}
