import CommandLanguage
import Quantities
import Reports
import Service
import WorldModel

extension FactFamily {
  /// What was spent.
  static let ledger = FactFamily(
    declarations: [
      FactDeclaration(
        "ledger.capital", .counter, .dollar, "spent on machines, less what sold ones brought"),
      FactDeclaration("ledger.running", .counter, .dollar, "spent on the line and on electricity"),
      FactDeclaration("ledger.total", .counter, .dollar, "all that was spent"),
      FactDeclaration("ledger.cash", .gauge, .dollar, "the cash at hand, with what sales left"),
      FactDeclaration("ledger.debt", .gauge, .dollar, "what is owed on loans, interest left out"),
    ],
    value: { query throws(FactUnavailable) in try query.ledgerValue() })
}

extension WorldQuery {
  func ledgerValue() throws(FactUnavailable) -> FactValue {
    let key = fact.declaration.key
    if key == "ledger.cash" || key == "ledger.debt" {
      try forNow()
      return .money(key == "ledger.cash" ? world.cash : world.debt)
    }
    let spent = try spent()
    switch key {
    case "ledger.capital": return .money(spent.capital)
    case "ledger.running": return .money(spent.running)
    case "ledger.total": return .money(spent.capital + spent.running)
    default: preconditionFailure("the fact '\(key)' is declared and not computed")
    }
  }

  /// Invoice lines in the window.
  ///
  /// Since a mark means since the marking itself, so that what was bought before it in the same
  /// moment does not count.
  private func spent() throws(FactUnavailable) -> (capital: Money, running: Money) {
    if case .since(.mark(let name))? = window, let mark = world.mark(named: name) {
      return world.ledger.spent(sinceEntry: mark.ledgerEntries)
    }
    if case .since(let point)? = window {
      return world.ledger.spent(
        from: try WorldClock(world: world).moment(point), to: .distantFuture)
    }
    if case .at(let point)? = window {
      return world.ledger.spent(
        from: Moment(nanoseconds: .min), to: try WorldClock(world: world).moment(point))
    }
    guard let stretch = try stretch() else { return world.ledger.spent }
    return world.ledger.spent(from: stretch.start, to: stretch.end)
  }
}
