import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

/// `run`: lets simulated time pass.
struct RunCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "run", "Let time pass: for a while, until a moment, or until a condition holds.",
    group: .world,
    parameters: [
      .positional("span", .span, optional: true, "how long"),
      .named("limit", .span, "how long to wait for a condition at most; else a year"),
    ],
    tail: .until,
    facts: [
      FactDeclaration("run.span", .gauge, .second, "how long the last run was, in simulated time"),
      FactDeclaration("run.visits", .counter, "visits that began in the last run"),
      FactDeclaration("run.requests", .counter, "page views in the last run"),
      FactDeclaration("run.lost", .counter, "visits lost in the last run"),
      FactDeclaration("run.orders", .counter, "orders in the last run"),
      FactDeclaration("run.revenue", .counter, .dollar, "sales in the last run"),
      FactDeclaration(
        "run.answered-in-2s", .share, .percent, "visits answered within 2 s in the last run"),
      FactDeclaration("run.events", .counter, "events simulated in the last run"),
    ],
    example: "new shop\nrun 1 day\nrun until 2004-03-05\nrun until shop.orders >= 10 limit=2 days",
    errors: ["no-shop", "no-span", "two-ends", "past", "too-long"])

  /// `Chosen:` the last year that is simulated; fifty more are left for visits and windows.
  private static let yearMax = 2200

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard world.shop != nil || world.machineRoom != nil else {
      throw WorldProblem.noShop.diagnostic(arguments)
    }
    guard arguments.span("span") == nil || !hasUntil else {
      throw arguments.error(
        "two-ends", "'run' ends after a while or at 'until', not at both.", at: "span",
        help: "To wait for a condition so long at most, write limit=: run until shop.lost > 0 "
          + "limit=3days.")
    }
    let (start, told) = (world.now, world.cloudEvents.count)
    let end = try end(from: start)
    var events = 0
    do {
      var reached: Bool?
      if let expression = arguments.statement.expression {
        reached = try run(&world, until: expression, end, &events, context)
      } else {
        try advance(&world, to: end, &events, context)
      }
      return report(world, since: start, told: told, events: events, reached: reached)
    } catch is Cancelled {
      throw Cancelled(prefix(world, since: start, told: told, end: end, events: events))
    }
  }

  /// `Chosen:` some 30 ms of work: the prompt must be back within 100 ms of Ctrl-C.
  private static let settlingEventsMax = 1 << 18

  /// What a stopped run had done up to the next whole minute; nil if it had done nothing.
  private func prefix(
    _ stopped: World, since start: Moment, told: Int, end: Moment, events: Int
  ) -> Prefix? {
    var world = stopped
    guard let more = world.settle(notAfter: end, eventsMax: RunCommand.settlingEventsMax),
      world.now > start
    else { return nil }
    var report = report(world, since: start, told: told, events: events + more, reached: nil)
    report.statement = "run until \(world.now.statementText)"
    return .reached(world, report)
  }

  private var hasUntil: Bool {
    arguments.moment("until") != nil || arguments.statement.expression != nil
  }

  private func end(from start: Moment) throws -> Moment {
    let end: Moment
    if arguments.statement.expression != nil {
      end = (arguments.span("limit") ?? .period(.years(1))).end(from: start)
    } else if let moment = arguments.moment("until") {
      end = moment.next(after: start)
    } else if let span = arguments.span("span") {
      end = span.end(from: start)
    } else {
      throw arguments.error(
        "no-span", "'run' needs to know how long.",
        help: "For example: run 1 day, run until 2004-03-05, run until shop.lost > 0.")
    }
    guard end >= start else {
      throw arguments.error(
        "past", "It is \(start) already; time does not run back to \(end).", at: "until",
        help: "'undo' takes back the last run.")
    }
    return try checked(end)
  }

  /// The end of a run, if the calendar still has room for what comes after it.
  private func checked(_ end: Moment) throws -> Moment {
    guard end.date.year <= RunCommand.yearMax else {
      throw arguments.error(
        "too-long",
        "That would end after the year \(RunCommand.yearMax), with which the calendar "
          + "here ends.")
    }
    return end
  }

  private func advance(
    _ world: inout World, to end: Moment, _ events: inout Int, _ context: CommandContext
  ) throws {
    let start = world.now
    let whole = end - start
    let all = try world.run(to: end) { now, sofar in
      events = sofar
      try context.checkpoint()
      context.progress(
        .init(moment: now, share: whole > .zero ? (now - start) / whole : 1, events: sofar))
    }
    events = all
  }

  /// Runs to the first whole minute at which the condition holds, or to the limit.
  /// - Returns: whether it holds.
  private func run(
    _ world: inout World, until expression: Expression, _ end: Moment, _ events: inout Int,
    _ context: CommandContext
  ) throws -> Bool {
    let start = world.now
    while true {
      if try holds(expression, in: world) { return true }
      guard world.now < end else { return false }
      let intoMinute = world.now.timeOfDay.nanoseconds % TimeSpan.minutes(1).nanoseconds
      let next = world.now + .minutes(1) - TimeSpan(nanoseconds: intoMinute)
      let before = events
      let more = try world.run(to: min(next, end)) { _, sofar in
        events = before + sofar
        try context.checkpoint()
      }
      events = before + more
      context.progress(
        .init(
          moment: world.now, share: (world.now - start) / (end - start), events: events))
    }
  }

  private func holds(_ expression: Expression, in world: World) throws -> Bool {
    let evaluator = Evaluator(
      catalog: Registry.standard.catalog, facts: WorldFacts(SessionState(world: world)),
      source: arguments.statement.source)
    return try evaluator.check(expression) == .pass
  }

  /// - Parameter told: how many events of providers there were before the run.
  private func report(
    _ world: World, since start: Moment, told: Int, events: Int, reached: Bool?
  ) -> Report {
    let provenance = Provenance.simulated(seed: world.seed)
    var report = Report()
    report.subject = "run"
    if world.shop == nil, start < world.now {
      report.blocks = [
        .paragraph("\(spanText(world.now - start)) have passed. It is \(world.now).")
      ]
      if let story = RoomStory(world, since: start) { report.blocks += story.blocks }
      report.facts = [
        Fact("run.span", .span(world.now - start), provenance),
        Fact("run.events", .count(events), provenance),
      ]
      return report
    }
    guard let accounts = world.shop?.accounts, start < world.now,
      let account = account(accounts, from: start, to: world.now)
    else {
      report.blocks = [
        .paragraph(
          (reached == true ? "That holds already, so no time has passed." : "No time has passed.")
            + " It is \(world.now).")
      ]
      return report
    }
    report.blocks = [
      .paragraph(
        "\(spanText(world.now - start)) · \(counted(account.requests, "page"))"
          + " · \(QuantityText.grouped(account.visitsLost)) of "
          + "\(counted(account.visits, "visit")) lost · \(counted(account.orders, "order")). "
          + "It is \(world.now).")
    ]
    if let story = RoomStory(world, since: start) { report.blocks += story.blocks }
    report.blocks += CloudStory(world, after: told).blocks
    if reached == false {
      report.blocks.append(
        .paragraph("The condition did not come true within the limit; 'limit=' makes it longer."))
    }
    report.facts = [
      Fact("run.span", .span(world.now - start), provenance),
      Fact("run.visits", .count(account.visits), provenance),
      Fact("run.requests", .count(account.requests), provenance),
      Fact("run.lost", .count(account.visitsLost), provenance),
      Fact("run.orders", .count(account.orders), provenance),
      Fact("run.revenue", .money(account.revenue), provenance),
      Fact(
        "run.answered-in-2s",
        account.answeredIn2s.map(FactValue.share) ?? .undefined("no visit has ended"), provenance),
      Fact("run.events", .count(events), provenance),
    ]
    return report
  }

  /// `1 page`, `2,040 pages`.
  private func counted(_ number: Int, _ noun: String) -> String {
    "\(QuantityText.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// A span as it was asked for: whole hours and minutes as such.
  private func spanText(_ span: TimeSpan) -> String {
    let (seconds, rest) = span.nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
    guard rest == 0, seconds < 86_400 else { return FactValue.span(span).text }
    if seconds.isMultiple(of: 3_600) { return "\(seconds / 3_600) h" }
    if seconds < 3_600, seconds.isMultiple(of: 60) { return "\(seconds / 60) min" }
    return FactValue.span(span).text
  }

  /// The sums of a run; where it began between two minutes, from the minute that it began in.
  private func account(_ accounts: Accounts, from start: Moment, to end: Moment) -> Account? {
    do {
      return try accounts.account(
        of: Service.Window(accounts.latestWindowStart(notAfter: start), end))
    } catch {
      return nil
    }
  }
}

