import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

/// What `rent` and `release` do about services beside machines.
struct RentedService {
  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// Rents a service of a name.
  /// - Returns: nil if the name is none of a service.
  func rent(_ name: String, in world: inout World) throws -> Report? {
    do {
      switch name {
      case "balancer": return try balancer(&world)
      case "cdn": return try delivery(&world)
      case "storage": return try storage(&world)
      case "support": return try support(&world)
      default:
        guard let (book, size) = world.catalog.database(name, arguments) else { return nil }
        return try database(size, of: book, &world)
      }
    } catch let problem as CloudProblem {
      throw problem.diagnostic(arguments, at: "size")
    } catch let problem as WorldProblem {
      throw problem.diagnostic(arguments)
    }
  }

  /// Gives a service of a name back.
  /// - Returns: nil if the name is none of a service.
  func release(_ name: String, in world: inout World) throws -> Report? {
    let services: [String: (World.CloudService, String)] = [
      "balancer": (.balancer, "The load balancer is given back."),
      "cdn": (.delivery, "Pictures come from the shop itself again."),
      "database": (.database, "The database is given back; the orders were brought home."),
      "support": (.support, "The support is given back; this month of it is paid whole."),
    ]
    if name == "storage" {
      do {
        try world.keep(DataSize(bytes: 0), at: try world.catalog.provider(arguments))
      } catch let problem as CloudProblem {
        throw problem.diagnostic(arguments, at: "size")
      } catch let problem as WorldProblem {
        throw problem.diagnostic(arguments)
      }
      return Report([.paragraph("Nothing is kept there any more.")])
    }
    guard let (service, words) = services[name] else { return nil }
    do throws(CloudProblem) {
      try world.release(service)
    } catch {
      throw error.diagnostic(arguments, at: "size")
    }
    return Report([.paragraph(words)])
  }

  private func balancer(_ world: inout World) throws -> Report {
    let book = try world.catalog.provider(arguments)
    try world.rentBalancer(of: book)
    let price = book.balancer.at(world.now)?.value
    return Report([
      .paragraph(
        "Visitors come in by a load balancer of \(book.name) now, for \(RateText.text(price?.hourly ?? .zero)) an "
          + "hour and \(RateText.text(price?.gigabyte ?? .zero)) a gigabyte. It stands in all zones, and sends "
          + "nobody to a machine that is down.")
    ])
  }

  private func delivery(_ world: inout World) throws -> Report {
    let book = try world.catalog.provider(arguments)
    try world.rentDelivery(of: book)
    let price = book.deliveries.at(world.now)?.value.first?.price ?? .zero
    return Report([
      .paragraph(
        "Pictures come from a content delivery network of \(book.name) now, from somewhere near each visitor, for "
          + "\(RateText.text(price)) a gigabyte. Your own line has the rest to send: the text.")
    ])
  }

  private func storage(_ world: inout World) throws -> Report {
    let book = try world.catalog.provider(arguments)
    let size = DataSize(bytes: arguments.quantity("amount") ?? 1e9)
    try world.keep(size, at: book)
    let price = book.storage.at(world.now)?.value ?? .zero
    return Report([
      .paragraph(
        "\(book.name) keeps \(QuantityText.significant(size.bytes / 1e9)) GB for you now, at \(RateText.text(price)) a "
          + "gigabyte and month: \(FactValue.money(.dollars(price.dollars * size.bytes / 1e9)).text) a month."
      )
    ])
  }

  private func support(_ world: inout World) throws -> Report {
    let book = try world.catalog.provider(arguments)
    let plans = book.supportPlans(at: world.now)
    let names = plans.map(\.id).joined(separator: ", ")
    let help =
      plans.isEmpty ? "\(book.name) has no plans at this time." : "Plans at this time: \(names)."
    guard let id = arguments.word("plan") else {
      throw arguments.error("no-plan", "Which plan of support?", at: "size", help: help)
    }
    guard let plan = plans.first(where: { $0.id == id }), let price = plan.prices.at(world.now)
    else {
      throw arguments.error(
        "unknown-plan", "\(book.name) has no plan '\(id)' at this time.", at: "plan",
        help: [NearMiss.question(for: id, among: plans.map(\.id)), help].compactMap { $0 }
          .joined(separator: " "))
    }
    try world.rentSupport(plan, of: book)
    return Report([
      .paragraph(
        "People of \(book.name) answer your questions now, with the plan \(plan.id): \(plan.gives). It costs "
          + "\(price.value.words), whole in each month in which it runs.")
    ])
  }

  private func database(
    _ size: DatabaseSize, of book: PriceBook, _ world: inout World
  ) throws -> Report {
    let hasStandby = arguments.word("standby") == "yes"
    try world.rentDatabase(size, of: book, hasStandby: hasStandby)
    let price = (hasStandby ? size.withStandby : size.hourly).at(world.now)?.value ?? .zero
    var words =
      "The orders are in a database of \(book.name) now, \(size.id), for \(RateText.text(price)) an hour. "
      + "\(book.name) replaces its disks and copies it every night."
    if hasStandby, let failover = book.failover.at(world.now)?.value {
      words +=
        " A second one waits in another zone, and takes over in \(FactValue.span(failover).text)."
    }
    return Report([.paragraph(words)])
  }
}
