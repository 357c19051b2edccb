import CommandLanguage
import Quantities

/// What can be bought, with the source and the date of every figure.
package enum Catalog {
  /// The entries that come with the program, in the order of their files.
  package static let entries: [CatalogEntry] = files.flatMap { name, bytes in
    let source = Source(name: "\(name).yaml", bytes: bytes)
    let (entries, diagnostics) = CatalogReader.parse(source)
    precondition(diagnostics.isEmpty, "the catalog '\(name)' is broken: \(diagnostics)")
    return entries
  }

  /// The files that come with the program.
  package static var files: [(name: String, bytes: [UInt8])] {
    [
      ("servers", PackageResources.servers_yaml), ("rooms", PackageResources.rooms_yaml),
      ("power", PackageResources.power_yaml), ("lines", PackageResources.lines_yaml),
      ("sites", PackageResources.sites_yaml), ("parts", PackageResources.parts_yaml),
    ]
  }

  /// The names of the things of a kind, in the order of their files.
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

  private static func all<Item>(_ kind: CatalogEntry.Kind, _ view: (CatalogEntry) -> Item) -> [Item]
  {
    entries.filter { $0.kind == kind }.map(view)
  }

  /// The servers, oldest first.
  package static let servers = all(.server, Server.init)
  /// The racks.
  package static let racks = all(.rack, RackModel.init)
  /// The cooling units.
  package static let cooling = all(.cooling, CoolingModel.init)
  /// The UPSs.
  package static let upses = all(.ups, UPSModel.init)
  /// The generators.
  package static let generators = all(.generator, GeneratorModel.init)
  /// The ways from the meter to the racks.
  package static let feeds = all(.feed, FeedModel.init)
  /// The lines to the Internet, slowest first.
  package static let uplinks = all(.uplink, Uplink.init)
  /// The places where a room can stand.
  package static let sites = all(.site, Site.init)
  /// The kinds of rooms, smallest first.
  package static let buildings = all(.building, Building.init)
  /// The spare parts.
  package static let parts = all(.part, Part.init)

  /// The server of a name, or nil.
  package static func server(_ id: String) -> Server? { servers.first { $0.id == id } }
  /// The cheapest server that is sold at a moment; the oldest where none is.
  package static func plainestServer(at moment: Moment) -> Server {
    servers.filter { $0.entry.isSold(at: moment) }
      .min { $0.price(at: moment) < $1.price(at: moment) } ?? servers[0]
  }

  /// The line of a name, or nil.
  package static func uplink(_ id: String) -> Uplink? { uplinks.first { $0.id == id } }
  /// The site of a name, or nil.
  package static func site(_ id: String) -> Site? { sites.first { $0.id == id } }

  /// `Chosen:` a used server brings a third of its price, whatever its age.
  package static let resaleShare = 1.0 / 3
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
