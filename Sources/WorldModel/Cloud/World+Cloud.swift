import Catalogs
import Cloud
import Quantities
import Service

extension World {
  /// `Chosen:` as many machines as a new customer may have at once, as the first providers had it.
  package static let quota = 20

  /// The account at a provider, or nil.
  package func account(_ provider: String) -> CloudAccount? {
    accounts.first { $0.provider == provider }
  }

  /// Rents machines, which serve once they have started.
  /// - Throws: `WorldProblem.noShop`, `CloudProblem`.
  package mutating func rent(
    _ size: InstanceType, of book: PriceBook, count: Int, isSpot: Bool = false
  ) throws {
    guard shop != nil else { throw WorldProblem.noShop }
    guard book.isOpen(at: now), size.hourly.at(now) != nil,
      !isSpot || book.spot.at(now) != nil
    else { throw CloudProblem.notForRent(size.id) }
    guard machines.count(where: { $0.rental?.provider == book.id }) + count <= World.quota else {
      throw CloudProblem.quota(World.quota)
    }
    let place = accountPlace(book.id)
    for _ in 0..<count {
      accounts[place].usage.runs.append(
        InstanceRun(type: size.id, started: now, isSpot: isSpot))
      shop?.addRemoteServer(ServerModel(id: size.id, cores: size.cores, speed: size.speed))
      machines.append(
        OwnedMachine(
          number: nextMachine, size: size, at: now,
          rental: Rental(provider: book.id, run: accounts[place].usage.runs.count - 1),
          startsAt: now + (book.boot.at(now)?.value ?? .zero)))
      nextMachine += 1
    }
    setRemoteLine()
  }

  /// Gives machines back, those that came last first.
  /// - Throws: `CloudProblem`.
  package mutating func release(_ size: String, count: Int) throws(CloudProblem) {
    let present = machines.count { $0.rental != nil && $0.model == size }
    guard count <= present else { throw .tooFew(size, present: present) }
    for _ in 0..<count {
      guard
        let last = machines.lastIndex(where: { $0.rental != nil && $0.model == size }),
        let rental = machines[last].rental
      else { return }
      accounts[accountPlace(rental.provider)].usage.runs[rental.run].ended = now
      shop?.removeServer(at: last)
      forgetMachine(last)
    }
    setRemoteLine()
  }

  /// Lets the host under the oldest rented machine fail: the machine is gone, and its time is over.
  /// - Returns: the size of the machine.
  /// - Throws: `CloudProblem.noAccount` if none is rented.
  package mutating func failHost() throws(CloudProblem) -> String {
    guard let index = machines.firstIndex(where: { $0.rental != nil }),
      let rental = machines[index].rental
    else { throw .noAccount }
    let size = machines[index].model
    accounts[accountPlace(rental.provider)].usage.runs[rental.run].ended = now
    shop?.removeServer(at: index)
    forgetMachine(index)
    setRemoteLine()
    return size
  }

  /// Buys a reservation; it is on the month's bill.
  /// - Throws: `CloudProblem.notOffered`.
  package mutating func reserve(
    _ offer: ReservationOffer, of book: PriceBook, count: Int
  ) throws(CloudProblem) {
    guard offer.isOffered(at: now) else { throw .notOffered(offer.id) }
    let place = accountPlace(book.id)
    for _ in 0..<count {
      accounts[place].usage.reservations.append(Reservation(offer: offer.id, bought: now))
    }
  }

  /// Lets the number of machines follow their use, or no longer.
  package mutating func scale(_ rule: TargetTracking?, size: InstanceType, of book: PriceBook) {
    let place = accountPlace(book.id)
    accounts[place].scaling = rule.map {
      CloudAccount.Scaling(rule: $0, size: size.id, looked: now.startOfMinute)
    }
  }

  private mutating func accountPlace(_ provider: String) -> Int {
    if let place = accounts.firstIndex(where: { $0.provider == provider }) { return place }
    accounts.append(CloudAccount(provider: provider))
    accounts[accounts.count - 1].sentBefore = sentRemotely
    return accounts.count - 1
  }

