import CommandLanguage
import Reports
import WorldModel

/// `release`: rented machines back to their owner.
struct ReleaseCommand: WorldChange {
  static let declaration = CommandDeclaration(
    "release", "Give rented machines back, those that came last first.", group: .cloud,
    parameters: [
      .positional(
        "size", .name("size"), "the size of machine; or balancer, cdn, database, storage, support"),
      .named("count", .count(1...1_000), fallback: "1", "how many"),
      .named("machine", .count(1...1_000_000), "which one, by its number on 'show bill'"),
    ],
    example:
      "new shop start=2006-09-01 visits=500/day\nrent m1.small count=2\nrun 1 h\nrelease m1.small",
    errors: [
      "unknown-machine", "too-few-servers", "not-there", "no-shop", "not-for-rent",
      "unknown-provider",
    ])

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func run(in world: inout World, _ context: CommandContext) throws -> Report {
    guard let size = arguments.word("size"), let count = arguments.count("count") else {
      preconditionFailure("'release' declares these")
    }
    if let report = try RentedService(arguments).release(size, in: &world) { return report }
    do throws(CloudProblem) {
      if let number = arguments.count("machine") {
        try world.release(machine: number)
      } else {
        try world.release(size, count: count)
      }
    } catch {
      throw error.diagnostic(arguments, at: arguments.count("machine") == nil ? "size" : "machine")
    }
    let left = world.rentedCounts.reduce(0) { $0 + $1.count }
    return Report([
      .paragraph(
        "\(count) × \(size) given back; time that was begun is billed. You rent \(counted(left, "machine")) now."
      )
    ])
  }
}
