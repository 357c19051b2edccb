import Cloud
import CommandLanguage
import Quantities

/// What can be bought, with the source and the date of every figure: what comes with the program, and what
/// somebody added to it.
///
/// A value that keeps the texts of what was added, so that a world that is written down has them with it.
package struct Catalog: Sendable {
  /// A file that was added.
  package struct Addition: Hashable, Codable, Sendable {
    /// What the file was called.
    package var name: String
    /// What it held.
    package var text: String
  }

  /// The files that were added, in order.
  package private(set) var additions: [Addition] = []
  /// The entry of the machine that the program runs on; nil until that was measured.
  package private(set) var ownMachine: String?
  /// All entries with these; nil while there are none.
  private var own: Shelves?
  /// The price books that were added.
  private var ownBooks: [PriceBook] = []

  /// What comes with the program, and no more.
  package static let standard = Catalog()

  private var shelves: Shelves { own ?? Shelves.standard }

  /// The kinds of things that can be added.
  ///
  /// Parts fit machines, and rooms are what `build` knows to build: these are as they are.
  package static let openKinds: [CatalogEntry.Kind] = CatalogEntry.Kind.allCases
    .filter { $0 != .part && $0 != .building }

  /// Adds the entries of a file, all of them or none.
  /// - Parameter name: what the file is called from now on; nil for the name that it has.
  /// - Returns: what came to it.
  /// - Throws: all that is wrong with the file.
  @discardableResult
  package mutating func add(
    _ source: Source, name: String? = nil
  ) throws(Diagnostics) -> [CatalogEntry] {
    let addition = Addition(
      name: name ?? source.name ?? "a file", text: source.text(source.all))
    if source.text(source.all).split(separator: "\n").contains(where: { $0.hasPrefix("provider:") })
    {
      try addBook(source)
      additions.append(addition)
      return []
    }
    let (entries, diagnostics) = CatalogReader.parse(
      source, kinds: Catalog.openKinds,
      taken: Set(self.entries.map(\.id) + [Catalog.ownMachineID]))
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    additions.append(addition)
    let (others, machine) = (
      self.entries.filter { !$0.isOwnMachine }, self.entries.filter(\.isOwnMachine)
    )
    own = Shelves(others + entries + machine)
    return entries
  }

  /// What the machine that the program runs on is called.
  package static let ownMachineID = "my-machine"

  /// Puts the machine that the program runs on behind all others, in place of what it was before.
  /// - Parameter text: one entry of that name.
  /// - Throws: all that is wrong with the text.
  package mutating func offerOwnMachine(_ text: String) throws(Diagnostics) {
    let source = Source(name: Catalog.ownMachineID, text: text)
    let (entries, diagnostics) = CatalogReader.parse(source, kinds: [.server])
    guard diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    guard entries.count == 1, entries[0].isOwnMachine else {
      throw Diagnostics([
        Diagnostic(
          "bad-name", "This is not one entry called '\(Catalog.ownMachineID)'.",
          at: source.span(source.lineRange(0)))
      ])
    }
    ownMachine = text
    own = Shelves(self.entries.filter { !$0.isOwnMachine } + entries)
  }

  private mutating func addBook(_ source: Source) throws(Diagnostics) {
    let (book, diagnostics) = PriceBookReader.parse(source)
    guard let book, diagnostics.isEmpty else { throw Diagnostics(diagnostics) }
    guard priceBook(book.id) == nil else {
      throw Diagnostics([
        Diagnostic(
          "repeated-entry", "There is a provider '\(book.id)' already.",
          at: source.span(source.lineRange(0)), help: "Give it another name.")
      ])
    }
    ownBooks.append(book)
  }

  /// The price books of providers, the program's own first.
  package var priceBooks: [PriceBook] { Catalog.standardBooks + ownBooks }

  /// The price book of a provider, or nil.
  package func priceBook(_ id: String) -> PriceBook? { priceBooks.first { $0.id == id } }

  private static let standardBooks: [PriceBook] = providerFiles.map { name, bytes in
    let (book, diagnostics) = PriceBookReader.parse(Source(name: "\(name).yaml", bytes: bytes))
    guard let book else { preconditionFailure("the book '\(name)' is broken: \(diagnostics)") }
    return book
  }

  /// The providers whose books come with the program, without reading them.
  package static let providers = ["aws", "azure", "google"]

  /// The files of these.
  package static var providerFiles: [(name: String, bytes: [UInt8])] {
    [
      ("aws", PackageResources.aws_yaml), ("azure", PackageResources.azure_yaml),
      ("google", PackageResources.google_yaml),
    ]
  }

  /// The file that an entry was added with; nil for one of the program's own.
  package func addition(of id: String) -> Addition? {
    guard !Catalog.names.contains(where: { $0.id == id }) else { return nil }
    return additions.first { addition in
      CatalogReader.parse(Source(name: addition.name, text: addition.text)).entries
        .contains { $0.id == id }
    }
  }
}

// MARK: - What comes with the program

extension Catalog {
  /// The files that come with the program.
  package static var files: [(name: String, bytes: [UInt8])] {
    [
      ("servers", PackageResources.servers_yaml), ("rooms", PackageResources.rooms_yaml),
      ("power", PackageResources.power_yaml), ("lines", PackageResources.lines_yaml),
      ("sites", PackageResources.sites_yaml), ("parts", PackageResources.parts_yaml),
    ]
  }

  /// The names of the program's own things of a kind, in the order of their files.
  ///
  /// Found by their lines alone: the program needs them to start, and reading all figures would take
  /// longer than the rest of its start.
  package static func ids(_ kind: CatalogEntry.Kind) -> [String] {
    names.filter { $0.kind == kind.rawValue }.map(\.id)
  }

