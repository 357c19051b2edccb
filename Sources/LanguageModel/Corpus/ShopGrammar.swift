/// All patterns of the shop's visitors, read once.
struct ShopGrammar: Sendable {
  /// Clauses and topics of each intent, in the order of `ShopIntent.allCases`.
  let clauses, topics: [[Pattern]]
  let plain = ShopFrames.plain.map { Pattern($0) }
  let contrasts = ShopFrames.contrasts.map { Pattern($0) }
  let opener = Pattern(ShopFrames.opener)
  let closer = Pattern(ShopFrames.closer)

  init() {
    let wordings = ShopIntent.allCases.map { ShopWording.of($0) }
    clauses = wordings.map { $0.clauses.map { Pattern($0) } }
    topics = wordings.map { $0.topics.map { Pattern($0) } }
  }
}
