import Catalogs
import Facility
import Foundation
import Quantities
import Service
import Testing

@testable import WorldModel

/// Failures of a year in a hall against the hazard that its parts were exposed to, at their ages and at
/// the temperatures that the loop gave them.
@Suite("A year of failures in a hall")
struct FleetHazardTests {
  /// The time at 20 °C that parts of a kind have aged by in each rack at each full hour.
  ///
  /// From the inlets that were recorded: an hour's mean sets the pace of the next. Failures are as many
  /// times more as the factor says, so with a shape k the pace is the k-th root of it.
  private struct Clock {
    let start: Moment
    let hours: [[Double]]

    init(_ kind: ComponentKind, _ room: MachineRoom, start: Moment, count: Int) throws {
      self.start = start
      let root = 1 / kind.life.shape
      var hours = room.room.racks.map { _ in [0.0] }
      var factors = room.room.racks.map { _ in 1.0 }
      for hour in 0..<count {
        let row = try room.records.row(
          of: Window(start + .hours(hour), start + .hours(hour + 1)))
        for rack in hours.indices {
          hours[rack].append(hours[rack][hour] + 3_600 * pow(factors[rack], root))
          let inlet = try #require(row.inlet(ofRack: rack))
          factors[rack] = InletTemperatureFactor.factor(at: inlet)
        }
      }
      self.hours = hours
    }

    func reading(_ moment: Moment, rack: Int) -> Double {
      let place = (moment - start).seconds / 3_600
      let hour = min(Int(place), hours[rack].count - 2)
      let (low, high) = (hours[rack][hour], hours[rack][hour + 1])
      return low + (high - low) * (place - Double(hour))
    }
  }

  /// The parts of a kind in one machine by the readings of the clock at which they were new.
  private struct Slot: Hashable {
    var machine: Int
    var kind: ComponentKind
  }

  private static let start = Moment(year: 2012, month: 1, day: 1)

  @Test(
    "stays within the Poisson band of the cumulative hazard, part by part at its age",
    arguments: [4] as [UInt64])
  func poissonBand(seed: UInt64) throws {
    let server = try #require(Catalog.standard.server("1u-2012"))
    var world = World(seed: seed, start: Self.start, cash: .dollars(1e9))
    world.haveHall(
      site: try #require(Catalog.standard.site("phoenix")), server: server, count: 80,
      racks: nil, profile: LoadProfile(mean: 0.4, swing: 0.2))
    // Warm enough that temperature matters.
    try world.setPoint(Temperature(celsius: 30))
    // What is due at the end of a run comes after it, the last row of the records too.
    let end = Self.start + .days(365)
    _ = try world.run(to: end + .minutes(5)) { _, _ in }
    let room = try #require(world.machineRoom)
    var clocks: [ComponentKind: Clock] = [:]
    for kind in Set(server.parts) {
      clocks[kind] = try Clock(kind, room, start: Self.start, count: 365 * 24)
    }

    var births: [Slot: [Double]] = [:]
    var racks: [Int: Int] = [:]
    for machine in world.machines {
      racks[machine.number] = machine.rack
      for kind in server.parts {
        births[Slot(machine: machine.number, kind: kind), default: []].append(0)
      }
    }
    var hazard: [ComponentKind: Double] = [:]
    var failures: [ComponentKind: Int] = [:]
    for incident in room.incidents where incident.moment < end {
      switch incident.what {
      case .partFailed(let machine, let kind, let age, let cause):
        let slot = Slot(machine: machine, kind: kind)
        let clock = try #require(clocks[kind])
          .reading(incident.moment, rack: try #require(racks[machine]))
        let ages = (births[slot] ?? []).map { clock - $0 }
        // Of several equal parts it is the one of this age; there must be one.
        let index = try #require(
          ages.indices.min { abs(ages[$0] - age.seconds) < abs(ages[$1] - age.seconds) })
        #expect(abs(ages[index] - age.seconds) < 1, "\(kind) of machine \(machine)")
        hazard[kind, default: 0] += kind.life.hazard(atSeconds: ages[index])
        births[slot]?.remove(at: index)
        if cause == .life { failures[kind, default: 0] += 1 }
      case .partReplaced(let machine, let kind):
        births[Slot(machine: machine, kind: kind), default: []]
          .append(
            try #require(clocks[kind])
              .reading(incident.moment, rack: try #require(racks[machine])))
      default: continue
      }
    }
    for (slot, births) in births {
      let clock = try #require(clocks[slot.kind])
        .reading(end, rack: try #require(racks[slot.machine]))
      for birth in births {
        hazard[slot.kind, default: 0] += slot.kind.life.hazard(atSeconds: clock - birth)
      }
    }
    for kind in hazard.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      let expected = hazard[kind] ?? 0
      let band = PoissonBand(mean: expected, confidence: 0.99)
      #expect(band.contains(failures[kind] ?? 0), "\(kind): \(failures[kind] ?? 0) of \(expected)")
    }
    let (count, sum) = (failures.values.reduce(0, +), hazard.values.reduce(0, +))
    #expect(PoissonBand(mean: sum, confidence: 0.99).contains(count), "\(count) of \(sum)")
  }
}

/// The counts that a Poisson number of a mean takes with a probability, as much left out below as above.
struct PoissonBand {
  let low: Int
  let high: Int

  init(mean: Double, confidence: Double) {
    let tail = (1 - confidence) / 2
    var (count, term) = (0, 1.0)
    // Terms relative to that of 0; enough of them that the rest is nothing.
    let terms = (0...Int(mean + 20 * mean.squareRoot() + 40)).map { index -> Double in
      if index > 0 { term *= mean / Double(index) }
      return term
    }
    let sum = terms.reduce(0, +)
    var below = terms[0] / sum
    while below < tail {
      count += 1
      below += terms[count] / sum
    }
    low = count
    while below < 1 - tail {
      count += 1
      below += terms[count] / sum
    }
    high = count
  }

  func contains(_ count: Int) -> Bool { (low...high).contains(count) }
}
