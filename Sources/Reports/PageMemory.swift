import Quantities

/// What a page showed when somebody last looked at it, so that the next look can tell what changed.
///
/// It belongs to the reader, not to the world: a look is not logged and changes no state.
package struct PageMemory: Sendable {
  /// The page.
  package var page: String
  /// The simulated moment of the look.
  package var moment: Moment
  /// The length of the stretch of time that its counts are of.
  package var span: TimeSpan
  /// The values by the names of their rows.
  package var values: [String: FactValue]

  /// A memory as given.
  package init(page: String, moment: Moment, span: TimeSpan, values: [String: FactValue]) {
    self.page = page
    self.moment = moment
    self.span = span
    self.values = values
  }
}
