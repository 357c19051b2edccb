import Foundation
import Quantities
import Randomness
import Testing

@testable import SimulationKernel

@Suite struct SimulationTests {
  let end = Moment.origin + .seconds(500)

  func written(_ simulation: Simulation<ToggleModel>) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try encoder.encode(simulation)
  }

  @Test func `events come out in order of time, and of insertion where times are equal`() {
    var queue = EventQueue<Int>()
    // Due times 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5: by hand, a stable sort.
    for (index, due) in [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5].enumerated() {
      queue.push(index, due: Moment(nanoseconds: Int64(due)))
    }
    var order: [Int] = []
    while let next = queue.popFirst(before: .distantFuture) { order.append(next.event) }
    #expect(order == [1, 3, 6, 0, 9, 2, 4, 8, 10, 7, 5])
  }

  @Test func `a queue agrees with a sorted array under random pushes and pops`() {
    let draws = RandomStream(seed: 5, name: "queue").entity(0)
    var draw = 0
    var queue = EventQueue<Int>()
    var sorted: [(due: Int64, sequence: Int)] = []
    for sequence in 0..<3_000 {
      draw += 2
      let due = Int64(draws.bits(draw) % 100)
      queue.push(sequence, due: Moment(nanoseconds: due))
      sorted.append((due, sequence))
      for _ in 0..<draws.bits(draw + 1) % 3 {
        let least = sorted.min { ($0.due, $0.sequence) < ($1.due, $1.sequence) }
        #expect(queue.popFirst(before: .distantFuture)?.event == least?.sequence)
        sorted.removeAll { $0.sequence == least?.sequence }
      }
      #expect(queue.count == sorted.count)
    }
  }

  @Test func `events stay in order when sequence numbers run out`() {
    var queue = EventQueue<Int>()
    queue.nextSequence = .max - 3
    for value in 0..<8 { queue.push(value, due: .origin) }
    #expect(queue.nextSequence == 8)
    #expect(queue.popFirst(before: .distantFuture)?.event == 0)
    queue.nextSequence = .max
    queue.push(8, due: .origin)
    #expect(queue.count == 8)
    for value in 1...8 { #expect(queue.popFirst(before: .distantFuture)?.event == value) }
    #expect(queue.nextDue() == nil)
  }

  @Test func `a run lands on its end, and events due at the end wait`() {
    var simulation = Simulation(model: ToggleModel(), start: .origin)
    simulation.schedule.at(end, .echo(1))
    #expect(simulation.advance(to: end) == 0)
    #expect(simulation.schedule.now == end)
    #expect(simulation.schedule.pendingCount == 1)
  }

  @Test func `running until nothing is left leaves the clock on the last event`() {
    var simulation = Simulation(model: ToggleModel(), start: .origin)
    simulation.schedule.at(end, .echo(1))
    #expect(simulation.advance(to: .distantFuture) == 1)
    #expect(simulation.schedule.now == end)
  }

  @Test(arguments: [1, 7, 100, 65_536])
  func `a run in slices equals a run in one go`(budget: Int) throws {
    var whole = ToggleModel.started()
    let handled = whole.advance(to: end)
    var sliced = ToggleModel.started()
    var total = 0
    while true {
      let some = sliced.advance(to: end, budget: budget)
      total += some
      if some < budget { break }
    }
    #expect(handled > 4_000)
    #expect(total == handled)
    #expect(sliced == whole)
    #expect(try written(sliced) == written(whole))
  }

  @Test func `two half runs are written like one run, wherever the stop falls`() throws {
    var whole = ToggleModel.started()
    _ = whole.advance(to: end)
    for stop in [0.5, 123.456, 499.9] {
      var halves = ToggleModel.started()
      _ = halves.advance(to: .origin + .seconds(stop))
      _ = halves.advance(to: end)
      #expect(try written(halves) == written(whole))
    }
  }

  @Test func `a simulation that was written and read goes on as if it had not been`() throws {
    var original = ToggleModel.started()
    _ = original.advance(to: end, budget: 1_001)
    var read = try JSONDecoder().decode(Simulation<ToggleModel>.self, from: written(original))
    #expect(read == original)
    _ = original.advance(to: end)
    _ = read.advance(to: end)
    #expect(try written(read) == written(original))
  }

  @Test func `a queue whose entries are out of order is refused`() {
    let entry = { (due: Int, sequence: Int) in
      #"{"due":{"nanoseconds":\#(due)},"sequence":\#(sequence),"event":0}"#
    }
    for (entries, next) in [("\(entry(2, 0)),\(entry(1, 1))", 2), (entry(1, 5), 2)] {
      let text = #"{"nextSequence":\#(next),"entries":[\#(entries)]}"#
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(EventQueue<Int>.self, from: Data(text.utf8))
      }
    }
  }
}