  /// What all rented servers together can send.
  private mutating func setRemoteLine() {
    let rate = machines.reduce(0.0) { sum, machine in
      guard let rental = machine.rental,
        let size = catalog.priceBook(rental.provider)?.instance(machine.model)
      else { return sum }
      return sum + size.network.bytesPerSecond
    }
    if rate > 0 { shop?.setRemoteLine(DataRate(bytesPerSecond: rate)) }
  }
}

// MARK: - Time

extension World {
  /// When something is due at a provider.
  var nextCloudDue: Moment? {
    guard !accounts.isEmpty else { return nil }
    var due: Moment?
    func consider(_ moment: Moment) {
      if moment > now { due = min(due ?? moment, moment) }
    }
    for machine in machines where machine.rental != nil {
      if let start = machine.startsAt { consider(start) }
    }
    for case let scaling? in accounts.map(\.scaling) { consider(scaling.looked + .minutes(1)) }
    return due
  }

  /// Switches on what has started, and lets rules look.
  mutating func settleCloud() {
    guard !accounts.isEmpty else { return }
    for index in machines.indices where machines[index].rental != nil {
      guard let start = machines[index].startsAt, start <= now else { continue }
      machines[index].startsAt = nil
      machines[index].isUp = true
      shop?.setServer(index, isUp: true)
    }
    for place in accounts.indices { look(place) }
  }

  private mutating func look(_ place: Int) {
    guard var scaling = accounts[place].scaling, scaling.looked + .minutes(1) <= now else { return }
    let provider = accounts[place].provider
    let mine = machines.indices.filter {
      machines[$0].rental?.provider == provider && machines[$0].model == scaling.size
    }
    let serving = mine.filter { machines[$0].isUp }
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
    scaling.worked = worked
    scaling.looked = now
    let change = scaling.rule.decide(
      at: now, utilization: there > 0 ? min(1, busy / there) : 0, running: serving.count,
      starting: mine.count - serving.count)
    accounts[place].scaling = scaling
    guard change != 0, let book = catalog.priceBook(provider),
      let size = book.instance(scaling.size)
    else { return }
    if change > 0 {
      let rented = machines.count { $0.rental?.provider == provider }
      let count = min(change, World.quota - rented)
      do {
        if count > 0 { try rent(size, of: book, count: count) }
      } catch {
        // It is not for rent any more: what is there stays.
        return
      }
    } else {
      do throws(CloudProblem) {
        try release(scaling.size, count: -change)
      } catch {
        preconditionFailure("a rule gives back what is not there: \(error)")
      }
    }
  }
}

// MARK: - Bills

extension World {
  /// What rented servers have sent so far, bytes.
  private var sentRemotely: Double { shop?.accounts.total.dataSentRemotely.bytes ?? 0 }

  /// The bill of the month that is under way, so far.
  package func billSoFar(_ account: CloudAccount) -> Invoice {
    let month = now.startOfMonth
    return invoice(account, month: month, until: max(now, month + TimeSpan(nanoseconds: 1)))
  }

  private func invoice(_ account: CloudAccount, month: Moment, until end: Moment) -> Invoice {
    guard let book = catalog.priceBook(account.provider) else {
      preconditionFailure("an account at '\(account.provider)', which no catalog has")
    }
    var usage = account.usage
    usage.egressGigabytes = (sentRemotely - account.sentBefore) / 1e9
    return book.invoice(usage, month: month, until: end)
  }

  /// Pays the bills of a month when its last day is over.
  mutating func bookCloud(at due: Moment) {
    let next = due + TimeSpan(nanoseconds: 1)
    guard !accounts.isEmpty, next == next.startOfMonth else { return }
    for place in accounts.indices {
      let month = next.adding(months: -1)
      let bill = invoice(accounts[place], month: month, until: next)
      if bill.total != .zero { ledger.post(bill.total, .cloud, at: due) }
      accounts[place].bills.append(CloudBill(month: month, total: bill.total))
      accounts[place].sentBefore = sentRemotely
    }
  }
}

extension Moment {
  /// Midnight of the first day of its month.
  package var startOfMonth: Moment {
    let date = date
    return Moment(CivilDate(year: date.year, month: date.month, day: 1))
  }

  /// The whole minute that it lies in.
  var startOfMinute: Moment {
    let minute = TimeSpan.minutes(1).nanoseconds
    return self - TimeSpan(nanoseconds: timeOfDay.nanoseconds % minute)
  }
}
