import Catalogs
import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `leave`: what it would cost to leave a provider, by cause.
struct LeaveCommand: Question {
  static let declaration = CommandDeclaration(
    "leave", "What leaving a provider would cost, by cause: data, both running, rewriting.",
    group: .cloud,
    parameters: [
      .positional(
        "provider", .name("provider"), optional: true, "whom; the one that you rent from"),
      .named(
        "bill", .quantity(.money, 0...1e12), "what a month costs there; as your bills say"),
      .named("data", .quantity(.data, 0...1e18), "what is kept there; as your bills say"),
      .named(
        "databases", .count(0...10_000), "managed databases; as many as run (2 weeks each)"),
      .named(
        "services", .count(0...10_000), fallback: "0",
        "queues, search, mail and the like of the provider's own (3 weeks each)"),
      .named(
        "functions", .count(0...10_000), fallback: "0",
        "groups of functions that run without a server of yours (6 weeks each)"),
      .named("people", .count(0...100_000), fallback: "2", "who learns the new place"),
      .named(
        "week", .quantity(.money, 0...1e6), fallback: "$1635",
        "what a person costs a week: $85,000 a year, as Hennessy and Patterson have it"),
      .named(
        "line", .quantity(.dataRate, 1...1e15), fallback: "100Mbit/s", "what the copy goes over"),
      .named(
        "overlap", .quantity(.time, 0...1e9), fallback: "60days",
        "how long both sides run, the copying apart"),
    ],
    facts: [
      FactDeclaration("leave.egress", .gauge, .dollar, "the way out of what is kept"),
      FactDeclaration("leave.double", .gauge, .dollar, "the old bill while both sides run"),
      FactDeclaration("leave.rewriting", .gauge, .dollar, "writing anew what calls its services"),
      FactDeclaration("leave.retraining", .gauge, .dollar, "learning the new place"),
      FactDeclaration(
        "leave.contracts", .gauge, .dollar, "what is left of reservations and savings plans"),
      FactDeclaration("leave.total", .gauge, .dollar, "all of it"),
      FactDeclaration("leave.months", .gauge, "how many months of the bill that is"),
      FactDeclaration("leave.copy", .gauge, .second, "how long the copy takes"),
      FactDeclaration("leave.egress.share", .gauge, .percent, "of all of it, the way out"),
    ],
    example: "new shop start=2019-12-01\nleave aws bill=$3000 data=10TB services=3\n"
      + "expect leave.egress < leave.rewriting\nexpect leave.egress < leave.double",
    errors: ["unknown-provider"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let world = session.state.world
    let account = try account(in: world)
    let wanted = arguments.word("provider") ?? account?.provider
    let bill =
      arguments.quantity("bill").map { Money.dollars($0) } ?? account.map(world.monthlyBill)
    guard let wanted, let book = world.catalog.priceBook(wanted), let bill else {
      return LeavePage.nothing
    }
    guard let services = arguments.count("services"), let functions = arguments.count("functions"),
      let people = arguments.count("people"), let week = arguments.quantity("week"),
      let line = arguments.quantity("line"), let overlap = arguments.quantity("overlap")
    else { preconditionFailure("'leave' declares defaults for all of these") }
    let usage = account?.usage ?? CloudUsage()
    let kept =
      (account?.kept.size.bytes ?? 0) / 1e9
      + (account?.database == nil ? 0 : World.databaseGigabytes)
    let databases = arguments.count("databases") ?? usage.databases.count { $0.ended == nil }
    let cost = ExitCost(
      gigabytes: arguments.quantity("data").map { $0 / 1e9 } ?? kept,
      tiers: book.egress.at(world.now)?.value ?? [],
      egressShare: book.leaving.at(world.now)?.value ?? 1,
      line: DataRate(bytesPerSecond: line), monthlyBill: bill,
      overlapMonths: overlap / 3_600 / ExitCost.monthHours,
      services: [
        .database: databases, .delivery: account?.delivery.since == nil ? 0 : 1,
        .other: services,
        .function: functions,
      ],
      personWeek: .dollars(week), people: people,
      contracts: book.remaining(of: usage.reservations, at: world.now)
        + book.remaining(of: usage.savings, at: world.now))
    return LeavePage(book: book, cost: cost, now: world.now).report
  }

  /// The account that is meant: that of the provider named, or the first.
  private func account(in world: World) throws(Diagnostic) -> CloudAccount? {
    guard let wanted = arguments.word("provider") else { return world.accounts.first }
    guard world.catalog.priceBook(wanted) != nil else {
      let names = world.catalog.priceBooks.map(\.id)
      throw arguments.error(
        "unknown-provider", "There is no provider '\(wanted)'.", at: "provider",
        help: NearMiss.question(for: wanted, among: names)
          ?? "Providers: \(names.joined(separator: ", ")).")
    }
    return world.account(wanted)
  }
}

extension World {
  /// What a month costs at a provider without money down: the last whole one, or this one so far,
  /// stretched to its end.
  fileprivate func monthlyBill(_ account: CloudAccount) -> Money {
    if let last = account.bills.last, let book = catalog.priceBook(account.provider) {
      let end = last.month.adding(months: 1)
      return account.usage.reservations.filter { last.month <= $0.bought && $0.bought < end }
        .reduce(last.total) { $0 - (book.offer($1.offer)?.upfront ?? .zero) }
    }
    let start = now.startOfMonth
    let whole = (start.adding(months: 1) - start).seconds
    let gone = max(3_600, (now - start).seconds)
    var (soFar, support) = (Money.zero, Money.zero)
    for line in billSoFar(account).lines {
      switch line.item {
      case .upfront: break
      // It is a month's already.
      case .support: support = support + line.amount
      default: soFar = soFar + line.amount
      }
    }
    return .dollars(soFar.dollars * whole / gone) + support
  }
}
