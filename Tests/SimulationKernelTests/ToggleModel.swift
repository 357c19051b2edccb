import Quantities
import Randomness

@testable import SimulationKernel

/// A model with enough going on to notice a lost or reordered event: sources that fire at random
/// spans, and now and then two at the same moment.
struct ToggleModel: Model, Codable, Equatable {
  enum Event: Codable, Equatable {
    case fire(Int32)
    case echo(Int32)
  }

  var fired: [Int] = Array(repeating: 0, count: 8)
  var checksum: UInt64 = 0

  mutating func handle(_ event: Event, _ schedule: inout Schedule<Event>) {
    let draws: RandomDraws
    switch event {
    case .fire(let source):
      let index = Int(source)
      fired[index] += 1
      draws = RandomStream(seed: 7, name: "toggle").entity(index)
      schedule.after(.seconds(draws.exponential(fired[index])), .fire(source))
      if fired[index] % 3 == 0 { schedule.after(.zero, .echo(source)) }
      if fired[index] % 5 == 0 { schedule.after(.seconds(1), .echo(source)) }
      checksum = checksum &* 31 &+ UInt64(source) &+ 1
    case .echo(let source):
      checksum = checksum &* 37 &+ UInt64(source) &+ 11
    }
  }

  static func started() -> Simulation<ToggleModel> {
    var simulation = Simulation(model: ToggleModel(), start: .origin)
    for source in 0..<8 { simulation.schedule.at(.origin, .fire(Int32(source))) }
    return simulation
  }
}