  private static let names: [(id: String, kind: String)] = files.flatMap { _, bytes in
    var names: [(id: String, kind: String)] = []
    for line in bytes.split(separator: Ascii.newline) {
      if line.starts(with: "- id: ".utf8) {
        names.append((String(decoding: line.dropFirst(6), as: UTF8.self), ""))
      } else if line.starts(with: "  kind: ".utf8), !names.isEmpty {
        names[names.count - 1].kind = String(decoding: line.dropFirst(8), as: UTF8.self)
      }
    }
    return names
  }
}

// MARK: - By kind

extension Catalog {
  /// All entries, the program's own first, in the order of their files.
  package var entries: [CatalogEntry] { shelves.entries }
  /// The servers, oldest first.
  package var servers: [Server] { shelves.servers }
  /// The racks.
  package var racks: [RackModel] { shelves.racks }
  /// The cooling units.
  package var cooling: [CoolingModel] { shelves.cooling }
  /// The UPSs.
  package var upses: [UPSModel] { shelves.upses }
  /// The generators.
  package var generators: [GeneratorModel] { shelves.generators }
  /// The ways from the meter to the racks.
  package var feeds: [FeedModel] { shelves.feeds }
  /// The lines to the Internet, slowest first.
  package var uplinks: [Uplink] { shelves.uplinks }
  /// The places where a room can stand.
  package var sites: [Site] { shelves.sites }
  /// The kinds of rooms, smallest first.
  package var buildings: [Building] { shelves.buildings }
  /// The spare parts.
  package var parts: [Part] { shelves.parts }

  /// The names of what was added of some kinds.
  package func addedIDs(_ kinds: [CatalogEntry.Kind]) -> [String] {
    guard own != nil else { return [] }
    return entries.dropFirst(Catalog.names.count).filter { kinds.contains($0.kind) }.map(\.id)
  }

  /// The server of a name, or nil.
  package func server(_ id: String) -> Server? { servers.first { $0.id == id } }
  /// The line of a name, or nil.
  package func uplink(_ id: String) -> Uplink? { uplinks.first { $0.id == id } }
  /// The site of a name, or nil.
  package func site(_ id: String) -> Site? { sites.first { $0.id == id } }

  /// The cheapest server that is sold at a moment; the oldest where none is.
  package func plainestServer(at moment: Moment) -> Server {
    servers.filter { $0.entry.isSold(at: moment) }
      .min { $0.price(at: moment) < $1.price(at: moment) } ?? servers[0]
  }

  /// `Chosen:` a used server brings a third of its price, whatever its age.
  package static let resaleShare = 1.0 / 3
}

/// Entries sorted by what they are, shared by all copies of a catalog.
private final class Shelves: Sendable {
  let entries: [CatalogEntry]
  let servers: [Catalog.Server]
  let racks: [Catalog.RackModel]
  let cooling: [Catalog.CoolingModel]
  let upses: [Catalog.UPSModel]
  let generators: [Catalog.GeneratorModel]
  let feeds: [Catalog.FeedModel]
  let uplinks: [Catalog.Uplink]
  let sites: [Catalog.Site]
  let buildings: [Catalog.Building]
  let parts: [Catalog.Part]

  static let standard = Shelves(
    Catalog.files.flatMap { name, bytes in
      let source = Source(name: "\(name).yaml", bytes: bytes)
      let (entries, diagnostics) = CatalogReader.parse(source)
      precondition(diagnostics.isEmpty, "the catalog '\(name)' is broken: \(diagnostics)")
      return entries
    })

  init(_ entries: [CatalogEntry]) {
    func all<Item>(_ kind: CatalogEntry.Kind, _ view: (CatalogEntry) -> Item) -> [Item] {
      entries.filter { $0.kind == kind }.map(view)
    }
    self.entries = entries
    servers = all(.server, Catalog.Server.init)
    racks = all(.rack, Catalog.RackModel.init)
    cooling = all(.cooling, Catalog.CoolingModel.init)
    upses = all(.ups, Catalog.UPSModel.init)
    generators = all(.generator, Catalog.GeneratorModel.init)
    feeds = all(.feed, Catalog.FeedModel.init)
    uplinks = all(.uplink, Catalog.Uplink.init)
    sites = all(.site, Catalog.Site.init)
    buildings = all(.building, Catalog.Building.init)
    parts = all(.part, Catalog.Part.init)
  }
}

// MARK: - Written down

extension Catalog: Codable {
  private enum CodingKeys: String, CodingKey { case additions, ownMachine }

  /// The catalog of what was written down.
  /// - Throws: `DecodingError`, if an addition can no longer be read.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    for addition in try container.decode([Addition].self, forKey: .additions) {
      do throws(Diagnostics) {
        try add(Source(name: addition.name, text: addition.text))
      } catch {
        throw DecodingError.dataCorruptedError(
          forKey: .additions, in: container, debugDescription: "\(addition.name): \(error.list)")
      }
    }
    guard let text = try container.decodeIfPresent(String.self, forKey: .ownMachine) else { return }
    do throws(Diagnostics) {
      try offerOwnMachine(text)
    } catch {
      throw DecodingError.dataCorruptedError(
        forKey: .ownMachine, in: container, debugDescription: "\(error.list)")
    }
  }
}

/// A thing of a catalog, as its kind sees it.
package protocol CatalogItem: Sendable {
  /// Its entry.
  var entry: CatalogEntry { get }
}

extension CatalogItem {
  /// What it is called in commands.
  package var id: String { entry.id }
  /// What it is, in a few words.
  package var summary: String { entry.summary }
  /// What it costs at a moment.
  package func price(at moment: Moment) -> Money { entry.price(at: moment) }
}
