import Randomness

/// Writes one question: makes the choices of patterns and remembers them.
struct PatternWriter {
  private let draws: RandomDraws
  private var draw = 0
  /// The question so far.
  private(set) var text = ""
  /// What was chosen, in order, without empty choices.
  private(set) var choices: [String] = []

  init(_ draws: RandomDraws) { self.draws = draws }

  /// A whole number below a limit.
  mutating func below(_ limit: Int) -> Int {
    draw += 1
    return Int(draws.bits(draw) % UInt64(limit))
  }

  /// Whether something with a probability happens.
  mutating func happens(_ probability: Double) -> Bool {
    draw += 1
    return draws.uniform(draw) < probability
  }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[below(list.count)] }

  /// Adds a pattern and returns what its slot was filled with, if it has one.
  ///
  /// `parts` writes what stands in pointed brackets.
  @discardableResult
  mutating func write(
    _ pattern: Pattern, parts: (String, inout PatternWriter) -> Void = { _, _ in }
  ) -> String? {
    var slot: String?
    for piece in pattern.pieces {
      switch piece {
      case .text(let literal): text += literal
      case .choice(let options): choose(pick(options))
      case .slot(let name):
        let value = pick(ShopFacts.names(of: name))
        choose(value)
        slot = value
      case .part(let name): parts(name, &self)
      }
    }
    return slot
  }

  private mutating func choose(_ option: String) {
    text += option
    if !option.isEmpty { choices.append(option) }
  }

  /// Makes the first letter large.
  mutating func capitalize() {
    if let first = text.first { text.replaceSubrange(...text.startIndex, with: first.uppercased()) }
  }

  /// Swaps two letters within a small word of five letters or more, as hurried fingers do.
  mutating func mistype() {
    var characters = Array(text)
    let words = characters.split { !$0.isLowercase }.filter { $0.count >= 5 }
    guard !words.isEmpty else { return }
    let word = pick(words)
    let place = word.startIndex + 1 + below(word.count - 2)
    characters.swapAt(place, place + 1)
    text = String(characters)
  }
}
