/// Zones as people say them: by letters.
enum ZoneText {
  /// What an argument takes.
  static let words = ["a", "b", "c", "d", "e", "f", "all"]

  /// The letter of a zone.
  static func name(_ zone: Int) -> String { words[min(zone, words.count - 2)] }

  /// The zone of a letter, or nil.
  static func number(_ letter: String) -> Int? {
    words.dropLast().firstIndex(of: letter.lowercased())
  }

  /// The letters of the first zones.
  static func list(_ count: Int) -> String { (0..<count).map(name).joined(separator: ", ") }

  /// The zones that a word means among so many; the first if there is no word.
  static func zones(_ word: String?, among count: Int) -> [Int] {
    guard word != "all" else { return Array(0..<max(1, count)) }
    return [word.flatMap(number) ?? 0]
  }
}
