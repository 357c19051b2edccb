import Cloud
import Quantities

extension World {
  /// Lets the number of machines follow their use.
  /// - Throws: `CloudProblem.noZone`.
  package mutating func scale(
    _ rule: Autoscaler, size: InstanceType, of book: PriceBook, zones: Int = 1, warm: Int = 0
  ) throws(CloudProblem) {
    let present = zoneCount(of: book)
    guard zones <= present else { throw .noZone(present: present) }
    let place = accountPlace(book.id)
    accounts[place].scaling = CloudAccount.Scaling(
      rule: rule, size: size.id, zones: zones, warm: warm, looked: now.startOfMinute)
  }

  /// Lets the number of machines stay as it is.
  package mutating func stopScaling(_ provider: String) {
    accounts[accountPlace(provider)].scaling = nil
  }

  /// Machines of a rule, by where they are with it.
  private struct Group {
    /// Those that serve.
    var serving: [Int] = []
    /// Those that will.
    var starting: [Int] = []
    /// Those that wait without visitors, and have started.
    var warm: [Int] = []
    /// Those that wait, started or not.
    var waiting = 0
    /// Those that stand in a zone that is down.
    var lost: [Int] = []
  }

  private func group(_ account: CloudAccount, _ size: String) -> Group {
    var group = Group()
    let down = account.outages.map(\.zone)
    for index in machines.indices where machines[index].model == size {
      guard let rental = machines[index].rental, rental.provider == account.provider else {
        continue
      }
      if down.contains(rental.zone) {
        group.lost.append(index)
      } else if rental.isWarm {
        group.waiting += 1
        if machines[index].startsAt == nil { group.warm.append(index) }
      } else if machines[index].isUp, rental.takenAt == nil {
        group.serving.append(index)
      } else if rental.takenAt == nil {
        group.starting.append(index)
      }
    }
    return group
  }

  /// Lets a rule look, once a minute.
  mutating func look(_ place: Int) {
    guard let looked = accounts[place].scaling?.looked, looked + .minutes(1) <= now,
      let size = accounts[place].scaling?.size
    else { return }
    let group = group(accounts[place], size)
    let utilization = utilization(of: group.serving, place)
    guard var scaling = accounts[place].scaling else { return }
    let change = scaling.rule.decide(
      at: now, utilization: utilization, running: group.serving.count,
      starting: group.starting.count)
    accounts[place].scaling = scaling
    guard let book = catalog.priceBook(accounts[place].provider), let type = book.instance(size)
    else { return }
    if change > 0 {
      grow(by: change, place, type, book, group)
    } else if change < 0 {
      for _ in 0..<(-change) { giveBackLast(place, size) }
      setRemoteLine()
    }
    scaling = accounts[place].scaling ?? scaling
    let missing = scaling.warm - self.group(accounts[place], size).waiting
    if missing > 0 { startMachines(missing, place, type, book, isWarm: true) }
  }

  /// The share of their time that machines were busy since the last look.
  private mutating func utilization(of serving: [Int], _ place: Int) -> Double {
    guard let scaling = accounts[place].scaling else { return 0 }
    let times = shop?.busyTimes ?? []
    var (busy, there) = (0.0, 0.0)
    var worked: [Int: TimeSpan] = [:]
    for index in serving where index < times.count {
      let number = machines[index].number
      worked[number] = times[index]
      // One that came within the minute says nothing yet.
      guard let before = scaling.worked[number] else { continue }
      busy += (times[index] - before).seconds
      there += (now - scaling.looked).seconds * Double(machines[index].cores)
    }
    accounts[place].scaling?.worked = worked
    accounts[place].scaling?.looked = now
    return there > 0 ? min(1, busy / there) : 0
  }

  /// Takes machines that wait, and starts others for what they do not do.
  private mutating func grow(
    by count: Int, _ place: Int, _ size: InstanceType, _ book: PriceBook, _ group: Group
  ) {
    let ready = group.warm.prefix(count)
    for index in ready {
      machines[index].rental?.isWarm = false
      machines[index].isUp = true
      shop?.setServer(index, isUp: true)
    }
    startMachines(count - ready.count, place, size, book, isWarm: false)
  }

  /// Starts machines in the zones of the rule that are up, where the fewest stand.
  ///
  /// Machines in a zone that is down are given up for the new ones; where the quota is reached, or the size is
  /// not for rent any more, what is there stays.
  private mutating func startMachines(
    _ count: Int, _ place: Int, _ size: InstanceType, _ book: PriceBook, isWarm: Bool
  ) {
    guard count > 0, book.isOpen(at: now), size.hourly.at(now) != nil,
      let scaling = accounts[place].scaling
    else { return }
    let provider = accounts[place].provider
    let down = accounts[place].outages.map(\.zone)
    let zones = (0..<scaling.zones).filter { !down.contains($0) }
    guard !zones.isEmpty else { return }
    for _ in 0..<count {
      giveUpLost(group(accounts[place], size.id).lost)
      guard quota(of: book, against: 1, size) == nil else { break }
      let counts = zones.map { zone in
        machines.count { $0.rental?.provider == provider && $0.rental?.zone == zone }
      }
      let fewest = zip(zones, counts).min { $0.1 < $1.1 }?.0 ?? 0
      start(size, of: book, zone: fewest, isWarm: isWarm)
    }
    setRemoteLine()
  }

  /// Gives up the newest machine in a zone that is down; never the one with the orders.
  private mutating func giveUpLost(_ lost: [Int]) {
    guard let index = lost.last(where: { machines[$0].number != entrance?.orders }) else { return }
    endRental(index)
  }

  /// Gives back the machine that came last, in the zone with the most.
  private mutating func giveBackLast(_ place: Int, _ size: String) {
    let group = group(accounts[place], size)
    func crowd(_ zone: Int?) -> Int { group.serving.count { machines[$0].rental?.zone == zone } }
    let most = group.serving.map { crowd(machines[$0].rental?.zone) }.max()
    guard let index = group.serving.last(where: { crowd(machines[$0].rental?.zone) == most }) else {
      return
    }
    leave(machines[index].number)
    endRental(index)
  }
}
