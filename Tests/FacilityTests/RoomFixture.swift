import Facility
import Quantities

/// When the rooms of the tests begin.
let roomStart = Moment(year: 2004, month: 1, day: 1)

/// A feed with a UPS and, if asked, a generator.
func feed(
  _ name: String = "A", utility: Int = 0, rating: Power = .kilowatts(20),
  runtime: TimeSpan = .minutes(7), generator: Generator? = nil, hasUPS: Bool = true
) -> FeedPlan {
  FeedPlan(
    name: name, utility: utility, rating: rating, generator: generator,
    ups: hasUPS ? UPS(rating: rating, fullLoadRuntime: runtime, standsInRoom: true) : nil)
}

/// Two dozen kilowatts of cooling, supply and set point 20 °C.
func unit(
  _ capacity: Power = .kilowatts(24), feed: Int = 0, hasEconomizer: Bool = false,
  rejection: HeatRejection = .dry(approach: .init(kelvin: 10))
) -> CoolingUnit {
  CoolingUnit(
    capacity: capacity, setPoint: Temperature(celsius: 20), supply: Temperature(celsius: 18),
    rejection: rejection, hasEconomizer: hasEconomizer, feed: feed)
}

/// Forty servers of 2004 in two racks, one feed, one cooling unit: what the shop may grow to.
func shopRoom(
  climate: Climate = .washington(seed: 1), containment: Containment = .aisles,
  feeds: [FeedPlan] = [feed()], cooling: [CoolingUnit] = [unit()], rackFeeds: [Int] = [0],
  outages: [Outage] = []
) throws -> Room {
  let racks = ["r1", "r2"].map { RackPlan(name: $0, feeds: rackFeeds) }
  var room = Room(
    plan: RoomPlan(
      thermals: .places(2, envelope: .init(wattsPerKelvin: 50)), containment: containment,
      feeds: feeds, cooling: cooling, racks: racks, climate: climate, outages: outages),
    start: roomStart)
  for rack in 0..<2 { try room.place(.volume2004, count: 20, rack: rack) }
  return room
}

/// A busy day and a quiet night, by five minutes.
func dailyLoad(_ moment: Moment) -> Double {
  let hour = Double(moment.hour)
  return hour < 6 ? 0.1 : hour < 18 ? 0.3 + hour / 60 : 0.5 - (hour - 18) / 20
}

/// Runs a room to a moment with a load for each five minutes.
@discardableResult
func run(_ room: inout Room, to end: Moment, load: (Moment) -> Double = dailyLoad) -> [RoomEvent] {
  var events: [RoomEvent] = []
  while room.now < end {
    let next = min(end, room.now + .minutes(5))
    events += room.advance(to: next, loads: .uniform(load(room.now)))
  }
  return events
}

/// Whether two numbers agree to a relative error.
func agree(_ a: Double, _ b: Double, within relative: Double) -> Bool {
  abs(a - b) <= relative * max(abs(a), abs(b))
}
