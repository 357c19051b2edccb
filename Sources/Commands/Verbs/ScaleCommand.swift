import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `scale`: as many rented machines as their use asks for.
struct ScaleCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "scale", "Let the number of rented machines follow their use; 'scale off' stops it.",
    group: .cloud,
    parameters: [
      .positional("size", .name("size"), "the size of machine, or 'off'"),
      .named("target", .quantity(.number, 0.05...1), fallback: "60%", "how busy they should be"),
      .named("min", .count(0...1_000), fallback: "1", "the fewest"),
      .named("max", .count(1...1_000), fallback: "20", "the most"),
      .named(
        "cooldown", .quantity(.time, 0...86_400), fallback: "5min",
        "how long it waits after a change"),
      .named(
        "reaction", .choice(Autoscaler.Reaction.allCases.map(\.rawValue)), fallback: "target",
        "how use becomes a number of machines"
      ).meaning([
        "target": "as many as bring the use to the target",
        "step": "one more above it, three tenths more far above, one fewer far below",
      ]),
      .named(
        "stabilization", .quantity(.time, 0...86_400), fallback: "0min",
        "how long fewer must have been enough before one is given back"),
      .named("from", .count(0...23), fallback: "0", "from which hour of the day there are more"),
      .named("to", .count(0...24), fallback: "0", "until which hour"),
      .named(
        "then", .count(0...1_000), fallback: "0", "how many there are at least in these hours"),
      .named(
        "predict", .choice(["yes", "no"]), fallback: "no",
        "whether it starts what the days before needed, ahead of time"
      ).meaning([
        "yes": "by the same hour of the day and of the week before", "no": "it waits and sees",
      ]),
      .named(
        "warm", .count(0...1_000), fallback: "0",
        "how many more run without visitors, to be there at once"),
      .named("zones", .count(1...6), fallback: "1", "over how many zones they are spread"),
      .named("provider", .name("provider"), "whose, where several have the name"),
    ],
    example:
      "new shop start=2006-09-01 servers=0 visits=500/day\nscale m1.small target=60% max=4\nrun 1 h",
    errors: [
      "no-shop", "unknown-size", "not-for-rent", "bad-range", "no-rule", "unknown-zone",
    ])

  /// How far ahead a prediction starts machines.
  ///
  /// `Chosen:` fifteen minutes, ample for a start and for the first of an hour's visitors.
  private static let lead = TimeSpan.minutes(15)

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let id = arguments.word("size") else { preconditionFailure("'scale' declares this") }
    guard world.shop != nil else { throw WorldProblem.noShop.diagnostic(arguments) }
    if id == "off" { return try stop(&world) }
    let (book, size) = try world.catalog.size(id, arguments)
    guard size.hourly.at(world.now) != nil, book.isOpen(at: world.now) else {
      throw CloudProblem.notForRent(id).diagnostic(arguments, at: "size")
    }
    let rule = try rule()
    let (zones, warm) = (arguments.count("zones") ?? 1, arguments.count("warm") ?? 0)
    do throws(CloudProblem) {
      try world.scale(rule, size: size, of: book, zones: zones, warm: warm)
    } catch {
      throw error.diagnostic(arguments, at: "zones")
    }
    return report(rule, size, book, zones, warm, world)
  }

  private func rule() throws -> Autoscaler {
    guard let target = arguments.quantity("target"), let least = arguments.count("min"),
      let most = arguments.count("max"), let cooldown = arguments.quantity("cooldown"),
      let stabilization = arguments.quantity("stabilization"), let from = arguments.count("from"),
      let to = arguments.count("to"), let then = arguments.count("then")
    else { preconditionFailure("'scale' declares these") }
    guard least <= most else {
      throw arguments.error(
        "bad-range", "The fewest, \(least), are more than the most, \(most).", at: "min")
    }
    guard then <= most else {
      throw arguments.error(
        "bad-range", "\(then) in some hours are more than the most, \(most).", at: "then",
        help: "'max=' sets the most.")
    }
    guard then == 0 || from != to else {
      throw arguments.error(
        "bad-range", "'from' and 'to' are the same hour, so there is no time between them.",
        at: "from", help: "For example: scale m1.small from=17 to=23 then=6")
    }
    return Autoscaler(
      target: target,
      reaction: arguments.word("reaction").flatMap(Autoscaler.Reaction.init) ?? .target,
      minimum: least, maximum: most, cooldown: .seconds(cooldown),
      stabilization: .seconds(stabilization),
      schedule: then > 0 ? .init(from: from, to: to, count: then) : nil,
      forecast: arguments.word("predict") == "yes" ? LoadForecast(lead: ScaleCommand.lead) : nil)
  }

  private func report(
    _ rule: Autoscaler, _ size: InstanceType, _ book: PriceBook, _ zones: Int, _ warm: Int,
    _ world: World
  ) -> Report {
    var sentences = [
      "Each minute the number of \(size.id) follows their use: \(rule.minimum) to \(rule.maximum), so that they are "
        + "\(FactValue.share(rule.target).text) busy, and \(FactValue.span(rule.cooldown).text) between changes. A "
        + "start takes \(FactValue.span(book.boot.at(world.now)?.value ?? .zero).text)."
    ]
    if let schedule = rule.schedule {
      sentences.append(
        "From \(schedule.from) to \(schedule.to) o'clock there are \(schedule.count) at least.")
    }
    if rule.forecast != nil {
      sentences.append(
        "What the same hour needed a day or a week before is started \(FactValue.span(ScaleCommand.lead).text) ahead."
      )
    }
    if warm > 0 {
      sentences.append("\(warm) more run without visitors, paid like the others.")
    }
    if zones > 1 { sentences.append("They are spread over \(zones) zones.") }
    return Report([.paragraph(sentences.joined(separator: " "))])
  }

  private func stop(_ world: inout World) throws -> Report {
    guard let account = world.accounts.first(where: { $0.scaling != nil }),
      let size = account.scaling?.size
    else {
      throw arguments.error(
        "no-rule", "No rule scales anything.", at: "size", help: "'scale m1.small' begins with one."
      )
    }
    world.stopScaling(account.provider)
    return Report([.paragraph("The number of \(size) stays as it is.")])
  }
}
