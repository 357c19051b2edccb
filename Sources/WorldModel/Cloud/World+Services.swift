import Catalogs
import Cloud
import Quantities
import Service

/// What a provider does beside renting out machines.
extension World {
  /// What a content delivery network has sent so far, bytes.
  var delivered: Double { shop?.accounts.total.dataDelivered.bytes ?? 0 }

  /// How large a picture is, of which each is a request to the network.
  ///
  /// `Chosen:` 10 KB, a picture of a quilt as wide as a hand on a screen of those years.
  static let picture = DataSize.kilobytes(10)

  /// What a database keeps, at the least that can be rented.
  ///
  /// `Chosen:` 5 GB, ample for a small shop's orders.
  package static let databaseGigabytes = 5.0

  /// Lets visitors come in by the provider's load balancer, from now on.
  /// - Throws: `WorldProblem.noShop`, `CloudProblem`.
  package mutating func rentBalancer(of book: PriceBook) throws {
    let place = try service(book, book.balancer.at(now) != nil, "balancer")
    guard accounts[place].balancer.since == nil else { throw CloudProblem.alreadyThere }
    accounts[place].balancer.begin(at: now, passed: sentRemotely)
    settleEntrance()
  }

  /// Lets pictures come from the provider's content delivery network, from now on.
  /// - Throws: `WorldProblem.noShop`, `CloudProblem`.
  package mutating func rentDelivery(of book: PriceBook) throws {
    let place = try service(book, book.deliveries.at(now) != nil, "cdn")
    guard shop?.isDelivered == false else { throw CloudProblem.alreadyThere }
    accounts[place].delivery.begin(at: now, passed: delivered)
    shop?.setDelivered(true)
  }

  /// Puts the orders into a database that the provider looks after.
  /// - Throws: `WorldProblem.noShop`, `CloudProblem`.
  package mutating func rentDatabase(
    _ size: DatabaseSize, of book: PriceBook, hasStandby: Bool
  ) throws {
    let price = hasStandby ? size.withStandby.at(now) : size.hourly.at(now)
    let place = try service(book, price != nil, size.id)
    guard !accounts.contains(where: { $0.database != nil }) else { throw CloudProblem.alreadyThere }
    let up = (0..<zoneCount(of: book)).filter { zone in
      !accounts[place].outages.contains { $0.zone == zone }
    }
    guard let zone = up.first, !hasStandby || up.count > 1 else {
      throw CloudProblem.noZone(present: up.count)
    }
    accounts[place].usage.databases.append(
      DatabaseRun(size: size.id, hasStandby: hasStandby, started: now))
    accounts[place].database = ManagedDatabase(
      size: size.id, run: accounts[place].usage.databases.count - 1, zone: zone,
      standby: hasStandby ? up[1] : nil, hasStandby: hasStandby)
    store.isManaged = true
    shop?.setDataSpeed(size.speed)
    settleEntrance()
  }

  /// Keeps so much at the provider, from now on: pictures, old orders, copies.
  /// - Throws: `WorldProblem.noShop`, `CloudProblem`.
  package mutating func keep(_ size: DataSize, at book: PriceBook) throws {
    let place = try service(book, book.storage.at(now) != nil, "storage")
    accounts[place].kept.set(size, at: now)
  }

  /// Lets people of the provider answer questions, from now on.
  ///
  /// Nothing else of the world changes by it: what an answer is worth depends on the question.
  /// - Throws: `WorldProblem.noShop`, `CloudProblem`.
  package mutating func rentSupport(_ plan: SupportPlan, of book: PriceBook) throws {
    let place = try service(book, plan.isOffered(at: now), plan.id)
    guard accounts[place].supportPlan == nil else { throw CloudProblem.alreadyThere }
    accounts[place].usage.support.append(SupportRun(plan: plan.id, started: now))
  }

  /// The account for a service that can be had.
  private mutating func service(
    _ book: PriceBook, _ isThere: Bool, _ name: String
  ) throws -> Int {
    guard shop != nil else { throw WorldProblem.noShop }
    guard book.isOpen(at: now), isThere else { throw CloudProblem.notForRent(name) }
    return accountPlace(book.id)
  }

  /// A service that can be given back.
  package enum CloudService: Sendable { case balancer, delivery, database, support }

  /// Gives a service back.
  /// - Throws: `CloudProblem.notThere` if there is none.
  package mutating func release(_ service: CloudService) throws(CloudProblem) {
    let place = accounts.firstIndex { account in
      switch service {
      case .balancer: account.balancer.since != nil
      case .delivery: account.delivery.since != nil
      case .database: account.database != nil
      case .support: account.supportPlan != nil
      }
    }
    guard let place else { throw .notThere }
    switch service {
    case .balancer: accounts[place].balancer.end(at: now, passed: sentRemotely)
    case .delivery:
      accounts[place].delivery.end(at: now, passed: delivered)
      shop?.setDelivered(false)
    case .database:
      if let run = accounts[place].database?.run {
        accounts[place].usage.databases[run].ended = now
      }
      accounts[place].database = nil
      store.isManaged = false
      shop?.setDataSpeed(1)
    case .support:
      let last = accounts[place].usage.support.count - 1
      accounts[place].usage.support[last].ended = now
    }
    settleEntrance()
  }

  /// Lets a database's second one take over where its zone is down, or wait again where a zone is back.
  mutating func failOver(_ place: Int) {
    guard var database = accounts[place].database else { return }
    let provider = accounts[place].provider
    func isUp(_ zone: Int) -> Bool { !accounts[place].outages.contains { $0.zone == zone } }
    if !isUp(database.zone), let standby = database.standby, isUp(standby) {
      let span = catalog.priceBook(provider)?.failover.at(now)?.value ?? .zero
      database.zone = standby
      database.standby = nil
      database.opens = now + span
      note(.databaseMoves(zone: standby, opens: now + span), at: provider)
    }
    if let standby = database.standby, !isUp(standby) { database.standby = nil }
    if database.hasStandby, database.standby == nil, isUp(database.zone) {
      let count = catalog.priceBook(provider).map { zoneCount(of: $0) } ?? 1
      database.standby = (0..<count).first { $0 != database.zone && isUp($0) }
    }
    accounts[place].database = database
  }

  /// Lets a database answer whose second one has taken over.
  mutating func openDatabases() {
    for place in accounts.indices {
      guard let opens = accounts[place].database?.opens, opens <= now else { continue }
      accounts[place].database?.opens = nil
    }
  }

  /// What services were used in the month, for its bill.
  func fillServices(
    _ usage: inout CloudUsage, _ account: CloudAccount, month: Moment, until end: Moment
  ) {
    let balancer = account.balancer.total(until: end, passed: sentRemotely)
    usage.balancerHours = balancer.hours
    usage.balancerGigabytes = balancer.bytes / 1e9
    let delivery = account.delivery.total(until: end, passed: delivered)
    usage.deliveredGigabytes = delivery.bytes / 1e9
    usage.deliveryRequests = (delivery.bytes / World.picture.bytes).rounded()
    let whole = (month.adding(months: 1) - month).seconds
    usage.storedGigabytes = account.kept.total(until: end) * 3_600 / whole
    let span = usage.databases.reduce(TimeSpan.zero) { sum, run in
      sum + max(.zero, min(run.ended ?? end, end) - max(run.started, month))
    }
    usage.databaseGigabytes = World.databaseGigabytes * span.seconds / whole
  }
}
