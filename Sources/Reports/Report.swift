import CommandLanguage
import Quantities

/// What a command found out: facts, tables, series and words, without any layout.
///
/// Renderers turn it into text, plots, JSON or CSV; checks and lessons read its facts.
package struct Report: Sendable {
  /// The statement that was run, in canonical form.
  package var statement = ""
  /// Whether it did what it says.
  ///
  /// An expectation that does not hold is a report that is not ok.
  package var ok = true
  /// The name under which its facts stay readable until the next such report: `queue`.
  package var subject: String?
  /// What was measured rather than simulated, for the log: the argument `recorded` of the same
  /// statement, which is then read and not measured again.
  package var recorded: String?
  /// How many of the first blocks were shown piece by piece while they came.
  package var streamed = 0
  /// What the reader has now seen of a page, for the next look at it.
  package var memory: PageMemory?
  /// What a reader sees, in order.
  package var blocks: [Block] = []
  /// The facts.
  package var facts: [Fact] = []
  /// The reports of the statements that it ran: a script's.
  package var children: [Report] = []
  /// What was wrong, or worth a warning.
  package var diagnostics: [Diagnostic] = []

  /// An empty report.
  package init() {}

  /// A report of blocks and facts.
  package init(_ blocks: [Block], facts: [Fact] = []) {
    self.blocks = blocks
    self.facts = facts
  }

  /// The tables among the blocks.
  package var tables: [Table] {
    blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  /// The series among the blocks.
  package var series: [Series] {
    blocks.flatMap { block -> [Series] in
      if case .plot(let plot) = block { plot.series } else { [] }
    }
  }
}

/// A part of what a reader sees.
package enum Block: Sendable {
  /// A headline, with a remark at the right end of its line.
  case heading(String, remark: String)
  /// Words, wrapped to the width.
  case paragraph(String)
  /// Lines that stand as they are, such as a script.
  case lines([String])
  /// A table.
  case table(Table)
  /// A plot, with a sentence in words under it.
  case plot(Plot)
}

/// Rows and columns.
package struct Table: Sendable {
  /// A column.
  package struct Column: Sendable {
    /// The name; empty for row labels.
    package var name: String
    /// The unit of its numbers, or nil.
    package var unit: Unit?

    /// A column as given.
    package init(_ name: String, _ unit: Unit? = nil) {
      self.name = name
      self.unit = unit
    }
  }

  /// A cell.
  package enum Cell: Hashable, Sendable {
    /// A value, aligned right.
    case value(FactValue)
    /// A value and its 95 % interval in the value's unit.
    case interval(FactValue, low: Double, high: Double)
    /// How many times as much a value is as another: shown as `4.0 ×`.
    case multiple(Double)
    /// By how much a value lies above another: shown with its sign, shares in points.
    case change(FactValue)
    /// Words, aligned left.
    case words(String)
    /// Nothing, shown as `–`.
    case none
  }

  /// A name for it: `queue.result`.
  package var key: String
  /// The columns.
  package var columns: [Column]
  /// The rows, each as long as `columns`.
  package var rows: [[Cell]]

  /// A table as given.
  package init(key: String, columns: [Column], rows: [[Cell]]) {
    self.key = key
    self.columns = columns
    self.rows = rows
  }
}

/// A quantity along time.
package struct Series: Sendable {
  /// The fact's key, suffix included.
  package var key: String
  /// The unit of the values.
  package var unit: Unit
  /// The moment of the first value.
  package var start: Moment
  /// The span from value to value.
  package var step: TimeSpan
  /// The values in `unit`; nil where there is none.
  package var values: [Double?]

  /// A series as given.
  package init(key: String, unit: Unit, start: Moment, step: TimeSpan, values: [Double?]) {
    self.key = key
    self.unit = unit
    self.start = start
    self.step = step
    self.values = values
  }
}
