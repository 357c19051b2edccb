import Catalogs
import Cloud
import Quantities
import Service

extension World {
  /// The account at a provider, or nil.
  package func account(_ provider: String) -> CloudAccount? {
    accounts.first { $0.provider == provider }
  }

  /// How many zones one can choose between now: those of the provider's first region.
  package func zoneCount(of book: PriceBook) -> Int {
    book.regions(at: now).first?.zones.at(now)?.value ?? 0
  }

  /// Rents machines, which serve once they have started.
  /// - Parameter zones: where they stand, in turns.
  /// - Throws: `WorldProblem.noShop`, `CloudProblem`.
  package mutating func rent(
    _ size: InstanceType, of book: PriceBook, count: Int, isSpot: Bool = false, zones: [Int] = [0]
  ) throws {
    guard shop != nil else { throw WorldProblem.noShop }
    guard book.isOpen(at: now), size.hourly.at(now) != nil,
      !isSpot || book.spot.at(now) != nil
    else { throw CloudProblem.notForRent(size.id) }
    if let quota = quota(of: book, against: count, size) { throw CloudProblem.quota(quota) }
    let present = zoneCount(of: book)
    guard zones.allSatisfy({ $0 < present }) else { throw CloudProblem.noZone(present: present) }
    if let outage = account(book.id)?.outages.first(where: { zones.contains($0.zone) }) {
      throw CloudProblem.zoneDown(zone: outage.zone, until: outage.until)
    }
    for index in 0..<count {
      start(size, of: book, zone: zones[index % zones.count], isSpot: isSpot)
    }
    setRemoteLine()
  }

  /// The provider's quota, if so many more machines of a size would be beyond it; nil if they may run.
  func quota(of book: PriceBook, against count: Int, _ size: InstanceType) -> Quota? {
    guard let quota = book.quota.at(now)?.value else { return nil }
    let mine = machines.filter { $0.rental?.provider == book.id }
    let cores = mine.reduce(0) { $0 + $1.cores } + count * size.cores
    return quota.allows(machines: mine.count + count, cores: cores) ? nil : quota
  }

  /// Starts a machine.
  mutating func start(
    _ size: InstanceType, of book: PriceBook, zone: Int, isSpot: Bool = false, isWarm: Bool = false
  ) {
    let place = accountPlace(book.id)
    accounts[place].usage.runs.append(InstanceRun(type: size.id, started: now, isSpot: isSpot))
    shop?.addRemoteServer(ServerModel(id: size.id, cores: size.cores, speed: size.speed))
    let rental = Rental(
      provider: book.id, run: accounts[place].usage.runs.count - 1, zone: zone, isSpot: isSpot,
      isWarm: isWarm)
    machines.append(
      OwnedMachine(
        number: nextMachine, size: size, at: now, rental: rental,
        startsAt: now + (book.boot.at(now)?.value ?? .zero)))
    nextMachine += 1
  }

  /// Gives machines back, those that came last first.
  /// - Throws: `CloudProblem`.
  package mutating func release(_ size: String, count: Int) throws(CloudProblem) {
    let present = machines.count { $0.rental != nil && $0.model == size }
    guard count <= present else { throw .tooFew(size, present: present) }
    for _ in 0..<count {
      guard let last = machines.lastIndex(where: { $0.rental != nil && $0.model == size }) else {
        return
      }
      leave(machines[last].number)
      endRental(last)
    }
    setRemoteLine()
  }

  /// Gives one machine back.
  /// - Throws: `CloudProblem.noMachine` if none of that number is rented.
  package mutating func release(machine number: Int) throws(CloudProblem) {
    let rented = machines.filter { $0.rental != nil }.map(\.number)
    guard let index = machines.firstIndex(where: { $0.number == number && $0.rental != nil }) else {
      throw .noMachine(number, present: rented)
    }
    leave(number)
    endRental(index)
    setRemoteLine()
  }

  /// Ends the time of a rented machine, which is gone with all that it held.
  mutating func endRental(_ index: Int) {
    guard let rental = machines[index].rental else {
      preconditionFailure("machine \(machines[index].number) is not rented")
    }
    accounts[accountPlace(rental.provider)].usage.runs[rental.run].ended = now
    shop?.removeServer(at: index)
    forgetMachine(index)
  }

  /// Lets the host under the oldest rented machine fail: the machine is gone, and its time is over.
  /// - Returns: the size of the machine.
  /// - Throws: `CloudProblem.noAccount` if none is rented.
  package mutating func failHost() throws(CloudProblem) -> String {
    guard let index = machines.firstIndex(where: { $0.rental != nil }) else { throw .noAccount }
    let size = machines[index].model
    vanish(index)
    setRemoteLine()
    settleEntrance()
    return size
  }

