/// Words with structure: what a lesson's Markdown says, without how it was written.
package struct Prose: Hashable, Sendable {
  /// What it consists of, in order.
  package var blocks: [Block]

  /// Prose of blocks.
  package init(_ blocks: [Block]) { self.blocks = blocks }

  /// A part of prose.
  package indirect enum Block: Hashable, Sendable {
    case heading(level: Int, [Inline])
    case paragraph([Inline])
    /// Items of blocks; numbered from a first number, or not.
    case list(first: Int?, items: [[Block]])
    case quote([Block])
    /// Lines that stand as they are, with the word behind the fence.
    case code(info: String, lines: [String])
    /// A table with its header; rows are as long as that.
    case table(header: [[Inline]], alignments: [Alignment], rows: [[[Inline]]])
    case rule
  }

  /// A part of a line.
  package indirect enum Inline: Hashable, Sendable {
    case text(String)
    case strong([Inline])
    case emphasis([Inline])
    case code(String)
    /// A link: its words, and where it leads.
    case link([Inline], to: String)
  }

  /// How a column of a table is aligned.
  package enum Alignment: Hashable, Sendable {
    case left
    case center
    case right
  }
}
