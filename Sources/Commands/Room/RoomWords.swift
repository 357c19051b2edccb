import Facility
import Quantities
import Reports
import WorldModel

/// The parts and events of a room in words.
struct RoomWords {
  private let room: MachineRoom

  init(_ room: MachineRoom) { self.room = room }

  private func feed(_ index: Int) -> String { "feed \(room.room.feeds[index].plan.name)" }
  private func rack(_ index: Int) -> String { room.room.racks[index].plan.name }

  /// A part, as it stands in the middle of a sentence.
  func name(_ part: RoomPart) -> String {
    switch part {
    case .utility: "the power company's line"
    case .feed(let index): "the switchgear of \(feed(index))"
    case .ups(let index): "the UPS of \(feed(index))"
    case .generator(let index): "the generator of \(feed(index))"
    case .feedBreaker(let index): "the breaker of \(feed(index))"
    case .rackBreaker(let index, let cord):
      room.room.racks[index].cords.count > 1
        ? "the breaker of \(rack(index))'s cord \(cord + 1)" : "the breaker of \(rack(index))"
    case .coolingUnit(let index): "cooling unit \(index + 1)"
    }
  }

  /// What happened, as a clause.
  func clause(_ occurrence: RoomEvent.Occurrence) -> String {
    switch occurrence {
    case .failed(let part): "\(name(part)) failed"
    case .repaired(let part): "\(name(part)) was put in order"
    case .installed(let part): "\(name(part)) was connected"
    case .rackInstalled(let index): "\(rack(index)) was put up"
    case .rackConnected(let index): "\(rack(index)) was plugged in anew"
    case .mainsLost(let index): "\(feed(index)) lost its power"
    case .mainsRestored(let index): "\(feed(index)) had its power again"
    case .generatorStarting(let index): "the generator of \(feed(index)) was told to start"
    case .generatorStarted(let index): "the generator of \(feed(index)) delivered"
    case .generatorStopped(let index): "the generator of \(feed(index)) stopped"
    case .fuelExhausted(let index): "the generator of \(feed(index)) ran out of fuel"
    case .batteryEngaged(let index): "the battery of \(feed(index)) took over"
    case .batteryExhausted(let index): "the battery of \(feed(index)) was empty"
    case .batteryRecharged(let index): "the battery of \(feed(index)) was full again"
    case .feedBreakerTripped(let index): "the breaker of \(feed(index)) tripped from overload"
    case .rackBreakerTripped(let index, _): "the breaker of \(rack(index)) tripped from overload"
    case .feedDark(let index): "\(feed(index)) gave no power to the racks"
    case .feedRestored(let index): "\(feed(index)) gave power to the racks again"
    case .rackDark(let index): "\(rack(index)) went dark"
    case .rackPowered(let index): "\(rack(index)) had power again"
    case .coolingStopped(let unit): "cooling unit \(unit + 1) stopped"
    case .coolingStarted(let unit): "cooling unit \(unit + 1) cooled again"
    case .coolingAtCapacity: "the cooling that ran was at its limit"
    case .coolingRecovered: "the cooling had something left again"
    case .throttled(let index, let group): "\(machines(index, group)) slowed down, too hot"
    case .unthrottled(let index, let group): "\(machines(index, group)) ran at full speed again"
    case .tripped(let index, let group):
      "\(machines(index, group)) switched themselves off, too hot"
    case .restarted(let index, let group): "\(machines(index, group)) were switched on"
    }
  }

  private func machines(_ rack: Int, _ group: Int) -> String {
    let groups = room.room.racks[rack].groups
    let count = group < groups.count ? groups[group].count : 0
    return count == 1
      ? "the machine in \(self.rack(rack))" : "the \(count) machines in \(self.rack(rack))"
  }

  /// An event as a sentence: `14:03: r3 went dark`.
  func sentence(_ event: RoomEvent) -> String {
    "\(event.moment.clockText): \(clause(event.occurrence))."
  }

  /// Why something happened, from it down to its first cause, a line each.
  func chain(_ event: RoomEvent) -> [String] {
    room.room.chain(of: event.id).enumerated().map { index, link in
      let words = "\(clause(link.occurrence)) at \(link.moment.clockText)"
      return index == 0 ? words.capitalizedFirst : "because \(words)"
    }
  }
}

extension World {
  /// What lost visits would have brought: `some 2.8 orders, $194 of sales`.
  func lostOrders(visits: Int) -> String {
    let lost = lostSales(visitsLost: visits)
    return "some \(QuantityText.significant(lost.orders, 2)) orders, "
      + "\(FactValue.money(lost.sales).text) of sales"
  }
}

extension Moment {
  /// The last whole second, minute or hour of the day up to this moment.
  func whole(_ span: TimeSpan) -> Moment {
    self - TimeSpan(nanoseconds: timeOfDay.nanoseconds % span.nanoseconds)
  }

  /// The time of day, with seconds where they are not zero: `14:03`, `14:03:09`.
  var clockText: String {
    let seconds = Int(timeOfDay.nanoseconds / 1_000_000_000)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(seconds / 3_600)):\(two(seconds / 60 % 60))"
    return seconds % 60 == 0 ? clock : clock + ":\(two(seconds % 60))"
  }
}
