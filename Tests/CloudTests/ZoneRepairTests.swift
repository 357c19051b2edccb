import Quantities
import SimulationKernel
import Testing

@testable import Cloud

@Suite("A host in repair while its zone is dark")
struct ZoneRepairTests {
  private func simulation() throws -> Simulation<CloudModel<BestFit>> {
    let host = Resources(cores: 32, memoryGB: 160, diskGB: 8_000, megabits: 10_000)
    let parameters = CloudParameters(
      hosts: 9, capacity: host, days: 20, arrivals: 30, policy: .bestFit, failuresPerYear: 0,
      maintenanceDays: 0, outage: .init(zone: 0, begins: .days(8), lasts: .hours(4)), plant: .hall,
      seed: 1)
    let start = Moment(year: 2007, month: 1, day: 1)
    var simulation = Simulation(
      model: CloudModel<BestFit>(parameters, shapes: VirtualShape.usual),
      start: start)
    simulation.model.start(&simulation.schedule) {}
    return simulation
  }

  @Test("stays down when the zone comes back, until it is in order")
  func staysDown() throws {
    var simulation = try simulation()
    simulation.model.setUp(false, host: 0)
    simulation.model.beginRepair(0, &simulation.schedule)
    simulation.model.setZone(0, isUp: false, &simulation.schedule)
    #expect(simulation.model.index.isDown(3))
    simulation.model.setZone(0, isUp: true, &simulation.schedule)
    #expect(simulation.model.index.isDown(0) && !simulation.model.index.isDown(3))
    simulation.model.endRepair(0)
    #expect(!simulation.model.index.isDown(0))
    #expect(simulation.model.faults == [])
  }

  @Test("that is in order before the zone is comes back with the zone")
  func waits() throws {
    var simulation = try simulation()
    simulation.model.setUp(false, host: 0)
    simulation.model.beginRepair(0, &simulation.schedule)
    simulation.model.setZone(0, isUp: false, &simulation.schedule)
    simulation.model.endRepair(0)
    #expect(simulation.model.index.isDown(0))
    simulation.model.setZone(0, isUp: true, &simulation.schedule)
    #expect(!simulation.model.index.isDown(0))
    #expect(simulation.model.faults == [])
  }
}