  /// Lets another tenant on the host under the oldest rented machine take part of its cores for a while.
  ///
  /// Nobody tells whose machine it is.
  /// - Parameter share: what is taken, above 0 and below 1.
  /// - Throws: `CloudProblem.noAccount` if no rented machine runs.
  /// - Returns: the size of the machine.
  package mutating func disturb(
    share: Double, for span: TimeSpan
  ) throws(CloudProblem) -> String {
    precondition(share > 0 && share < 1, "a neighbor who takes \(share) of the cores")
    guard let index = machines.firstIndex(where: { $0.rental != nil && $0.isUp }) else {
      throw .noAccount
    }
    machines[index].rental?.disturbedUntil = now + span
    shop?.setServer(index, pace: 1 - share)
    return machines[index].model
  }

  /// Gives machines their cores back whose neighbors are quiet again.
  private mutating func endDisturbances() {
    for index in machines.indices {
      guard let until = machines[index].rental?.disturbedUntil, until <= now else { continue }
      machines[index].rental?.disturbedUntil = nil
      shop?.setServer(index, pace: 1)
    }
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

  /// Buys a savings plan: so many dollars are owed for each hour from this one on.
  /// - Throws: `CloudProblem.notOffered`.
  package mutating func reserve(
    _ offer: SavingsOffer, of book: PriceBook, commitment: Money
  ) throws(CloudProblem) {
    precondition(commitment > .zero, "a plan of \(commitment.dollars) dollars an hour")
    guard offer.isOffered(at: now) else { throw .notOffered(offer.id) }
    accounts[accountPlace(book.id)].usage.savings.append(
      SavingsPlan(offer: offer.id, commitment: commitment, bought: now))
  }

  mutating func accountPlace(_ provider: String) -> Int {
    if let place = accounts.firstIndex(where: { $0.provider == provider }) { return place }
    accounts.append(CloudAccount(provider: provider))
    accounts[accounts.count - 1].sentBefore = sentRemotely
    return accounts.count - 1
  }

  /// Lets what all rented servers together can send be the line over which they do.
  mutating func setRemoteLine() {
    let rate = machines.reduce(0.0) { sum, machine in
      guard let rental = machine.rental,
        let size = catalog.priceBook(rental.provider)?.instance(machine.model)
      else { return sum }
      return sum + size.network.bytesPerSecond
    }
    if rate > 0 { shop?.setRemoteLine(DataRate(bytesPerSecond: rate)) }
  }

  mutating func note(_ what: CloudEvent.What, at provider: String, _ moment: Moment? = nil) {
    cloudEvents.append(CloudEvent(moment: moment ?? now, provider: provider, what: what))
  }
}

// MARK: - Time

extension World {
  /// When something is due at a provider.
  var nextCloudDue: Moment? {
    guard !accounts.isEmpty else { return nil }
    var due: Moment?
    func consider(_ moment: Moment?) {
      if let moment, moment > now { due = min(due ?? moment, moment) }
    }
    for machine in machines {
      guard let rental = machine.rental else { continue }
      consider(machine.startsAt)
      consider(rental.takenAt)
      consider(rental.disturbedUntil)
      consider(rental.hourBegan.map { $0.startOfHour + .hours(1) })
    }
    for account in accounts {
      for outage in account.outages { consider(outage.until) }
      for outage in account.plannedOutages { consider(outage.from) }
      consider(account.database?.opens)
      consider(account.scaling.map { $0.looked + .minutes(1) })
    }
    for pool in spotPools { consider(interruption(of: pool, on: now.date)) }
    consider(entrance?.opens)
    return due
  }

  /// Does what is due at providers.
  mutating func settleCloud() {
    guard !accounts.isEmpty else { return }
    endOutages()
    beginOutages()
    openDatabases()
    takeSpotBack()
    for index in machines.indices where machines[index].rental != nil {
      guard let start = machines[index].startsAt, start <= now else { continue }
      machines[index].startsAt = nil
      guard machines[index].rental?.isWarm == false else { continue }
      machines[index].isUp = true
      shop?.setServer(index, isUp: true)
    }
    beginHours()
    endDisturbances()
    for place in accounts.indices { look(place) }
    settleEntrance()
  }
}

// MARK: - What each machine does

extension World {
  /// Begins to count the work of each rented machine anew, where an hour is over or it has just come.
  private mutating func beginHours() {
    guard let shop else { return }
    for index in machines.indices where machines[index].rental != nil && machines[index].isUp {
      let began = machines[index].rental?.hourBegan
      guard began.map({ $0.startOfHour < now.startOfHour }) ?? true else { continue }
      machines[index].rental?.hourBegan = now
      machines[index].rental?.hourWork = shop.busyTime(ofServer: index)
    }
  }

  /// The share of its time that a rented machine's cores worked in the hour that is under way, or that has
  /// just ended; nil if it did not run in it.
  package func busyShare(ofMachine index: Int) -> Double? {
    guard let rental = machines[index].rental, let began = rental.hourBegan, now > began,
      machines[index].isUp, let shop
    else { return nil }
    let work = shop.busyTime(ofServer: index) - rental.hourWork
    return work / (now - began) / Double(machines[index].cores)
  }
}
