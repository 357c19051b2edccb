import Catalogs
import Foundation
import Quantities
import Service
import Testing
import WorldModel

/// A world with a bit of everything in it, that has run for so long.
private func sample(after span: TimeSpan = .hours(24) + .minutes(7)) throws -> World {
  var world = World(seed: 7)
  var demand = Demand(visitsPerDay: 4_000)
  demand.campaigns.append(
    Campaign(start: world.now, end: world.now + .days(1), factor: 3))
  world.openShop(
    demand: demand, servers: (Catalog.standard.servers[1], 1), uplink: Catalog.standard.uplinks[1])
  world.mark("opening")
  try world.buy(Catalog.standard.servers[2], count: 1)
  _ = try world.run(to: world.now + span) { _, _ in }
  return world
}

@Suite struct StateHashTests {
  @Test func equalWorldsHashAlikeAndTheHashIsNotStored() throws {
    #expect(try StateHash(of: sample()) == StateHash(of: sample()))
  }

  @Test func aWorldComesBackFromItsEncoding() throws {
    let world = try sample()
    let again = try JSONDecoder().decode(World.self, from: JSONEncoder().encode(world))
    #expect(StateHash(of: again) == StateHash(of: world))
  }

  /// Alters each leaf of the encoded world in turn.
  ///
  /// Since the encoding is derived by the compiler, its leaves are all stored properties; long
  /// arrays are altered at both ends and in the middle.
  @Test func everyFieldOfTheWorldEntersTheHash() throws {
    // An hour that is over and some minutes: a day would be decoded as often, and take minutes.
    let world = try sample(after: .minutes(67))
    let tree = try JSONSerialization.jsonObject(with: JSONEncoder().encode(world))
    var hashes: Set<StateHash> = [StateHash(of: world)]
    var altered = 0
    for path in leaves(of: tree, at: []) {
      let data = try JSONSerialization.data(withJSONObject: changed(tree, at: path[...]))
      let other: World
      do {
        other = try JSONDecoder().decode(World.self, from: data)
      } catch {
        continue  // a name that no case bears, or an array of a fixed length
      }
      let isNew = hashes.insert(StateHash(of: other)).inserted
      #expect(isNew, "altering \(path.map(\.description).joined(separator: ".")) leaves the hash")
      altered += 1
    }
    #expect(altered > 100)
  }

  private enum Step: CustomStringConvertible {
    case key(String)
    case index(Int)

    var description: String {
      switch self {
      case .key(let key): key
      case .index(let index): "\(index)"
      }
    }
  }

  private func leaves(of tree: Any, at path: [Step]) -> [[Step]] {
    if let object = tree as? [String: Any] {
      return object.keys.sorted().flatMap { leaves(of: object[$0] ?? 0, at: path + [.key($0)]) }
    }
    if let array = tree as? [Any] {
      let shown = array.count > 8 ? [0, array.count / 2, array.count - 1] : Array(array.indices)
      return shown.flatMap { leaves(of: array[$0], at: path + [.index($0)]) }
    }
    return [path]
  }

  private func changed(_ tree: Any, at path: ArraySlice<Step>) -> Any {
    switch path.first {
    case .key(let key):
      var object = tree as? [String: Any] ?? [:]
      object[key] = changed(object[key] ?? 0, at: path.dropFirst())
      return object
    case .index(let index):
      var array = tree as? [Any] ?? []
      array[index] = changed(array[index], at: path.dropFirst())
      return array
    case nil:
      if let text = tree as? String { return text + "x" }
      guard let number = tree as? NSNumber else { return tree }
      if String(cString: number.objCType) == "c" { return !number.boolValue }
      let isWhole = number.doubleValue == number.doubleValue.rounded()
      return isWhole
        ? NSNumber(value: number.int64Value &+ 1) : NSNumber(value: number.doubleValue * 2)
    }
  }
}

@Suite struct WorldTests {
  @Test func theLedgerAddsUpToTheMicrodollar() throws {
    let world = try sample()
    let sum = world.ledger.entries.reduce(Money.zero) { $0 + $1.amount }
    #expect(world.ledger.spent.capital + world.ledger.spent.running == sum)
    #expect(world.cash == World.openingCash + world.earnings - sum)
  }

  // One day of a T1 at $600 a month, 12 months a year of 365 days; 222 W and 300 W for 24 h at $0.08.
  @Test func aDayIsBilledAtItsEnd() throws {
    let world = try sample()
    let expected = Money.dollars(600.0 * 12 / 365) + .dollars((222 + 300) * 24 / 1_000 * 0.08)
    #expect(world.ledger.spent.running == expected)
    let day = world.ledger.spent(
      from: World.storyStart, to: World.storyStart + .days(1))
    #expect(day.running == expected)
  }

  @Test func whatIsTooDearIsNotBought() throws {
    var world = try sample()
    let before = StateHash(of: world)
    #expect(throws: WorldProblem.self) { try world.buy(Catalog.standard.servers[1], count: 1_000) }
    #expect(StateHash(of: world) == before)
  }
}