extension WorldProblem {
  /// The problem in words, at the statement or one of its arguments.
  func diagnostic(_ arguments: Arguments, at name: String? = nil) -> Diagnostic {
    switch self {
    case .noShop:
      arguments.error("no-shop", "There is no shop yet.", help: "Type 'new shop' first.")
    case .tooLittleCash(let needed, let present):
      arguments.error(
        "too-little-cash",
        "That costs \(FactValue.money(needed).text), and you have "
          + "\(FactValue.money(present).text).",
        at: name,
        help: "Buy less, sell what you do not need, or run the shop until it has earned it.")
    case .tooFewServers(let id, let wanted, let present):
      arguments.error(
        "too-few-servers",
        "You have \(present) of '\(id)', so \(wanted) cannot go.", at: name,
        help: "'show shop' lists your servers.")
    case .past(let now):
      arguments.error("past", "It is \(now) already; time does not run back.", at: name)
    case .notSold(let id, let years, let instead):
      arguments.error(
        "not-sold",
        years.upperBound == 9_999
          ? "'\(id)' comes in \(years.lowerBound)."
          : "'\(id)' was sold from \(years.lowerBound) to \(years.upperBound).",
        at: "model",
        help: instead.isEmpty
          ? "Nothing of the kind is sold now." : "Sold now: \(instead.joined(separator: ", ")).")
    }
  }
}
