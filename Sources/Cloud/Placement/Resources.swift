import Quantities

/// What a virtual machine takes of a host, or a host has: hundredths of a core, megabytes of memory,
/// gigabytes of disk, megabits a second of network.
package typealias Resources = SIMD4<Int32>

extension Resources {
  /// Resources as given.
  package init(cores: Double, memoryGB: Double, diskGB: Double, megabits: Double) {
    self.init(
      Int32(cores * 100 + 0.5), Int32(memoryGB * 1_000 + 0.5), Int32(diskGB + 0.5),
      Int32(megabits + 0.5))
  }

  /// Cores.
  package var cores: Double { Double(self[0]) / 100 }
  /// Memory, GB.
  package var memoryGB: Double { Double(self[1]) / 1_000 }

  /// Whether all of another fits into this.
  @inline(__always)
  func holds(_ other: Resources) -> Bool { !any(self .< other) }
}

/// A size of virtual machine that tenants ask for.
package struct VirtualShape: Hashable, Sendable, Codable {
  /// What it is called: `general-4`.
  package var id: String
  /// What it takes.
  package var resources: Resources
  /// How often it is asked for, beside the others.
  package var weight: Double

  /// A shape as given.
  package init(id: String, resources: Resources, weight: Double) {
    self.id = id
    self.resources = resources
    self.weight = weight
  }
}

extension VirtualShape {
  /// Twenty shapes in four families.
  ///
  /// `Chosen:` families of 2, 4 and 8 GB a core as all providers have them, and one with much disk; small
  /// ones are asked for most, each size about half as often as the one below, which is what traces show
  /// (Cortez et al., "Resource Central", SOSP 2017: most machines have one or two cores).
  package static let usual: [VirtualShape] = {
    let families: [(name: String, memory: Double, disk: Double, weight: Double)] = [
      ("compute", 2, 20, 0.25), ("general", 4, 40, 0.5), ("memory", 8, 40, 0.2),
      ("disk", 4, 400, 0.05),
    ]
    return families.flatMap { family in
      [1.0, 2, 4, 8, 16].map { cores in
        VirtualShape(
          id: "\(family.name)-\(Int(cores))",
          resources: Resources(
            cores: cores, memoryGB: family.memory * cores, diskGB: family.disk * cores,
            megabits: 100 * cores),
          weight: family.weight / cores)
      }
    }
  }()
}
