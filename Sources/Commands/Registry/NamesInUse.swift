import Catalogs
import Quantities
import Reports
import WorldModel

/// The names of things that exist now, for completion.
///
/// They are found when somebody asks for them, which may take reading files.
package struct NamesInUse {
  private var sources: [String: () -> [Completer.Candidate]] = [:]

  /// No names at all.
  package init() {}

  /// The names of one kind of thing, by the word that parameters use for it: `branch`.
  ///
  /// `Parameter.Kind.name` says which words there are.
  package subscript(kind: String) -> [Completer.Candidate] { sources[kind]?() ?? [] }

  /// Says where the names of one kind of thing come from.
  package mutating func provide(_ kind: String, _ names: @escaping () -> [Completer.Candidate]) {
    sources[kind] = names
  }
}

extension Session {
  /// The names of this session: its branches, the marks of its world, its days.
  package var namesInUse: NamesInUse {
    var names = NamesInUse()
    names.provide("branch") {
      branches.map { name, branch in
        let place = name == currentName ? "you are here, at" : "stands at"
        return .init(name, "\(place) \(branch.state.world.now)")
      }
    }
    let world = state.world
    names.provide("mark") { world.marks.map { .init($0.name, "\($0.moment)") } }
    names.provide("day") {
      [
        .init("\(world.now.date)", "today"),
        .init("\((world.now - .days(1)).date)", "yesterday"),
      ]
    }
    for kind in Catalog.openKinds {
      names.provide(kind.rawValue) {
        let added = world.catalog.addedIDs([kind])
        return world.catalog.entries.filter { added.contains($0.id) }
          .map { .init($0.id, "\($0.summary), of your own") }
      }
    }
    names.provide("size") {
      world.catalog.priceBooks.flatMap { book in
        book.instances(at: world.now).map { .init($0.id, "\($0.summary), of \(book.name)") }
      }
    }
    names.provide("offer") {
      world.catalog.priceBooks.flatMap { book in
        book.reservations.filter { $0.isOffered(at: world.now) }
          .map { .init($0.id, "\($0.months) months of \($0.instance), of \(book.name)") }
          + book.savings.filter { $0.isOffered(at: world.now) }
          .map { .init($0.id, "\($0.months) months of any size, of \(book.name)") }
      }
    }
    names.provide("plan") {
      world.catalog.priceBooks.flatMap { book in
        book.supportPlans(at: world.now).map { .init($0.id, "support of \(book.name)") }
      }
    }
    names.provide("provider") { world.catalog.priceBooks.map { .init($0.id, $0.name) } }
    guard let room = world.machineRoom else { return names }
    let racks = room.room.racks.indices.map { index in
      Completer.Candidate(
        room.room.racks[index].plan.name, RackState(room, rack: index, now: world.now).name)
    }
    let feeds = room.room.feeds.map { Completer.Candidate($0.plan.name, "a way from the meter") }
    names.provide("room") { [.init("room", "the machine room")] }
    names.provide("rack") { racks }
    names.provide("feed") { feeds }
    names.provide("part") {
      let units = room.room.plan.cooling.indices.map {
        Completer.Candidate("\($0 + 1)", "cooling unit, or machine, \($0 + 1)")
      }
      return feeds + racks + units
    }
    return names
  }
}

extension Catalog {
  /// What each server is, for completion.
  static var serverMeanings: [String: String] { meanings(standard.servers) }

  /// What each line is, for completion.
  static var uplinkMeanings: [String: String] {
    meanings(standard.uplinks) {
      ", " + FactValue.quantity(Quantity($0.rate), .megabitPerSecond).text
    }
  }

  /// What things are, by name, for completion: `one 2.8 GHz core, from 2003 to 2007, first $3,500`.
  static func meanings<Item: CatalogItem>(
    _ items: [Item], more: (Item) -> String = { _ in "" }
  ) -> [String: String] {
    Dictionary(
      items.map { item in
        let entry = item.entry
        let years =
          entry.sold.upperBound == 9_999
          ? "from \(entry.sold.lowerBound) on"
          : "from \(entry.sold.lowerBound) to \(entry.sold.upperBound)"
        let price = FactValue.money(entry.prices[0].amount).text
        return (item.id, "\(item.summary)\(more(item)), \(years), first \(price)")
      }
    ) { first, _ in first }
  }
}
