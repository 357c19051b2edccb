import Quantities

/// What can be bought, with the source and the date of every figure.
package enum Catalog {
  /// A server that can be bought.
  package struct Server: Sendable {
    /// What it is called in commands.
    package let id: String
    /// What it is, in a few words.
    package let summary: String
    /// How many processor cores it has.
    package let cores: Int
    /// How fast a core is; the server of 2004 that page demands are given for is 1.
    package let speed: Double
    /// What it costs.
    package let price: Money
    /// What it draws, busy or idle.
    package let watts: Double
    /// Where the figures come from.
    package let source: String
  }

  /// A line to the world that can be rented.
  package struct Uplink: Sendable {
    /// What it is called in commands.
    package let id: String
    /// What it carries, each way.
    package let rate: DataRate
    /// What it costs a month.
    package let monthly: Money
    /// Where the figures come from.
    package let source: String
  }

  /// The servers of 2004.
  ///
  /// Power: 222 W, the mean of the world's volume servers in 2005 (Koomey 2007, "Estimating Total
  /// Power Consumption by Servers", table of average power per unit).
  package static let servers = [
    Server(
      id: "1u-2004", summary: "one 2.8 GHz core, 1 GB, one disk", cores: 1, speed: 1,
      price: .dollars(3_500), watts: 222,
      source: "Dell PowerEdge 750 as tested by eWEEK, 2004: one 2.8 GHz Pentium 4, $3,500; "
        + "power: Koomey 2007, volume class 2005"),
    Server(
      id: "1u-2004-dual", summary: "two 2.8 GHz processors, 2 GB, one disk", cores: 2, speed: 1,
      price: .dollars(5_500), watts: 300,
      source: "Chosen: price and power between one processor's and two such servers'; dual-Xeon "
        + "1U servers were sold from 2004 on"),
  ]

  /// The lines of 2004.
  ///
  /// Rates are the digital signal hierarchy's (ANSI T1.107): 24 channels of 64 kbit/s and framing
  /// make a T1, 28 of those and framing a T3. Prices are `Chosen:` round figures of what US carriers
  /// asked in 2004, which varied with distance.
  package static let uplinks = [
    Uplink(
      id: "isdn", rate: .bitsPerSecond(128_000), monthly: .dollars(100),
      source: "rate: ITU-T I.430, two channels of 64 kbit/s; price: Chosen"),
    Uplink(
      id: "t1", rate: .bitsPerSecond(1_544_000), monthly: .dollars(600),
      source: "rate: ANSI T1.107; price: Chosen, a round figure of 2004"),
    Uplink(
      id: "t3", rate: .bitsPerSecond(44_736_000), monthly: .dollars(6_000),
      source: "rate: ANSI T1.107; price: Chosen, ten times a T1"),
  ]

  /// `Chosen:` near what US businesses paid in 2004; $ a kilowatt-hour.
  package static let electricityPrice = 0.08

  /// `Chosen:` a used server brings a third of its price, whatever its age.
  package static let resaleShare = 1.0 / 3

  /// The server of a name, or nil.
  package static func server(_ id: String) -> Server? { servers.first { $0.id == id } }

  /// The line of a name, or nil.
  package static func uplink(_ id: String) -> Uplink? { uplinks.first { $0.id == id } }
}
