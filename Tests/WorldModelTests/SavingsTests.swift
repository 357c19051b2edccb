import Catalogs
import Cloud
import Quantities
import Service
import Testing

@testable import WorldModel

/// Dollars an hour that are owed, and what running on takes off, as the world bills them.
@Suite("Savings plans in the world")
struct SavingsTests {
  private static func book(_ id: String) throws -> PriceBook {
    try #require(Catalog.standard.priceBook(id))
  }

  /// A shop on which nobody calls, so that its bills are those of its machines.
  private static func world(at start: Moment) throws -> World {
    var world = World(seed: 2, start: start, cash: .dollars(20_000))
    world.openShop(
      demand: Demand(visitsPerDay: 1e-6),
      servers: (try #require(Catalog.standard.server("1u-2004")), 0),
      uplink: try #require(Catalog.standard.uplink("t1")))
    return world
  }

  private static func rent(
    _ size: String, of provider: String, count: Int, in world: inout World
  ) throws {
    let book = try book(provider)
    try world.rent(try #require(book.instance(size)), of: book, count: count)
  }

  // June: 144 h of 7.008 cents are owed; two machines of 9.6 cents, one of them from noon of the 27th
  // on (84 h). July: 744 h of both.
  @Test("are on the bills of their months, to the cent, and cover the machine that came first")
  func bills() throws {
    var world = try Self.world(at: Moment(year: 2020, month: 6, day: 25))
    let aws = try Self.book("aws")
    try world.reserve(
      try #require(aws.savingsOffer("compute-1y")), of: aws, commitment: .dollars(0.07008))
    try Self.rent("m5.large", of: "aws", count: 1, in: &world)
    _ = try world.run(to: Moment(year: 2020, month: 6, day: 27) + .hours(12)) { _, _ in }
    try Self.rent("m5.large", of: "aws", count: 1, in: &world)
    _ = try world.run(to: Moment(year: 2020, month: 8, day: 1) + .hours(1)) { _, _ in }
    let expected = [144 * 0.07008 + 84 * 0.096, 744 * 0.07008 + 744 * 0.096]
    let bills = try #require(world.account("aws")).bills
    #expect(bills.map(\.total) == expected.map { .dollars($0) })
    let paid = world.ledger.entries.filter { $0.cause == .cloud }
    #expect(paid.map(\.amount) == bills.map(\.total))
  }

  // June: 720 h of 7 cents at seven tenths; a second machine for 180 h pays them whole.
  @Test("come beside what running on takes off at Google")
  func sustained() throws {
    var world = try Self.world(at: Moment(year: 2014, month: 6, day: 1))
    try Self.rent("n1-standard-1", of: "google", count: 2, in: &world)
    _ = try world.run(to: Moment(year: 2014, month: 6, day: 8) + .hours(12)) { _, _ in }
    try world.release("n1-standard-1", count: 1)
    _ = try world.run(to: Moment(year: 2014, month: 7, day: 1) + .hours(1)) { _, _ in }
    let bill = try #require(world.account("google")?.bills.first)
    #expect(bill.total == .dollars(720 * 0.07 * 0.7 + 180 * 0.07))
  }

  @Test("cannot be had before their day")
  func days() throws {
    var world = try Self.world(at: Moment(year: 2019, month: 11, day: 1))
    let aws = try Self.book("aws")
    let offer = try #require(aws.savingsOffer("compute-1y"))
    #expect(throws: CloudProblem.notOffered("compute-1y")) {
      try world.reserve(offer, of: aws, commitment: .dollars(1))
    }
  }

  @Test("are the same in pieces as in one")
  func pieces() throws {
    var whole = try Self.world(at: Moment(year: 2017, month: 11, day: 28))
    let google = try Self.book("google")
    try whole.reserve(
      try #require(google.savingsOffer("committed-3y")), of: google, commitment: .dollars(0.05))
    try Self.rent("n1-standard-1", of: "google", count: 3, in: &whole)
    var pieces = whole
    let end = Moment(year: 2017, month: 12, day: 4) + .hours(7)
    _ = try whole.run(to: end) { _, _ in }
    for moment in [
      Moment(year: 2017, month: 11, day: 29) + .seconds(11),
      Moment(year: 2017, month: 12, day: 1), Moment(year: 2017, month: 12, day: 1) + .seconds(1),
      Moment(year: 2017, month: 12, day: 2) + .minutes(31),
    ] {
      _ = try pieces.run(to: moment) { _, _ in }
    }
    _ = try pieces.run(to: end) { _, _ in }
    #expect(StateHash(of: whole) == StateHash(of: pieces))
    #expect(whole.account("google")?.bills.count == 1)
  }
}
