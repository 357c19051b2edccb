import Cloud
import CommandLanguage
import Quantities
import Reports
import WorldModel

extension FactFamily {
  /// What is rented.
  static let cloud = FactFamily(
    declarations: [
      FactDeclaration("cloud.instances", .gauge, "machines that are rented now"),
      FactDeclaration("cloud.starting", .gauge, "machines of them that have not started yet"),
      FactDeclaration(
        "cloud.bill", .gauge, .dollar, "what this month has cost so far, over all providers"),
      FactDeclaration("cloud.bill.last", .gauge, .dollar, "what the month before cost"),
      FactDeclaration("cloud.hours", .gauge, "hours that are billed this month so far"),
      FactDeclaration(
        "cloud.busiest", .gauge, "the number of the rented machine that is busiest this hour"),
      FactDeclaration("cloud.busiest.share", .gauge, .percent, "how busy it is"),
      FactDeclaration("cloud.zones", .gauge, "zones in which rented machines stand"),
      FactDeclaration(
        "cloud.uptime", .share, .percent,
        "the share of the agreement's time in which the first provider kept its promise"),
      FactDeclaration("cloud.credit", .counter, .dollar, "what was given back of bills so far"),
      FactDeclaration(
        "cloud.interrupted", .counter, "machines of the idle rest that were taken back"),
    ],
    value: { query throws(FactUnavailable) in try query.cloudValue() })
}

extension WorldQuery {
  func cloudValue() throws(FactUnavailable) -> FactValue {
    let key = fact.declaration.key
    try forNow()
    let rented = world.machines.filter { $0.rental != nil }
    switch key {
    case "cloud.instances": return .count(rented.count)
    case "cloud.busiest", "cloud.busiest.share":
      let shares = world.machines.indices.compactMap { index in
        world.busyShare(ofMachine: index).map { (world.machines[index].number, $0) }
      }
      guard let most = shares.max(by: { $0.1 < $1.1 }) else {
        return .undefined("no rented machine has served in this hour yet")
      }
      return key == "cloud.busiest" ? .count(most.0) : .share(most.1)
    case "cloud.zones": return .count(Set(rented.compactMap { $0.rental?.zone }).count)
    case "cloud.uptime":
      guard let account = world.accounts.first,
        let agreement = world.catalog.priceBook(account.provider)?.agreement.at(world.now)?.value
      else { return .undefined("no provider has promised anything yet") }
      return .share(world.uptime(account, agreement, until: world.now))
    case "cloud.credit":
      return .money(
        world.accounts.reduce(.zero) { $0 + $1.bills.reduce(.zero) { $0 + $1.credit } })
    case "cloud.interrupted":
      return .count(
        world.cloudEvents.reduce(0) { sum, event in
          if case .taken(let count) = event.what { sum + count } else { sum }
        })
    case "cloud.starting": return .count(rented.count { $0.startsAt != nil })
    case "cloud.bill":
      return .money(world.accounts.reduce(.zero) { $0 + world.billSoFar($1).total })
    case "cloud.bill.last":
      return .money(world.accounts.reduce(.zero) { $0 + ($1.bills.last?.total ?? .zero) })
    default:
      let hours = world.accounts.reduce(0.0) { sum, account in
        sum
          + world.billSoFar(account).lines.reduce(0.0) { sum, line in
            switch line.item {
            case .instance, .spot, .saved: sum + line.quantity
            // Hours that are owed, used or not, stand beside those that they cover.
            case .reserved(let offer):
              isOwed(offer, line, account) ? sum : sum + line.quantity
            default: sum
            }
          }
      }
      return .quantity(Quantity(hours), .none)
    }
  }

  /// Whether a line of a reservation is of what is owed for it, and not of what it covers.
  private func isOwed(_ offer: String, _ line: InvoiceLine, _ account: CloudAccount) -> Bool {
    world.catalog.priceBook(account.provider)?.offer(offer)?.isCommitted == true
      && line.unitPrice > .zero
  }
}
