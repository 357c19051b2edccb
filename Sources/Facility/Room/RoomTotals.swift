import Quantities

/// The running sums of a room in joules and litres: plain numbers, for the hot loop.
struct RoomTotals: Hashable, Sendable, Codable {
  var utility = 0.0
  var generators = 0.0
  var batteries = 0.0
  var machines = 0.0
  var machineFans = 0.0
  var distribution = 0.0
  var ups = 0.0
  var charging = 0.0
  var transformers = 0.0
  var coolingFans = 0.0
  var compressors = 0.0
  var roomHeat = 0.0
  var envelope = 0.0
  var heatRemoved = 0.0
  var freeCooling = 0.0
  var water = 0.0
  var fuel = 0.0

  func accounts(at moment: Moment) -> RoomAccounts {
    var accounts = RoomAccounts(moment: moment)
    accounts.utility = Energy(joules: utility)
    accounts.generators = Energy(joules: generators)
    accounts.batteries = Energy(joules: batteries)
    accounts.machines = Energy(joules: machines)
    accounts.machineFans = Energy(joules: machineFans)
    accounts.distribution = Energy(joules: distribution)
    accounts.ups = Energy(joules: ups)
    accounts.charging = Energy(joules: charging)
    accounts.transformers = Energy(joules: transformers)
    accounts.coolingFans = Energy(joules: coolingFans)
    accounts.compressors = Energy(joules: compressors)
    accounts.roomHeat = Energy(joules: roomHeat)
    accounts.envelope = Energy(joules: envelope)
    accounts.heatRemoved = Energy(joules: heatRemoved)
    accounts.freeCooling = Energy(joules: freeCooling)
    accounts.water = .liters(water)
    accounts.fuel = .liters(fuel)
    return accounts
  }
}
