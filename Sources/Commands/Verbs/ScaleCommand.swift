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
      .named("provider", .name("provider"), "whose, where several have the name"),
    ],
    example:
      "new shop start=2006-09-01 servers=0 visits=500/day\nscale m1.small target=60% max=4\nrun 1 h",
    errors: ["no-shop", "unknown-size", "not-for-rent", "bad-range", "no-account"])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let id = arguments.word("size"), let target = arguments.quantity("target"),
      let least = arguments.count("min"), let most = arguments.count("max"),
      let cooldown = arguments.quantity("cooldown")
    else { preconditionFailure("'scale' declares these") }
    guard world.shop != nil else { throw WorldProblem.noShop.diagnostic(arguments) }
    if id == "off" { return try stop(&world) }
    let (book, size) = try world.catalog.size(id, arguments)
    guard size.hourly.at(world.now) != nil, book.isOpen(at: world.now) else {
      throw CloudProblem.notForRent(id).diagnostic(arguments, at: "size")
    }
    guard least <= most else {
      throw arguments.error(
        "bad-range", "The fewest, \(least), are more than the most, \(most).", at: "min")
    }
    world.scale(
      TargetTracking(
        target: target, minimum: least, maximum: most, cooldown: .seconds(cooldown)),
      size: size, of: book)
    return Report([
      .paragraph(
        "Each minute the number of \(size.id) follows their use: \(least) to \(most), so that they are "
          + "\(FactValue.share(target).text) busy, and \(FactValue.span(.seconds(cooldown)).text) between changes. A "
          + "start takes \(FactValue.span(book.boot.at(world.now)?.value ?? .zero).text).")
    ])
  }

  private func stop(_ world: inout World) throws -> Report {
    guard let account = world.accounts.first(where: { $0.scaling != nil }),
      let book = world.catalog.priceBook(account.provider),
      let size = account.scaling.flatMap({ book.instance($0.size) })
    else { throw CloudProblem.noAccount.diagnostic(arguments) }
    world.scale(nil, size: size, of: book)
    return Report([.paragraph("The number of \(size.id) stays as it is.")])
  }
}
