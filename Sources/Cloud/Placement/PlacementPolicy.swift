/// Which of the hosts that could take a machine takes it.
///
/// A policy weighs what a host has left, not the host: hosts that have the same left in the same zone are
/// weighed once, however many they are. To add one, write such a type and name it in `Policy`.
package protocol PlacementPolicy: Sendable {
  /// Whether the weight goes by the cores that are left alone, or by nothing, so that not all hosts need be
  /// looked at.
  static var order: PlacementOrder { get }

  /// How good a host would be; the highest wins, and of equals the host with the lowest number.
  /// - Parameters:
  ///   - left: what the host has left once it has taken the machine.
  ///   - capacity: what it has when it is empty.
  ///   - peers: how many machines of the same deployment are in its zone.
  static func weight(left: Resources, capacity: Resources, peers: Int32) -> Int32
}

/// In which order hosts can be looked at so that the first with a place is the best.
package enum PlacementOrder: Sendable {
  /// Those with the fewest cores left.
  case fewestCores
  /// Those with the most.
  case mostCores
  /// By their numbers.
  case firstHost
  /// None: all must be looked at.
  case any
}

extension PlacementPolicy {
  package static var order: PlacementOrder { .any }
}

/// The first host that has room.
package enum FirstFit: PlacementPolicy {
  package static var order: PlacementOrder { .firstHost }

  package static func weight(left: Resources, capacity: Resources, peers: Int32) -> Int32 { 0 }
}

/// The host on which the fewest cores are left: large gaps stay for large machines.
package enum BestFit: PlacementPolicy {
  package static var order: PlacementOrder { .fewestCores }

  package static func weight(left: Resources, capacity: Resources, peers: Int32) -> Int32 {
    -left[0]
  }
}

/// The host on which the most cores are left: load is spread thin.
package enum WorstFit: PlacementPolicy {
  package static var order: PlacementOrder { .mostCores }

  package static func weight(left: Resources, capacity: Resources, peers: Int32) -> Int32 {
    left[0]
  }
}

/// The host on which cores and memory are left most evenly, so that neither is stranded without the other.
package enum BalancedFit: PlacementPolicy {
  package static func weight(left: Resources, capacity: Resources, peers: Int32) -> Int32 {
    let cores = Int64(left[0]) * 10_000 / Int64(max(1, capacity[0]))
    let memory = Int64(left[1]) * 10_000 / Int64(max(1, capacity[1]))
    // Of hosts as even, the fuller.
    return Int32(-abs(cores - memory) * 100 - cores / 100)
  }
}

/// The zone with the fewest machines of the same deployment, and there the fullest host.
package enum Spread: PlacementPolicy {
  package static func weight(left: Resources, capacity: Resources, peers: Int32) -> Int32 {
    -(min(peers, 1_000) * 1_000_000) - min(left[0], 999_999)
  }
}

/// The policies by name.
package enum Policy: String, CaseIterable, Hashable, Sendable, Codable {
  case firstFit = "first-fit"
  case bestFit = "best-fit"
  case worstFit = "worst-fit"
  case balanced
  case spread
}
