import Facility
import Quantities

extension MachineRoom {
  /// Puts up a rack with its switch.
  mutating func addRack(_ plan: RackPlan, at now: Moment) {
    let rack = room.add(plan)
    operation.addZone(at: now)
    switches.append(operation.add(ComponentPlace(.networkSwitch, zone: rack), at: now))
    cutOff.append(nil)
    rackEnergies.append(0)
    rackInletAreas.append(0)
    rackPeaks.append(room.inlet(ofRack: rack).celsius)
    countDomains(at: now)
  }

  /// Says how many racks and units there are that may fail.
  mutating func countDomains(at now: Moment) {
    operation.setCount(room.racks.count, of: .rack, at: now)
    operation.setCount(room.plan.cooling.count, of: .coolingUnit, at: now)
    operation.setCount(room.feeds.count { $0.plan.ups != nil }, of: .ups, at: now)
    operation.setCount(room.feeds.count { $0.plan.generator != nil }, of: .generator, at: now)
  }

  /// Says how many disks with orders on them there are that may fail.
  mutating func countStorage(_ scheme: OrderStore.Scheme, at now: Moment) {
    operation.setCount(scheme.layout.devices, of: .storage, at: now)
  }

  /// Installs the parts of a machine that comes into a rack, and returns their numbers.
  mutating func addParts(_ kinds: [ComponentKind], rack: Int, at now: Moment) -> Range<Int> {
    let first = operation.fleet.count
    for kind in kinds { _ = operation.add(ComponentPlace(kind, zone: rack), at: now) }
    return first..<operation.fleet.count
  }

  /// Finds out anew which machine stands where.
  mutating func arrange(_ machines: [OwnedMachine]) {
    layout = room.racks.indices.map { rack in
      room.racks[rack].groups.flatMap { group in
        machines.indices.filter {
          machines[$0].rack == rack && machines[$0].model == room.kinds[group.kind].id
        }
      }
    }
  }

  /// Lets the work that machines had done move up behind one that left.
  mutating func forgetBusyTime(of index: Int) {
    if index < busyTimes.count { busyTimes.remove(at: index) }
  }
}
