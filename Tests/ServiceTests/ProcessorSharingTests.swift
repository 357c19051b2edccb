import Quantities
import Randomness
import Testing

@testable import Service

/// Processor sharing as the textbook defines it: every job's own remaining work, all of it looked at
/// whenever anything happens.
private struct NaiveSharing {
  var capacity: Double
  var jobRate: Double
  var jobs: [(id: Int32, left: Double)] = []
  var time = 0.0

  var rate: Double { min(jobRate, capacity / Double(jobs.count)) }

  /// Works until `end` and returns who finished when.
  mutating func work(until end: Double) -> [(id: Int32, at: Double)] {
    var finished: [(id: Int32, at: Double)] = []
    while let first = jobs.map(\.left).min(), time + first / rate <= end {
      let span = first / rate
      for index in jobs.indices { jobs[index].left -= first }
      time += span
      for job in jobs where job.left <= 1e-9 { finished.append((job.id, time)) }
      jobs.removeAll { $0.left <= 1e-9 }
    }
    for index in jobs.indices { jobs[index].left -= (end - time) * rate }
    time = end
    return finished
  }
}

private func moment(_ nanoseconds: Double) -> Moment { Moment(nanoseconds: Int64(nanoseconds)) }

/// Works until `end`, tick by tick, and returns who finished when.
private func work(
  _ station: inout ProcessorSharing, until end: Double, tick: inout Moment?
) -> [(id: Int32, at: Double)] {
  var finished: [(id: Int32, at: Double)] = []
  while let due = tick, due <= moment(end) {
    station.tickCame(at: due)
    station.advance(to: due)
    while let id = station.popFinished() { finished.append((id, Double(due.nanoseconds))) }
    tick = station.tickToSchedule()
  }
  station.advance(to: moment(end))
  return finished
}

@Suite("A station that shares its speed among its jobs")
struct ProcessorSharingTests {
  @Test("finishes every job when the naive calculation does", arguments: [1.0, 2.0, 4.0])
  func agreesWithNaive(cores: Double) throws {
    var station = ProcessorSharing(capacity: cores, jobRate: 1, now: .origin)
    var naive = NaiveSharing(capacity: cores, jobRate: 1)
    let stream = RandomStream(seed: 7, name: "jobs")
    var tick: Moment?
    var expected: [Int32: Double] = [:]
    var actual: [Int32: Double] = [:]
    var clock = 0.0
    // Means: a job every millisecond with 0.9 ms of work for each core: lines form and dissolve.
    for job in 0..<2_000 {
      let draws = stream.entity(job)
      clock += Double(Int(1e6 * draws.exponential(0))) + 1
      for done in naive.work(until: clock) { expected[done.id] = done.at }
      for done in work(&station, until: clock, tick: &tick) { actual[done.id] = done.at }
      let amount = 0.9e6 * cores * draws.exponential(1)
      naive.jobs.append((Int32(job), amount))
      station.add(Int32(job), work: amount)
      tick = [tick, station.tickToSchedule()].compactMap { $0 }.min()
    }
    for done in naive.work(until: clock + 1e10) { expected[done.id] = done.at }
    for done in work(&station, until: clock + 1e10, tick: &tick) { actual[done.id] = done.at }
    #expect(expected.count == 2_000)
    #expect(actual.count == 2_000)
    // Moments are whole nanoseconds and a tick is up to two late. While a line lasts the delays add
    // up over those who leave it: some hundred jobs, less than a thousandth of one job's work.
    let worst = (Int32(0)..<2_000).map {
      abs(actual[$0, default: -1] - expected[$0, default: -9e9])
    }
    .max()
    #expect(try #require(worst) <= 900)
  }

  @Test("lets two jobs of 100 s each finish after 200 s")
  func twoEqualJobs() {
    var station = ProcessorSharing(capacity: 1, jobRate: 1, now: .origin)
    station.add(1, work: 100e9)
    station.add(2, work: 100e9)
    let due = station.tickToSchedule()
    #expect(due == Moment(nanoseconds: 200_000_000_002))
  }

  @Test("keeps the work that is done when its speed is halved")
  func halvedSpeed() {
    var station = ProcessorSharing(capacity: 1, jobRate: 1, now: .origin)
    station.add(1, work: 100e9)
    _ = station.tickToSchedule()
    station.advance(to: .origin + .seconds(50))
    station.setRates(capacity: 0.5, jobRate: 0.5)
    // The tick for 100 s is pending, comes early and only looks.
    #expect(station.tickToSchedule() == nil)
    let early = Moment.origin + .seconds(100) + TimeSpan(nanoseconds: 2)
    station.tickCame(at: early)
    station.advance(to: early)
    #expect(station.popFinished() == nil)
    #expect(station.tickToSchedule() == Moment(nanoseconds: 150_000_000_002))
  }

  @Test("works faster on the others when one job is taken out")
  func removal() {
    var station = ProcessorSharing(capacity: 1, jobRate: 1, now: .origin)
    station.add(1, work: 100e9)
    station.add(2, work: 300e9)
    station.advance(to: .origin + .seconds(100))
    station.remove(1)
    #expect(station.count == 1)
    // Job 2 has 50 of its 300 s behind it and now has the station alone.
    #expect(station.tickToSchedule() == Moment(nanoseconds: 350_000_000_002))
  }

  @Test("does not lose a nanosecond's work in a busy period of a year")
  func longBusyPeriod() {
    var station = ProcessorSharing(capacity: 1, jobRate: 1, now: .origin)
    let day = 86_400e9
    station.add(0, work: 1_000 * day)
    station.add(1, work: 1_000 * day)
    for hour in 1...8_760 { station.advance(to: .origin + .hours(hour)) }
    station.add(2, work: 1)
    // One of three: a nanosecond of work takes three.
    let due = station.tickToSchedule()
    #expect(due == .origin + .hours(8_760) + TimeSpan(nanoseconds: 5))
  }

  @Test("never finishes anything at speed zero, and goes on afterwards")
  func speedZero() {
    var station = ProcessorSharing(capacity: 0, jobRate: 0, now: .origin)
    station.add(1, work: 10)
    #expect(station.tickToSchedule() == nil)
    station.advance(to: .origin + .hours(1))
    #expect(station.popFinished() == nil)
    station.setRates(capacity: 1, jobRate: 1)
    #expect(station.tickToSchedule() == .origin + .hours(1) + TimeSpan(nanoseconds: 12))
  }
}
