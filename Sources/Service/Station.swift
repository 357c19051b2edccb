/// A part of the shop that page views pass through, in the order of the path.
package enum Station: String, CaseIterable, Sendable, Codable {
  /// The web servers.
  case servers
  /// The data tier, where prices and stock are looked up.
  case data
  /// The data tier's disk.
  case disk
  /// The line to the Internet.
  case uplink
}
