import Quantities
import Randomness
import SimulationKernel
import Testing

@testable import Queueing

@Suite struct SharingStationTests {
  @Test(arguments: [
    QueueParameters(arrivalRate: 0.8, serviceRate: 1, customers: 5_000),
    QueueParameters(arrivalRate: 2.7, serviceRate: 1, servers: 3, customers: 5_000),
    QueueParameters(arrivalRate: 5, serviceRate: 1, servers: 2, customers: 5_000, capacity: 9),
    QueueParameters(
      arrivalRate: 4, serviceRate: 1, servers: 2, customers: 5_000, patience: .seconds(3)),
    QueueParameters(
      arrivalRate: 4, serviceRate: 1, servers: 1, customers: 5_000, capacity: 20,
      patience: .seconds(5)),
    // Work of hours, never empty: virtual time is set back on the way.
    QueueParameters(
      arrivalRate: 1e-3, serviceRate: 1e-4, servers: 2, customers: 5_000, patience: .hours(30)),
  ])
  func `virtual time agrees with reducing everybody's work`(parameters: QueueParameters) throws {
    var shared = parameters
    shared.discipline = .ps
    for service in [1.0, 2.0] {
      let law = Hyperexponential(
        mean: 1 / shared.serviceRate, coefficientOfVariation: service)
      let naive = NaiveSharing(shared, service: law)
      let station = SharingStation(shared, service: law)
      var simulation = Simulation(model: station, start: .origin)
      let first = CustomerStream(shared, service: law).interArrivalTime(of: 0)
      simulation.schedule.after(first, .arrival)
      _ = simulation.advance(to: .distantFuture)

      let totals = simulation.model.record.totals
      #expect(totals.served == naive.responses.count)
      #expect(totals.lost == naive.lost)
      #expect(totals.served + totals.lost == shared.customers)
      // Up to 2 ns late a departure, felt by all who are present.
      let sum = naive.responses.reduce(0, +)
      #expect(abs(Double(totals.responses) * 1e-9 - sum) < 1e-9 * sum + 1e-3)
      let busy =
        Double(simulation.model.record.busy.integral(until: simulation.schedule.now)) * 1e-9
      #expect(abs(busy - naive.busyTime) < 1e-9 * busy + 1e-3)
    }
  }

  @Test func `a heap of tags gives them back in order`() {
    let draws = RandomStream(seed: 1, name: "tags").entity(0)
    var heap = TagHeap()
    for draw in 0..<1_000 { heap.insert(draws.uniform(draw), place: Int32(draw)) }
    heap.subtract(0.25)
    var last = -1.0
    for _ in 0..<1_000 {
      guard let first = heap.first else { break }
      #expect(first.tag >= last)
      #expect(first.tag == draws.uniform(Int(first.place)) - 0.25)
      last = first.tag
      heap.removeFirst()
    }
    #expect(heap.first == nil)
  }
}
