import CommandLanguage

/// Words with expressions in them.
///
/// For example: `It took {{shop.response.p99}}.`
package struct Template: Sendable {
  /// A part of it.
  package enum Piece: Sendable {
    /// Words.
    case text(String)
    /// An expression, and where it stands with its braces.
    case expression(Expression, Range<Int>)
  }

  /// The parts in order.
  package var pieces: [Piece]
  /// Where the whole stands.
  package var range: Range<Int>

  /// Every expression in it, in order.
  package var expressions: [Expression] {
    pieces.compactMap { if case .expression(let expression, _) = $0 { expression } else { nil } }
  }

  /// The words, with a stand-in for each expression.
  package func words(standIn: String = "0") -> String {
    pieces.map { piece in
      switch piece {
      case .text(let text): text
      case .expression: standIn
      }
    }.joined()
  }

  /// The words, with each expression as the function says it.
  package func filled<Failure: Error>(
    _ text: (Expression, Range<Int>) throws(Failure) -> String
  ) throws(Failure) -> String {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let words): result += words
      case .expression(let expression, let range): result += try text(expression, range)
      }
    }
    return result
  }
}
