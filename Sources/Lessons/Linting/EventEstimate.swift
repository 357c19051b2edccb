import CommandLanguage
import Commands
import LanguageModel
import Quantities

/// Guesses how many events statements would simulate, without running them.
///
/// It follows the clock and the demand of the shop through `new`, `demand`, `run` and branches, at the
/// average of the year. A training counts by its operations. What it leaves out: the season, runs until a
/// condition, and the questions that a model is asked after its training.
struct EventEstimate {
  /// `Chosen:` what the course's shop takes for one visit, measured: about eight pages, each a handful
  /// of events.
  static let eventsPerVisit = 36.0

  /// Where it stops counting: far above every budget.
  private static let eventsMax = 1e15
  /// Two hundred years; a run of more is refused anyway.
  private static let secondsMax = 6.3e9

  let registry: Registry
  private(set) var events = 0.0
  private var now = Moment(year: 2004, month: 3, day: 1)
  private var visitsPerDay = 7_560.0
  private var factor = 1.0
  private var campaigns: [(start: Moment, end: Moment, factor: Double)] = []
  /// What a day takes beside the shop: a hall's controls.
  private var otherPerDay = 0.0
  private var branch = "main"
  private var branches: [Branch] = []

  /// Where another branch stands.
  private struct Branch {
    var name: String
    var now: Moment
    var visitsPerDay: Double
    var factor: Double
    var campaigns: [(start: Moment, end: Moment, factor: Double)]
    var otherPerDay: Double
  }

  /// `Chosen:` what a look of a hall's controls takes, measured in events of the shop: a few for each
  /// rack, and some for the room.
  private static let eventsPerLook = (rack: 2.5, room: 20.0)

  /// `Chosen:` operations of a training that count as an event: two cores do about 10¹² of them in the ten
  /// seconds that three million events take.
  static let operationsPerEvent = 333_333.0

  init(registry: Registry) { self.registry = registry }

  /// Follows one statement; what is wrong with it is reported elsewhere.
  mutating func follow(_ source: Source, _ range: Range<Int>) {
    do {
      let statement = try registry.parser.statement(in: source, range)
      switch statement.verb {
      case "new": follow(new: statement)
      case "demand": follow(demand: statement)
      case "run": follow(run: statement)
      case "train": follow(train: statement)
      case "queue": add(number(statement, "customers") ?? 100_000)
      case "fork": fork(statement)
      case "switch": leave(for: statement)
      default: return
      }
    } catch {
      return
    }
  }

  /// Goes on at the moment of another estimate, with the events of this one.
  mutating func goBack(to earlier: EventEstimate) {
    let sum = events
    self = earlier
    events = sum
  }

  private mutating func follow(new statement: Statement) {
    visitsPerDay = 7_560
    factor = 1
    campaigns = []
    otherPerDay = 0
    now = Moment(year: 2004, month: 3, day: 1)
    if statement.arguments.contains(where: { $0.name == nil && $0.value.text == "hall" }) {
      let racks = number(statement, "racks") ?? (number(statement, "servers") ?? 1) / 13
      visitsPerDay = 0
      // The controls look every five minutes.
      otherPerDay =
        288 * (EventEstimate.eventsPerLook.room + EventEstimate.eventsPerLook.rack * racks)
    }
    for argument in statement.arguments {
      switch (argument.name, argument.value.kind) {
      case ("start", .moment(let literal)): now = literal.last(before: now)
      case ("visits", .number(.quantity(let rate))): visitsPerDay = rate.value * 86_400
      case ("pages", .number(.quantity(let rate))): visitsPerDay = rate.value * 86_400 / 8
      default: continue
      }
    }
  }

  private mutating func follow(demand statement: Statement) {
    guard let multiple = number(statement, nil) else { return }
    guard case .during(let range)? = statement.window else {
      factor = multiple
      return
    }
    let start = range.start.next(after: now)
    campaigns.append((start, range.end?.next(after: start) ?? start + .days(1), multiple))
  }

  /// Six operations for each number and token; a block has some 12 · width² numbers.
  private mutating func follow(train statement: Statement) {
    let usual = ShopCorpus.configuration(steps: ShopCorpus.stepsOfAMinute)
    func given(_ name: String, _ usual: Int) -> Double { number(statement, name) ?? Double(usual) }
    let width = given("width", usual.shape.width)
    let numbers =
      given("layers", usual.shape.layers) * 12 * width * width
      + given("symbols", usual.shape.symbols) * width
    let tokens = given("batch", usual.sequences) * given("context", usual.shape.context)
    let steps = number(statement, "stop") ?? given("steps", usual.schedule.steps)
    add(6 * numbers * tokens * steps / EventEstimate.operationsPerEvent)
  }

