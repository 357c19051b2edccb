import Quantities
import SimulationKernel

// Visitors who do not get their page: patience, the second try, and the end of a visit.
extension ShopModel {
  /// The next whole quarter of a second.
  static func onPatienceGrid(_ moment: Moment) -> Moment {
    let grid = patienceGrid.nanoseconds
    let past = moment.nanoseconds % grid
    return past == 0 ? moment : Moment(nanoseconds: moment.nanoseconds + grid - past)
  }

  /// Makes sure that a tick comes no later than `deadline`: one tick for everybody, not one a page.
  mutating func schedulePatienceTick(_ deadline: Moment, _ schedule: inout Schedule<Event>) {
    guard deadline < patienceDue else { return }
    patienceDue = deadline
    schedule.at(deadline, .patience)
  }

  /// Lets everybody leave whose patience is at its end, and looks when the next one's will be.
  mutating func patienceTick(_ schedule: inout Schedule<Event>) {
    let now = schedule.now
    guard now >= patienceDue else { return }
    patienceDue = .distantFuture
    guard requestsInFlight > 0 else { return }
    var next = Moment.distantFuture
    var unseen = requestsInFlight
    for index in visits.indices where visits[index].isInFlight {
      unseen -= 1
      if visits[index].deadline <= now {
        withdraw(Int32(index), &schedule)
        records.minute[.abandoned] += 1
        fail(Int32(index), &schedule)
      } else if visits[index].deadline < next {
        next = visits[index].deadline
      }
      if unseen == 0 { break }
    }
    if next < .distantFuture { schedulePatienceTick(next, &schedule) }
  }

  /// Takes a page out of the station where it is.
  ///
  /// A query that has begun is carried through.
  mutating func withdraw(_ place: Int32, _ schedule: inout Schedule<Event>) {
    let now = schedule.now
    let server = Int(visits[Int(place)].server)
    requestsInFlight -= 1
    occupancy.settle(at: now)
    switch visits[Int(place)].stage {
    case .backlog:
      servers[server].backlog.removeAll { $0 == place }
      servers[server].connections -= 1
      occupancy.atServers -= 1
    case .cores:
      occupancy.atServers -= 1
      occupancy.busyCores -= servers[server].busyCores
      servers[server].advance(to: now)
      servers[server].cores.remove(place)
      occupancy.busyCores += servers[server].busyCores
      releaseWorker(of: server, &schedule)
      scheduleCoresTick(server, &schedule)
    case .dataLine:
      occupancy.inDataLine -= 1
      dataTier.line.removeAll { $0 == place }
      releaseWorker(of: server, &schedule)
    case .data:
      releaseWorker(of: server, &schedule)
    case .uplink where visits[Int(place)].isRemote:
      remoteLine.advance(to: now)
      remoteLine.remove(place)
      scheduleRemoteLineTick(&schedule)
    case .uplink:
      occupancy.onUplink -= 1
      uplink.advance(to: now)
      uplink.remove(place)
      scheduleUplinkTick(&schedule)
    case .reading, .vacant:
      preconditionFailure("visit place \(place) has no page in flight")
    }
    visits[Int(place)].stage = .reading
  }

  /// A page was refused or given up: once the visitor tries again, then leaves.
  mutating func fail(_ place: Int32, _ schedule: inout Schedule<Event>) {
    visits[Int(place)].wasSlow = true
    guard visits[Int(place)].isRetrying else {
      visits[Int(place)].isRetrying = true
      schedule.after(ShopModel.retryDelay, .click(visit: place))
      return
    }
    records.increment(.visitsLost, visitBegunAt: visits[Int(place)].begun)
    end(place)
  }
}
