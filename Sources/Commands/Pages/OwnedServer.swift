import Catalogs
import Cloud
import Facility
import Quantities
import Reports
import WorldModel

/// What a server of one's own costs beside its price, as `breakeven` and `runway` reckon it.
struct OwnedServer {
  let server: Catalog.Server
  /// What it costs to buy now.
  let price: Money
  /// What it costs a month beside its price, by cause.
  let running: [(label: String, yearly: Money)]

  /// `Chosen:` the share of their time that servers are to be busy, with headroom for bad minutes.
  static let target = 0.6
  /// `Chosen:` five in a hundred servers need a part of some $250 in a year (4.8 % a year, Azure's inputs in
  /// Lyu et al., OSDI 2023).
  static let repairs = Money.dollars(0.05 * 250)

  /// The server that the arguments name, or the plainest sold.
  /// - Parameter pue: all power over that of the machines.
  init(_ arguments: Arguments, _ world: World, pue: Double = 2) {
    let now = world.now
    server =
      arguments.word("server").flatMap(world.catalog.server)
      ?? Catalog.standard.plainestServer(at: now)
    price = server.price(at: now)
    let watts = server.spec.power.power(at: OwnedServer.target).watts
    let power = watts / 1_000 * 8_760 * pue * world.electricityPrice(at: now).dollars
    // A rack of twenty takes its floor.
    let place = world.site.rent.dollars * RoomThermals.areaPerRack / 20 * 12
    running = [
      ("power, cooling included", .dollars(power)), ("its share of the floor", .dollars(place)),
      ("repairs", OwnedServer.repairs),
    ]
  }

  /// What it costs a month beside its price.
  var upkeep: Money { .dollars(running.reduce(0) { $0 + $1.yearly.dollars } / 12) }

  /// How many of a rented size do its work.
  func rentedForOne(_ size: InstanceType) -> Double {
    Double(server.cores) * server.speed / (Double(size.cores) * size.speed)
  }
}
