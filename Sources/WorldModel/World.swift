import Catalogs
import CommandLanguage
import Quantities
import Service

/// The simulated state of a session: a value, so a copy is a snapshot.
///
/// Everything in it is simulated, and all of it enters the state hash. What was measured of the learner's
/// own machine is in it only as an entry of the catalog, which the log keeps.
package struct World: Codable, Sendable {
  /// The seed from which every random number follows.
  package internal(set) var seed: UInt64
  /// The moment that the world has reached.
  package internal(set) var now: Moment
  /// The shop, once there is one.
  package internal(set) var shop: Shop?
  /// The machines, in the order in which they were bought; where there is a shop, its servers are these.
  package internal(set) var machines: [OwnedMachine] = []
  /// How long ordered machines take to come.
  package internal(set) var deliveryTime = TimeSpan.zero
  /// Machines that are on their way, in the order of their orders.
  package internal(set) var deliveries: [Delivery] = []
  /// The machines that were sold.
  var soldMachines: [SoldMachine] = []
  /// Where the orders are kept.
  package internal(set) var store = OrderStore()
  /// The machine room, once one was ordered.
  package internal(set) var machineRoom: MachineRoom?
  /// What can be bought in it.
  package internal(set) var catalog: Catalog
  /// What was spent.
  package internal(set) var ledger: Ledger
  /// The line that the shop rents, by its name in the catalog.
  package internal(set) var uplinkID: String
  /// What is rented, by provider, in the order of the first rents.
  package internal(set) var accounts: [CloudAccount] = []
  /// What happened at providers, in order.
  package internal(set) var cloudEvents: [CloudEvent] = []
  /// The machine that visitors come in by, where all machines are rented; nil where they are not.
  package internal(set) var entrance: Entrance?
  /// The carbon dioxide of all electricity so far.
  package internal(set) var carbon = CarbonFootprint()
  /// Loans that are being paid back, the oldest first.
  package internal(set) var loans: [OpenLoan] = []
  /// Moments that were marked, in the order of marking.
  package private(set) var marks: [Mark] = []
  /// Days since 1970 up to which the running costs are booked.
  var billedDays: Int
  /// What of the room's meter is paid for.
  var billedEnergy = Energy.zero
  /// The number that the next machine gets.
  var nextMachine = 1

  /// When the story begins.
  package static let storyStart = Moment(year: 2004, month: 3, day: 1)

  /// `Chosen:` what a quilt maker may have saved: enough for a few servers, not for a room of them.
  package static let openingCash = Money.dollars(12_000)

  /// The share of each sale that is left after cloth, sewing, packing and postage.
  ///
  /// `Chosen:` a twentieth, a usual net margin of small retailers, so that money stays scarce.
  package static let margin = 0.05

  /// A world in which nothing has happened yet.
  package init(
    seed: UInt64, start: Moment = World.storyStart, cash: Money = World.openingCash,
    catalog: Catalog = .standard
  ) {
    self.seed = seed
    self.catalog = catalog
    now = start
    ledger = Ledger(opening: cash)
    uplinkID = "isdn"
    billedDays = start.daysSince1970
  }

  /// Whether any time has been simulated.
  package var hasStarted: Bool { shop.map { $0.now > $0.start } ?? false }

  /// What the sales so far have left after the goods were paid for.
  package var earnings: Money {
    .dollars((shop?.accounts.total.revenue.dollars ?? 0) * World.margin)
  }

  /// The cash at hand: what there was, plus what sales left and what is borrowed, minus what was spent.
  package var cash: Money {
    ledger.opening + earnings + ledger.borrowed - ledger.spent.capital - ledger.spent.running
  }
}

/// A moment that was given a name, and what had been counted until then.
package struct Mark: Codable, Sendable {
  /// The name.
  package var name: String
  /// When.
  package var moment: Moment
  /// How many invoice lines the ledger had.
  package var ledgerEntries: Int
}

extension World {
  /// Where the room stands, or else where the story begins.
  package var site: Catalog.Site {
    machineRoom.flatMap { catalog.site($0.siteID) } ?? catalog.sites[0]
  }

  /// Adds to what can be bought.
  /// - Returns: what came to it.
  /// - Throws: all that is wrong with the file.
  package mutating func addCatalog(_ source: Source) throws(Diagnostics) -> [CatalogEntry] {
    try catalog.add(source)
  }

  /// Puts the machine that the program runs on into the catalog, at any date.
  ///
  /// While one is owned or on its way, it stays as it was measured for that.
  /// - Parameter entry: its entry as text.
  /// - Returns: whether it is as the entry says now.
  /// - Throws: all that is wrong with the entry.
  package mutating func offerOwnMachine(_ entry: String) throws(Diagnostics) -> Bool {
    let id = Catalog.ownMachineID
    guard !machines.contains(where: { $0.model == id }),
      !deliveries.contains(where: { $0.model == id })
    else { return catalog.ownMachine == entry }
    try catalog.offerOwnMachine(entry)
    return true
  }

  /// Remembers this moment under a name; an older mark of that name is forgotten.
  package mutating func mark(_ name: String) {
    marks.removeAll { $0.name == name }
    marks.append(Mark(name: name, moment: now, ledgerEntries: ledger.entries.count))
  }

  /// The mark of a name, or nil.
  package func mark(named name: String) -> Mark? { marks.first { $0.name == name } }

  /// Changes the seed of a world in which nothing has happened yet.
  package mutating func reseed(_ seed: UInt64) {
    precondition(shop == nil, "a world with a shop cannot change its seed")
    self.seed = seed
  }
}
