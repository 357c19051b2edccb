import Quantities
import Testing

@testable import Cloud

/// A rule that scales machines of which each can do so much, with a boot delay.
private struct Plant {
  var rule: Autoscaler
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

@Suite("A rule that scales")
struct AutoscalerTests {
  private func plant(boot: TimeSpan = .minutes(2), cooldown: TimeSpan = .minutes(5)) -> Plant {
    Plant(
      rule: Autoscaler(target: 0.6, minimum: 1, maximum: 100, cooldown: cooldown), running: 1,
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

  @Test("has more machines in the hours of its schedule, and gives them back after it")
  func schedule() {
    var plant = plant()
    plant.rule.schedule = .init(from: 22, to: 2, count: 6)
    var counts: [Int] = []
    for _ in 0..<1_440 {
      counts.append(plant.running + plant.starting.count)
      plant.minute(demand: 0.3)
    }
    // From midnight to two o'clock, and again from 22 on; in between one is enough.
    #expect(counts[1..<120].allSatisfy { $0 == 6 })
    #expect(counts[180..<1_320].allSatisfy { $0 == 1 })
    #expect(counts[1_321..<1_440].allSatisfy { $0 == 6 })
  }

  /// A demand that jumps at eight o'clock and falls at twenty.
  private func daily(_ minute: Int) -> Double {
    (480..<1_200).contains(minute % 1_440) ? 6 : 0.5
  }

  /// Machine-minutes of work that found no machine, on the third day.
  private func lacking(forecast: Bool) -> Double {
    var plant = plant(boot: .minutes(6))
    if forecast { plant.rule.forecast = LoadForecast(lead: .minutes(15)) }
    var sum = 0.0
    for minute in 0..<3 * 1_440 {
      let demand = daily(minute)
      let before = plant.running + plant.starting.count { $0 <= plant.now }
      if minute >= 2 * 1_440 { sum += max(0, demand - Double(before)) }
      plant.minute(demand: demand)
    }
    return sum
  }

  // Without: six machines are asked for after a minute, in steps as the use is seen, each six minutes late.
  @Test("that predicts has machines there when the same hour of yesterday needed them")
  func forecast() {
    #expect(lacking(forecast: false) > 30)
    #expect(lacking(forecast: true) == 0)
  }

  @Test("that predicts expects nothing of what it has not seen")
  func unknown() {
    var forecast = LoadForecast(lead: .hours(1))
    let monday = Moment(year: 2010, month: 1, day: 4)
    #expect(forecast.expected(after: monday) == nil)
    for minute in 0..<61 { forecast.observe(3, at: monday + .minutes(minute)) }
    // The first hour of Monday is known: for Tuesday, and for Monday of next week.
    #expect(forecast.expected(after: monday + .days(1) - .hours(1)) == 3)
    #expect(forecast.expected(after: monday + .days(7) - .hours(1)) == 3)
    #expect(forecast.expected(after: monday + .days(2) - .hours(1)) == nil)
  }

  @Test("that settles gives nothing back until fewer have been enough for so long")
  func stabilization() {
    var plant = plant(cooldown: .minutes(1))
    plant.rule.stabilization = .minutes(10)
    for _ in 0..<30 { plant.minute(demand: 3) }
    #expect(plant.running == 5)
    // Ten minutes of little, and once a peak in between: the clock starts anew.
    let calm = plant.now
    for minute in 0..<19 { plant.minute(demand: minute == 9 ? 3 : 0.3) }
    #expect(plant.running == 5)
    for _ in 0..<30 { plant.minute(demand: 0.3) }
    #expect(plant.running == 1)
    #expect(plant.changes.filter { $0.1 < 0 }.allSatisfy { $0.0 - calm >= .minutes(20) })
  }

  @Test("by steps adds one a little above its target, and three tenths far above it")
  func steps() {
    var plant = plant(boot: .zero, cooldown: .minutes(2))
    plant.rule.reaction = .step
    plant.running = 10
    // 6.5 of 10 machines' work: 65 %.
    plant.minute(demand: 6.5)
    #expect(plant.changes.map(\.1) == [1])
    var far = self.plant(boot: .zero, cooldown: .minutes(2))
    far.rule.reaction = .step
    far.running = 10
    far.minute(demand: 9)
    #expect(far.changes.map(\.1) == [3])
    var below = self.plant(boot: .zero, cooldown: .minutes(2))
    below.rule.reaction = .step
    below.running = 10
    below.minute(demand: 5)
    #expect(below.changes.isEmpty)
    below.minute(demand: 3)
    #expect(below.changes.map(\.1) == [-1])
  }
}
