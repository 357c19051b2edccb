/// A set of hosts by their numbers, whose first member is found at once: a bit for each host, and a bit
/// for each word of bits that is not empty, three levels high.
///
/// Holds up to 64³ = 262,144 hosts.
struct HostSet: Sendable {
  private var bits: [UInt64]
  private var words: [UInt64]
  private var top: UInt64 = 0
  /// How many hosts are in it.
  private(set) var count = 0

  /// `64³`.
  static let hostsMax = 262_144

  init(capacity: Int) {
    precondition(capacity <= HostSet.hostsMax, "\(capacity) hosts are more than a set holds")
    bits = Array(repeating: 0, count: (capacity + 63) / 64)
    words = Array(repeating: 0, count: (bits.count + 63) / 64)
  }

  mutating func insert(_ host: Int) {
    let (word, group) = (host >> 6, host >> 12)
    bits[word] |= 1 << UInt64(host & 63)
    words[group] |= 1 << UInt64(word & 63)
    top |= 1 << UInt64(group)
    count += 1
  }

  mutating func remove(_ host: Int) {
    let (word, group) = (host >> 6, host >> 12)
    bits[word] &= ~(1 << UInt64(host & 63))
    count -= 1
    guard bits[word] == 0 else { return }
    words[group] &= ~(1 << UInt64(word & 63))
    if words[group] == 0 { top &= ~(1 << UInt64(group)) }
  }

  /// The first host from a number on; nil if there is none.
  func first(from start: Int = 0) -> Int? {
    guard count > 0, start < bits.count << 6 else { return nil }
    let word = start >> 6
    let rest = bits[word] & (~0 << UInt64(start & 63))
    if rest != 0 { return word << 6 | rest.trailingZeroBitCount }
    guard let next = nextWord(after: word) else { return nil }
    return next << 6 | bits[next].trailingZeroBitCount
  }

  private func nextWord(after word: Int) -> Int? {
    let group = word >> 6
    let place = word & 63
    let rest = place == 63 ? 0 : words[group] & (~0 << UInt64(place + 1))
    if rest != 0 { return group << 6 | rest.trailingZeroBitCount }
    let groups = group == 63 ? 0 : top & (~0 << UInt64(group + 1))
    guard groups != 0 else { return nil }
    let next = groups.trailingZeroBitCount
    return next << 6 | words[next].trailingZeroBitCount
  }
}