  private mutating func follow(run statement: Statement) {
    var end = now
    for argument in statement.arguments {
      switch (argument.name, argument.value.kind) {
      case ("until", .moment(let literal)): end = literal.next(after: now)
      case (nil, .number(.quantity(let span)))
      where span.dimension == .time && span.value < EventEstimate.secondsMax:
        end = now + .seconds(span.value)
      case (nil, .number(.period(.months(let count)))) where count <= 1_200:
        end = now.adding(months: count)
      case (nil, .number(.period(.years(let count)))) where count <= 100:
        end = now.adding(months: 12 * count)
      default: continue
      }
    }
    guard end > now, end.date.year <= 2200 else { return }
    let perDay = visitsPerDay * factor * EventEstimate.eventsPerVisit
    add((perDay + otherPerDay) * ((end - now) / .days(1)))
    for campaign in campaigns {
      let (from, to) = (max(now, campaign.start), min(end, campaign.end))
      if from < to { add(perDay * (campaign.factor - 1) * ((to - from) / .days(1))) }
    }
    now = end
  }

  private mutating func keepBranch() {
    branches.removeAll { $0.name == branch }
    branches.append(
      Branch(
        name: branch, now: now, visitsPerDay: visitsPerDay, factor: factor, campaigns: campaigns,
        otherPerDay: otherPerDay))
  }

  private mutating func fork(_ statement: Statement) {
    keepBranch()
    branch = statement.arguments.first?.value.text ?? branch
  }

  private mutating func leave(for statement: Statement) {
    guard let name = statement.arguments.first?.value.text else { return }
    keepBranch()
    guard let other = branches.first(where: { $0.name == name }) else { return }
    branch = name
    (now, visitsPerDay, factor) = (other.now, other.visitsPerDay, other.factor)
    (campaigns, otherPerDay) = (other.campaigns, other.otherPerDay)
  }

  private mutating func add(_ count: Double) {
    guard count < EventEstimate.eventsMax else {
      events = EventEstimate.eventsMax
      return
    }
    if count > 0 || events + count > 0 { events = min(events + count, EventEstimate.eventsMax) }
  }

  private func number(_ statement: Statement, _ name: String?) -> Double? {
    for argument in statement.arguments where argument.name == name {
      switch argument.value.kind {
      case .number(.plain(let number)): return number
      case .number(.quantity(let quantity)): return quantity.value
      default: continue
      }
    }
    return nil
  }
}

extension OneLessonLinter {
  /// The events on the way through, with one try at each task, against the lesson's budget.
  mutating func lintBudget(scene: Source?) {
    var estimate = EventEstimate(registry: registry)
    var marked: [(name: String, estimate: EventEstimate)] = []
    if let scene {
      for range in Parser.statementRanges(in: scene, scene.all) { estimate.follow(scene, range) }
    }
    for (_, step) in lesson.steps {
      switch step.kind {
      case .run(let statements), .setup(let statements):
        for range in statements.ranges {
          estimate.follow(source, range)
          if let name = markName(range) { marked.append((name, estimate)) }
        }
      case .task(let task):
        if let from = task.from?.text, let start = marked.last(where: { $0.name == from }) {
          estimate.goBack(to: start.estimate)
        }
        for range in task.solution?.ranges ?? [] { estimate.follow(source, range) }
      case .predict, .choice, .reflect, .note: continue
      }
    }
    let matter = lesson.frontMatter
    guard estimate.events > Double(matter.budget) else { return }
    let range = matter.budgetRange ?? (matter.start?.range ?? matter.title.range)
    report(
      "over-budget",
      "This lesson would simulate about \(millions(estimate.events)) events; its budget is "
        + "\(millions(Double(matter.budget))).", range,
      "Run for hours or days rather than weeks, or raise 'budget:'.")
  }

  private func markName(_ range: Range<Int>) -> String? {
    let words = source.text(range).split(separator: " ")
    return words.count == 2 && words[0] == "mark" ? String(words[1]) : nil
  }

  private func millions(_ events: Double) -> String {
    let tenths = Int(events / 1e5 + 0.5)
    return "\(tenths / 10).\(tenths % 10) million"
  }
}
