import Quantities
import Randomness
import SimulationKernel

// Spot machines: the sale of the idle rest. They go only where there is room, and when somebody who pays in
// full finds none, they are told to leave, and he starts when they are gone.
extension CloudModel {
  /// Somebody who waits on a host for spot machines to leave.
  struct Claim: Sendable {
    let id: UInt32
    /// The machine that waits; negative if it left meanwhile.
    var waiting: Int32
    /// The spot machines that leave for it.
    var leaving: [Int32]
  }

  /// All who wait on a host, in the order of their coming, and what is held for them and by those who leave.
  struct Notices: Sendable {
    var claims: [Claim] = []
    var held = Resources(repeating: 0)
  }

  mutating func scheduleSpotArrival(_ schedule: inout Schedule<Event>) {
    let gap = spotStream.entity(nextSpot).exponential(0) / parameters.spotPerSecond(shapes)
    schedule.after(.seconds(gap), .spotArrival)
  }

  mutating func arriveSpot(_ schedule: inout Schedule<Event>) {
    deploySpot(&schedule)
    scheduleSpotArrival(&schedule)
  }

  mutating func deploySpot(_ schedule: inout Schedule<Event>) {
    let draws = spotStream.entity(nextSpot)
    nextSpot += 1
    tally.spot.asked += 1
    let shape = shape(of: draws.uniform(1))
    guard let host = place(shape, -1) else {
      tally.spot.refused += 1
      return
    }
    let machine = add(
      Machine(
        host: -1, number: 0, shape: shape, standing: .spot, isPromised: false, deployment: -1,
        account: -1, next: -1, previous: -1),
      on: host)
    schedule.after(
      .seconds(min(3e9, CloudParameters.spotMean.seconds * draws.exponential(2))),
      .departure(machine: machine, number: machines[Int(machine)].number))
  }

  /// A host that has room once spot machines have left it.
  mutating func placeBesideSpot(
    _ shape: UInt8, _ deployment: Int32, except: Int = -1
  ) -> Int? {
    guard let beside else { return nil }
    tally.placements += 1
    return find(shape, deployment, in: beside, except: except)
  }

  /// Takes a spot machine back.
  mutating func interrupt(_ machine: Int32) {
    remove(machine)
    tally.spot.interrupted += 1
  }

  /// Makes room for a machine that has to move, the youngest spot machines first; nil if it would take more.
  mutating func vacate(for machine: Int32, except: Int) -> Int? {
    let moving = machines[Int(machine)]
    guard let host = placeBesideSpot(moving.shape, moving.deployment, except: except) else {
      return nil
    }
    let wanted = resources(of: machine)
    let others = machinesOn(host).filter { machines[Int($0)].standing == .spot }
    let most = others.reduce(index.free[host]) { $0 &+ resources(of: $1) }
    // What is held for somebody who waits there may be in the way.
    guard most.holds(wanted) else { return nil }
    for other in others where !index.free[host].holds(wanted) { interrupt(other) }
    return host
  }

  /// Tells as many spot machines on the host of a machine that waits to leave as it takes, the youngest first.
  mutating func claim(_ machine: Int32, _ schedule: inout Schedule<Event>) {
    let host = Int(machines[Int(machine)].host)
    let others = machinesOn(host).filter { machines[Int($0)].standing == .spot }
    // What is left in the end, if all of these stay; it is enough once nothing of it is negative.
    var left = others.reduce(beside?.free[host] ?? index.free[host]) {
      $0 &- resources(of: $1)
    }
    var leaving: [Int32] = []
    var given = Resources(repeating: 0)
    for other in others where any(left .< 0) {
      machines[Int(other)].standing = .leaving
      leaving.append(other)
      left &+= resources(of: other)
      given &+= resources(of: other)
    }
    tally.spot.noticed += leaving.count
    tally.spot.waited += 1
    let id = nextClaim
    nextClaim += 1
    var notices = notices[Int32(host)] ?? Notices()
    notices.claims.append(Claim(id: id, waiting: machine, leaving: leaving))
    hold(notices, on: host, giving: given)
    schedule.after(CloudParameters.notice, .noticeOver(host: Int32(host), claim: id))
  }

  /// Spot machines leave, and who waited for them starts.
  mutating func endNotice(_ host: Int32, _ claim: UInt32) {
    guard let place = notices[host]?.claims.firstIndex(where: { $0.id == claim }),
      let ended = notices[host]?.claims[place]
    else { return }
    for machine in ended.leaving { interrupt(machine) }
    guard var rest = notices[host] else { return }
    rest.claims.removeAll { $0.id == claim }
    var taken = Resources(repeating: 0)
    if ended.waiting >= 0 {
      taken = resources(of: ended.waiting)
      machines[Int(ended.waiting)].standing = .paid
      use(ended.waiting, 1)
    }
    hold(rest, on: Int(host), taking: taken)
  }

  /// Takes a machine that leaves before its time from those who wait or are waited for.
  mutating func strikeFromNotices(_ machine: Int32) {
    let host = machines[Int(machine)].host
    guard var notices = notices[host] else { return }
    for claim in notices.claims.indices {
      notices.claims[claim].leaving.removeAll { $0 == machine }
      if notices.claims[claim].waiting == machine { notices.claims[claim].waiting = -1 }
    }
    hold(notices, on: Int(host))
  }

  /// Holds on a host what it will need at some moment until the last of those who wait has started.
  ///
  /// All are given the same notice, so they start in the order of their coming: first all who leave are
  /// there, then the first of those who wait and all but those who left for him, and so on. Held is the most,
  /// resource by resource.
  private mutating func hold(
    _ notices: Notices, on host: Int, giving given: Resources = Resources(repeating: 0),
    taking taken: Resources = Resources(repeating: 0)
  ) {
    var notices = notices
    let before = notices.held
    var sum = Resources(repeating: 0)
    for claim in notices.claims {
      sum = claim.leaving.reduce(sum) { $0 &+ resources(of: $1) }
    }
    var most = sum
    for claim in notices.claims {
      sum = claim.leaving.reduce(sum) { $0 &- resources(of: $1) }
      if claim.waiting >= 0 { sum &+= resources(of: claim.waiting) }
      most = pointwiseMax(most, sum)
    }
    notices.held = most
    index.exchange(before &+ given, for: most &+ taken, on: host)
    self.notices[Int32(host)] = notices.claims.isEmpty ? nil : notices
  }
}
