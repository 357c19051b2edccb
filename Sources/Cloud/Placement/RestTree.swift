/// What hosts have left, as a tree of largest rests: the first host with room is found on a way down from its
/// root instead of by a look at each host.
///
/// A node holds, resource by resource, the most that any host below it has left, so a node that does not hold
/// a request hides no host that does. The reverse is not true: one host may have the cores and another the
/// memory. The search then turns back and goes on behind that node. So that it seldom has to, a node also
/// holds the most that is left of cores and memory together in some proportions (`proportions`).
///
/// The tree is `RestTree.width` wide, and its levels lie one behind the other in one array: the root first,
/// the hosts last.
struct RestTree: Sendable {
  /// What a node holds: the four resources, then cores in the proportions to memory.
  typealias Rest = SIMD8<Int32>

  /// How many children a node has.
  ///
  /// `Chosen:` eight rests of 32 bytes are four lines of a cache.
  private static let width = 8
  /// Megabytes of memory to a hundredth of a core.
  ///
  /// `Chosen:` 2, 4 and 8 GB to a core, as machines are sold; others are found as well, with more turns.
  private static let proportions: [Int32] = [20, 40, 80]

  private var nodes: [Rest]
  /// Where each level begins, the root's first.
  private let starts: [Int]
  private let leaves: Int

  /// A tree of what hosts have left.
  init(_ free: [Resources]) {
    var widths = [max(1, free.count)]
    while let last = widths.last, last > 1 {
      widths.append((last + RestTree.width - 1) / RestTree.width)
    }
    widths.reverse()
    // Whole groups of children, so that no look at a group has to ask where it ends.
    let padded = widths.map { ($0 + RestTree.width - 1) / RestTree.width * RestTree.width }
    var starts: [Int] = []
    var next = 0
    for width in padded {
      starts.append(next)
      next += width
    }
    self.starts = starts
    leaves = free.count
    nodes = Array(repeating: RestTree.nothing, count: next)
    for (host, left) in free.enumerated() {
      nodes[starts[starts.count - 1] + host] = RestTree.rest(left)
    }
    for level in starts.indices.dropFirst().reversed() {
      for child in 0..<widths[level] {
        let parent = starts[level - 1] + child / RestTree.width
        nodes[parent] = pointwiseMax(nodes[parent], nodes[starts[level] + child])
      }
    }
  }

  /// What no request fits into: of a host that is down, or that does not exist.
  private static let nothing = Rest(repeating: -1)

  private static func rest(_ free: Resources) -> Rest {
    var rest = Rest(repeating: 0)
    for resource in 0..<4 { rest[resource] = free[resource] }
    for (place, proportion) in proportions.enumerated() {
      rest[4 + place] = min(free[0], free[1] / proportion)
    }
    return rest
  }

  /// Sets what a host has left; nil while it is down.
  /// - Complexity: the width times the levels, less where the largest rests stay as they are.
  mutating func set(_ host: Int, _ free: Resources?) {
    var place = host
    var level = starts.count - 1
    nodes[starts[level] + place] = free.map(RestTree.rest) ?? RestTree.nothing
    while level > 0 {
      let group = place & ~(RestTree.width - 1)
      let first = starts[level] + group
      var most = nodes[first]
      for child in first + 1..<first + RestTree.width { most = pointwiseMax(most, nodes[child]) }
      level -= 1
      place = group / RestTree.width
      guard nodes[starts[level] + place] != most else { return }
      nodes[starts[level] + place] = most
    }
  }

  /// The first host from a number on that has room.
  /// - Complexity: the width times the levels, more where cores and memory lie apart.
  func first(holding request: Resources, from start: Int = 0) -> Int? {
    let wanted = RestTree.rest(request)
    var level = starts.count - 1
    var place = start
    guard place < leaves else { return nil }
    // Look at what is left of a group; go down into the first node that holds the request, else up and on.
    while true {
      let end = (place & ~(RestTree.width - 1)) + RestTree.width
      var found = -1
      for candidate in place..<end
      where !any(nodes[starts[level] + candidate] .< wanted) {
        found = candidate
        break
      }
      if found >= 0 {
        if level == starts.count - 1 { return found }
        level += 1
        place = found * RestTree.width
      } else {
        guard level > 0 else { return nil }
        level -= 1
        place = end / RestTree.width
        // The last of its group: further up.
        while level > 0, place & (RestTree.width - 1) == 0 {
          level -= 1
          place /= RestTree.width
        }
        guard level > 0 else { return nil }
      }
    }
  }
}
