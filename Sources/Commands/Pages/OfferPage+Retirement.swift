import Cloud
import Quantities
import Reports

// What it took to replace the oldest hosts, and what it saves, where that is asked for.
extension OfferPage {
  private var isRetiring: Bool { parameters.generations?.retiresOldest == true }
  private var retired: RetirementTally { tally.retirement }
  /// Of the oldest hosts, those that are still there.
  private var remaining: Int { tally.generations.first?.hosts ?? 0 }

  /// A year with and without the hosts that went; nil if none did.
  private var replacement: HostReplacement? {
    let all = parameters.allGenerations
    guard isRetiring, retired.hosts > 0, let plan = parameters.generations, let old = all.first,
      let new = all.last
    else { return nil }
    return HostReplacement(
      hosts: retired.hosts, old: old, new: new, failuresPerYear: parameters.failuresPerYear,
      failureFactor: plan.failureFactor(ageYears: retired.ageYears / Double(retired.hosts)),
      use: usedShare, cloud: costs)
  }

  /// What was not written off yet of the hosts that went.
  private var unwritten: Money {
    guard let replacement, retired.hosts > 0 else { return .zero }
    let left = OperatorCosts.years - retired.ageYears / Double(retired.hosts)
    return .dollars(replacement.price.dollars * max(0, left) / OperatorCosts.years)
  }

  var retirementBlocks: [Block] {
    guard isRetiring else { return [] }
    guard let replacement else { return [.paragraph("None of the oldest hosts went.")] }
    let (kept, replaced) = (replacement.kept, replacement.replaced)
    let gone = Table(
      key: "offer.retired", columns: [.init("the oldest hosts"), .init("")],
      rows: [
        [.words("emptied and replaced"), .value(.count(retired.hosts))],
        [.words("still there"), .value(.count(remaining))],
        [.words("machines moved off them"), .value(.count(retired.moved))],
        [.words("paid for new hosts"), .value(.money(replacement.price))],
        [.words("old ones not written off yet"), .value(.money(unwritten))],
      ])
    var rows: [[Table.Cell]] = [
      [.words("hosts"), .value(.count(retired.hosts)), whole(replaced.hosts)],
      [.words("of them fail"), share(kept), share(replaced)],
    ]
    rows += [
      ("electricity", kept.electricity, replaced.electricity),
      ("repairs", kept.repairs, replaced.repairs),
      ("building and plant", kept.plant, replaced.plant),
      ("new hosts", kept.purchase, replaced.purchase),
      ("all of it", kept.total, replaced.total),
    ].map { [.words($0.0), .value(.money($0.1)), .value(.money($0.2))] }
    let year = Table(
      key: "offer.replacement",
      columns: [.init("a year of their cores"), .init("kept"), .init("replaced")], rows: rows)
    return [.table(gone), .table(year), .paragraph(sentence(of: replacement))]
  }

  private func whole(_ value: Double) -> Table.Cell { .value(.count(Int(value.rounded()))) }
  private func share(_ year: HostReplacement.Year) -> Table.Cell {
    .value(.share(year.failures / year.hosts))
  }

  private func sentence(of replacement: HostReplacement) -> String {
    let saved = replacement.kept.total - replacement.replaced.total
    let cores = QuantityText.grouped(Int(replacement.coresMore.rounded()))
    let years = QuantityText.significant(OperatorCosts.years)
    let outcome =
      saved >= .zero
      ? "save \(FactValue.money(saved).text) a year"
      : "cost \(FactValue.money(-saved).text) a year more, their price spread over \(years) years"
    let tries =
      retired.putOff > 0
      ? " \(counted(retired.putOff, "time")) a host could not be emptied and was tried again a day later."
      : ""
    return
      "For the same cores new hosts \(outcome); what the old ones once cost is gone either way. "
      + "In as many places there are \(cores) cores more to sell now." + tries
  }

  var retirementFacts: [Fact] {
    let keys = [
      "hosts", "waiting", "moved", "price", "unwritten", "electricity.saved", "failures.saved",
      "saved", "cores",
    ]
    guard isRetiring else {
      let none = FactValue.undefined("no hosts were retired; add generations=5 retire=yes")
      return keys.map { fact("retired.\($0)", none) }
    }
    let none = FactValue.undefined("none could be emptied")
    let sides = replacement.map { ($0.kept, $0.replaced) }
    let values: [FactValue] = [
      .count(retired.hosts), .count(remaining), .count(retired.moved),
      replacement.map { .money($0.price) } ?? none,
      replacement.map { _ in .money(unwritten) } ?? none,
      sides.map { .money($0.electricity - $1.electricity) } ?? none,
      sides.map { number($0.failures - $1.failures) } ?? none,
      sides.map { .money($0.total - $1.total) } ?? none,
      replacement.map { number($0.coresMore) } ?? none,
    ]
    return zip(keys, values).map { fact("retired.\($0)", $1) }
  }

  static let retirementDeclarations: [FactDeclaration] = [
    FactDeclaration("offer.retired.hosts", .gauge, "of the oldest hosts, those that were replaced"),
    FactDeclaration("offer.retired.waiting", .gauge, "of them, those that are still there"),
    FactDeclaration("offer.retired.moved", .gauge, "machines that moved off them while they ran"),
    FactDeclaration("offer.retired.price", .gauge, .dollar, "what the new hosts were bought for"),
    FactDeclaration(
      "offer.retired.unwritten", .gauge, .dollar, "of the old ones' price, what was not written off"
    ),
    FactDeclaration(
      "offer.retired.electricity.saved", .gauge, .dollar,
      "what the same cores take less of electricity in a year"),
    FactDeclaration(
      "offer.retired.failures.saved", .gauge,
      "how many hosts fewer fail in a year for the same cores"
    ),
    FactDeclaration(
      "offer.retired.saved", .gauge, .dollar,
      "what the same cores cost less in a year, new hosts paid; negative if more"),
    FactDeclaration("offer.retired.cores", .gauge, "cores that there are more of in these places"),
  ]
}
