import Quantities
import Testing

@testable import Cloud

/// A rule that scales machines of which each can do so much, with a boot delay.
private struct Plant {
  var rule: TargetTracking
  var running: Int
  var starting: [Moment] = []
  var now = Moment(year: 2010, month: 1, day: 4)
  let boot: TimeSpan
  var changes: [(Moment, Int)] = []

  /// Lets a minute pass in which the demand is so many machines' full work.
  mutating func minute(demand: Double) {
    running += starting.count { $0 <= now }
    starting.removeAll { $0 <= now }
    let utilization = running == 0 ? 0 : min(1, demand / Double(running))
    let change = rule.decide(
      at: now, utilization: utilization, running: running, starting: starting.count)
    if change != 0 { changes.append((now, change)) }
    if change > 0 {
      for _ in 0..<change { starting.append(now + boot) }
    } else {
      running += change
    }
    now += .minutes(1)
  }
}

@Suite("Target tracking")
struct TargetTrackingTests {
  private func plant(boot: TimeSpan = .minutes(2), cooldown: TimeSpan = .minutes(5)) -> Plant {
    Plant(
      rule: TargetTracking(target: 0.6, minimum: 1, maximum: 100, cooldown: cooldown), running: 1,
      boot: boot)
  }

  @Test(
    "comes to the fewest machines that keep the target, and stays", arguments: [0.5, 3, 7.2, 30])
  func steadyState(demand: Double) {
    var plant = plant()
    for _ in 0..<600 { plant.minute(demand: demand) }
    let needed = Int((demand / 0.6).rounded(.up))
    #expect(plant.running == max(1, needed))
    #expect(plant.starting.isEmpty)
    // Nothing was changed in the last five hours.
    #expect(plant.changes.allSatisfy { $0.0 < plant.now - .hours(5) })
  }

  @Test("does not ask again for what is starting, however long that takes")
  func bootDelay() {
    var plant = plant(boot: .minutes(30), cooldown: .minutes(1))
    for _ in 0..<25 { plant.minute(demand: 3) }
    // One machine is fully busy: it asks for two, and for no more while they start.
    #expect(plant.changes.map(\.1) == [1])
  }

  @Test("waits for its cooldown after each change, up and down")
  func cooldown() {
    var plant = plant(cooldown: .minutes(10))
    for step in 0..<2_000 { plant.minute(demand: step / 200 % 2 == 0 ? 12 : 2) }
    for (first, second) in zip(plant.changes, plant.changes.dropFirst()) {
      #expect(second.0 - first.0 >= .minutes(10))
    }
    #expect(plant.changes.contains { $0.1 > 0 } && plant.changes.contains { $0.1 < 0 })
  }

  @Test("goes down to nothing only where nobody comes")
  func toNothing() {
    var plant = plant()
    plant.rule.minimum = 0
    for _ in 0..<60 { plant.minute(demand: 0.01) }
    #expect(plant.running == 1)
    for _ in 0..<60 { plant.minute(demand: 0) }
    #expect(plant.running == 0)
  }

  @Test("stays within its bounds, and comes back to them at once")
  func bounds() {
    var plant = plant()
    plant.rule.maximum = 4
    for _ in 0..<300 { plant.minute(demand: 50) }
    #expect(plant.running == 4)
    plant.rule.minimum = 6
    plant.rule.maximum = 8
    plant.minute(demand: 0)
    #expect(plant.running + plant.starting.count == 6)
  }
}
