import Randomness
import Testing

@testable import Cloud

@Suite("A tree of what hosts have left")
struct RestTreeTests {
  private static let host = Resources(cores: 32, memoryGB: 160, diskGB: 8_000, megabits: 10_000)

  private static let small = Resources(cores: 18, memoryGB: 40, diskGB: 900, megabits: 5_000)

  // Sizes on either side of whole groups, and requests of any proportion, not only those that are sold.
  @Test(
    "finds the first host with room that a plain look from the front finds",
    arguments: [1, 2, 7, 8, 9, 64, 65, 513, 1_000])
  func asNaive(count: Int) {
    // Hosts of two kinds, as if bought in two years.
    let empty = (0..<count).map { $0 % 3 == 0 ? Self.small : Self.host }
    var tree = RestTree(empty)
    var free: [Resources?] = empty
    let draws = RandomStream(seed: UInt64(count), name: "rest tree").entity(0)
    var turns = 0
    for step in 0..<3_000 {
      let host = Int(draws.uniform(8 * step) * Double(count))
      let left = Resources(
        cores: draws.uniform(8 * step + 1) * 32, memoryGB: draws.uniform(8 * step + 2) * 160,
        diskGB: draws.uniform(8 * step + 3) * 8_000, megabits: draws.uniform(8 * step + 4) * 10_000)
      free[host] = draws.uniform(8 * step + 5) < 0.2 ? nil : left
      tree.set(host, free[host])
      let size = draws.uniform(8 * step + 6)
      let request = Resources(
        cores: size * 32, memoryGB: size * (32 + 128 * draws.uniform(8 * step + 7)), diskGB: 100,
        megabits: 100)
      let start = step % 3 == 0 ? 0 : Int(draws.uniform(8 * step + 3) * Double(count))
      let expected = free.indices.first { place in
        guard place >= start, let left = free[place] else { return false }
        return (0..<4).allSatisfy { left[$0] >= request[$0] }
      }
      #expect(tree.first(holding: request, from: start) == expected, "step \(step)")
      turns += expected == nil ? 1 : 0
    }
    // Both answers have been given.
    #expect(turns > 0 && turns < 3_000)
  }

  @Test("holds nothing beyond its last host")
  func end() {
    let tree = RestTree(Array(repeating: Self.host, count: 9))
    #expect(tree.first(holding: Self.host, from: 8) == 8)
    #expect(tree.first(holding: Self.host, from: 9) == nil)
  }
}
