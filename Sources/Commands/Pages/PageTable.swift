import Quantities
import Reports

/// The table of a page: values, and by how much each differs from what the reader knows already.
///
/// That is what the page showed at the last look, or at the first one what held a day before.
struct PageTable {
  /// How a value is compared.
  enum Kind {
    /// It adds up over the page's stretch of time, so stretches of other lengths compare by the hour.
    case count
    /// It is measured: twice as long is twice as bad.
    case measure
    /// It is an amount, of which more and less are told.
    case amount
  }

  /// A row.
  struct Row {
    var label: String
    var value: FactValue
    var kind = Kind.amount
    /// What it was a day before; nil if that is not known.
    var before: FactValue?
  }

  /// The table's name: `shop.summary`.
  var key: String
  /// The rows, what matters first.
  var rows: [Row]
  /// The length of the stretch of time that counts are of.
  var span = TimeSpan.zero

  /// From how many times as much on a change is told as a multiple.
  ///
  /// `Chosen:` `+50%` is still read as a little more.
  private static let multipleMin = 1.5

  /// The table, with what changed since a look, or since a day before.
  func table(since memory: PageMemory?) -> Table {
    if let memory {
      let changes = rows.map { row in
        memory.values[row.label].flatMap { change(row, from: $0, over: memory.span) }
      }
      return table(["now"], [rows.map(\.value)], "since your last look", changes)
    }
    guard rows.contains(where: { $0.before != nil }) else {
      return table(["now"], [rows.map(\.value)], "", [])
    }
    let changes = rows.map { row in
      row.before.flatMap { change(row, from: $0, over: span) }
    }
    return table(
      ["now", "day before"], [rows.map(\.value), rows.map { $0.before ?? .text("") }], "change",
      changes)
  }

  /// What to remember of this look.
  func memory(of page: String, at moment: Moment) -> PageMemory {
    PageMemory(
      page: page, moment: moment, span: span,
      values: Dictionary(rows.map { ($0.label, $0.value) }) { first, _ in first })
  }

  /// What is to be said about a look at another length of time; nil if nothing is.
  func remark(on memory: PageMemory?) -> String? {
    guard let memory, memory.span != span, rows.contains(where: { $0.kind == .count }) else {
      return nil
    }
    return
      "Your last look, at \(memory.moment), was on another length of time: counts are compared "
      + "by the hour."
  }

  /// Values and, where something changed, a column that says what.
  private func table(
    _ names: [String], _ values: [[FactValue]], _ changeName: String, _ changes: [Table.Cell?]
  ) -> Table {
    let hasChanges = changes.contains { $0 != nil }
    let columns =
      [Table.Column("")] + names.map { .init($0) } + (hasChanges ? [.init(changeName)] : [])
    let cells = rows.enumerated().map { index, row -> [Table.Cell] in
      [.words(row.label)] + values.map { .value($0[index]) }
        + (hasChanges ? [changes[index] ?? .words("")] : [])
    }
    return Table(key: key, columns: columns, rows: cells)
  }

  /// What changed in a row; nil if nothing did.
  private func change(_ row: Row, from old: FactValue, over oldSpan: TimeSpan) -> Table.Cell? {
    guard row.value != old else { return nil }
    guard case .quantity(let new, let unit) = row.value, case .quantity(let past, _) = old else {
      if case .undefined = old { return nil }
      return .words("was \(old.text)")
    }
    let isOtherSpan = row.kind == .count && oldSpan != span
    if row.kind != .amount, unit != .percent, new.value > 0, past.value > 0 {
      let pace = isOtherSpan && span > .zero ? oldSpan / span : 1
      let multiple = new.value / past.value * pace
      if isOtherSpan || multiple >= PageTable.multipleMin || multiple <= 1 / PageTable.multipleMin {
        return .multiple(multiple)
      }
    }
    return .difference(row.value, old)
  }
}
