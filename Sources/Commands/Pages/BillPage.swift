import Cloud
import Quantities
import Reports
import WorldModel

/// The page `show bill`: what is rented, what this month has cost so far, and what months before cost.
struct BillPage {
  let world: World

  var report: Report {
    guard !world.accounts.isEmpty else {
      return Report([
        .heading("rented", remark: "\(world.now)"),
        .paragraph("Nothing is rented. 'providers' tells who rents out machines, 'rent' does it."),
      ])
    }
    return Report(
      world.accounts.flatMap { account -> [Block] in
        guard let book = world.catalog.priceBook(account.provider) else { return [] }
        var blocks: [Block] = [
          .heading(
            "bill of \(book.name)", remark: "\(world.now.startOfMonth.date) to \(world.now)"),
          .table(table(world.billSoFar(account))),
          .paragraph(machines(account)),
        ]
        if let table = machineTable(account) { blocks.append(.table(table)) }
        if !account.bills.isEmpty {
          let list = account.bills.suffix(12).map {
            "\($0.month.date): \(FactValue.money($0.total).text)"
          }
          blocks.append(.paragraph("Months before: \(list.joined(separator: "; "))."))
        }
        return blocks
      })
  }

  private func table(_ invoice: Invoice) -> Table {
    var rows: [[Table.Cell]] = invoice.lines.map { line in
      [
        .words(line.item.words), .words(line.item.amountWords(line.quantity)),
        .words(RateText.text(line.unitPrice)), .value(.money(line.amount)),
      ]
    }
    rows.append([.words("so far"), .none, .none, .value(.money(invoice.total))])
    return Table(
      key: "bill", columns: [.init(""), .init("how much"), .init("each"), .init("amount")],
      rows: rows)
  }

  private func machines(_ account: CloudAccount) -> String {
    let mine = world.machines.filter { $0.rental?.provider == account.provider }
    guard !mine.isEmpty else { return "Nothing runs there now." }
    let starting = mine.count { $0.startsAt != nil }
    var words = mine.count == 1 ? "1 machine runs there" : "\(mine.count) machines run there"
    if starting > 0 { words += ", \(starting) of them starting" }
    if let scaling = account.scaling {
      words += "; the number of \(scaling.size) follows their use"
    }
    return ([words + "."] + zones(mine, account) + wayIn).joined(separator: " ")
  }
}

extension BillPage {
  /// Each machine, and what it does; nil if there is none.
  private func machineTable(_ account: CloudAccount) -> Table? {
    let rows: [[Table.Cell]] = world.machines.indices.compactMap { index in
      let machine = world.machines[index]
      guard let rental = machine.rental, rental.provider == account.provider else { return nil }
      return [
        .words("machine \(machine.number)"), .words(machine.model),
        .words(ZoneText.name(rental.zone)), .words(state(machine, rental, account)),
        world.busyShare(ofMachine: index).map { .value(.share($0)) } ?? .none,
      ]
    }
    guard !rows.isEmpty else { return nil }
    return Table(
      key: "bill.machines",
      columns: ["", "size", "zone", "", "busy this hour"].map { .init($0) }, rows: rows)
  }

  private func state(_ machine: OwnedMachine, _ rental: Rental, _ account: CloudAccount) -> String {
    if let taken = rental.takenAt { return "taken back at \(taken.clockText)" }
    if account.outages.contains(where: { $0.zone == rental.zone }) { return "without power" }
    if let start = machine.startsAt { return "serves from \(start.clockText)" }
    if rental.isWarm { return "warm, without visitors" }
    return rental.isSpot ? "serves, of the idle rest" : "serves"
  }

  /// Where machines stand, if there is more than one zone in it.
  private func zones(_ mine: [OwnedMachine], _ account: CloudAccount) -> [String] {
    let zones = Set(mine.compactMap { $0.rental?.zone }).sorted()
    var sentences: [String] = []
    if zones.count > 1 {
      let parts = zones.map { zone in
        "\(mine.count { $0.rental?.zone == zone }) in zone \(ZoneText.name(zone))"
      }
      sentences.append(parts.joined(separator: ", ") + ".")
    }
    for outage in account.outages {
      sentences.append("Zone \(ZoneText.name(outage.zone)) is down until \(outage.until).")
    }
    return sentences
  }

  /// Where visitors come in and where the orders are, where all is rented.
  private var wayIn: [String] {
    guard let way = world.entrance else { return [] }
    if let opens = way.opens { return ["Nobody finds the shop until \(opens)."] }
    if way.door == nil, world.accounts.contains(where: { $0.balancer.since != nil }) {
      return ["Visitors come in by the load balancer."]
    }
    guard let door = way.door else { return [] }
    return [
      "Visitors come in by machine \(door)"
        + (way.orders == door ? ", which also has the orders." : ".")
    ]
  }
}

extension InvoiceLine.Item {
  /// What is billed, in words.
  var words: String {
    switch self {
    case .instance(let size): size
    case .spot(let size): "\(size), idle rest"
    case .reserved(let offer), .saved(let offer): "covered by \(offer)"
    case .commitment(let offer): "\(offer), owed each hour"
    case .sustained(let size): "\(size), sustained use"
    case .upfront(let offer): "\(offer), money down"
    case .database(let size): "database \(size)"
    case .databaseWithStandby(let size): "\(size) and its standby"
    case .databaseStorage: "kept in databases"
    case .storage: "kept"
    case .requests: "read from what is kept"
    case .egress: "sent to the Internet"
    case .ingress: "received from it"
    case .balancer: "load balancer"
    case .balancerData: "through the balancer"
    case .delivery: "sent from the edge"
    case .deliveryRequests: "pieces from the edge"
    case .support(let plan): "support, \(plan)"
    case .credit: "given back"
    }
  }

  /// How much of it, with its unit.
  func amountWords(_ quantity: Double) -> String {
    switch self {
    case .instance, .spot, .reserved, .saved, .commitment, .balancer, .database,
      .databaseWithStandby:
      "\(QuantityText.significant(quantity)) h"
    case .upfront: "\(Int(quantity))"
    case .support: counted(Int(quantity), "month")
    case .storage, .databaseStorage, .egress, .ingress, .balancerData, .delivery:
      "\(QuantityText.significant(quantity)) GB"
    case .requests, .deliveryRequests: "\(QuantityText.significant(quantity)) x 10,000"
    case .credit, .sustained: FactValue.share(quantity).text
    }
  }
}
