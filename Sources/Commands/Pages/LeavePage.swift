import Cloud
import Quantities
import Reports

/// What `leave` reports: each cause with its amount, and what that is against the bill.
struct LeavePage {
  let book: PriceBook
  let cost: ExitCost
  let now: Moment

  /// The page where nothing is rented and no bill was given.
  static var nothing: Report {
    let reason = FactValue.undefined("nothing is rented, so there is nothing to leave")
    var report = Report(
      [
        .paragraph(
          "Nothing is rented, so there is nothing to leave. 'leave aws bill=$3000 data=10TB' prices it for "
            + "somebody who pays that much.")
      ],
      facts: LeaveCommand.declaration.facts.map { Fact($0.key, reason, .computed) })
    report.subject = "leave"
    return report
  }

  var report: Report {
    var report = Report(
      [
        .heading("leaving \(book.name)", remark: "\(now.date)"), .table(table),
        .paragraph(verdict), .paragraph(reality),
      ], facts: facts)
    report.subject = "leave"
    return report
  }

  private var table: Table {
    let total = cost.total
    let rows: [[Table.Cell]] = ExitCost.Cause.allCases.map { cause in
      let amount = cost.amount(cause)
      return [
        .words(words(cause)), .value(.money(amount)),
        total > .zero ? .value(.share(amount.dollars / total.dollars)) : .none,
      ]
    }
    return Table(
      key: "leave.causes", columns: ["", "cost", "of all"].map { .init($0) },
      rows: rows + [[.words("all of it"), .value(.money(total)), .none]])
  }

  private func words(_ cause: ExitCost.Cause) -> String {
    switch cause {
    case .egress:
      "the way out, \(QuantityText.significant(cost.gigabytes)) GB"
        + (cost.egressShare < 1 && cost.listEgress > .zero
          ? " (\(FactValue.money(cost.listEgress).text) is waived)" : "")
    case .doubleRunning: "the old bill, while both run"
    case .rewriting:
      "rewriting, \(QuantityText.significant(cost.rewritingWeeks)) person-week\(cost.rewritingWeeks == 1 ? "" : "s")"
    case .retraining:
      "\(cost.people == 1 ? "one person" : "\(cost.people) people") learning the new place"
    case .contracts: "what is left of reservations"
    }
  }

  private var verdict: String {
    var words = "The copy takes \(FactValue.span(cost.copyTime).text)."
    if let months = cost.months {
      words +=
        " All of it is \(QuantityText.significant(months, 2)) months of the bill of "
        + "\(FactValue.money(cost.monthlyBill).text)."
    }
    let egress = cost.amount(.egress)
    let work = cost.amount(.rewriting) + cost.amount(.doubleRunning)
    if egress < work {
      words +=
        " Most people fear the way out; here it is \(FactValue.money(egress).text), and rewriting and "
        + "running both \(FactValue.money(work).text)."
    } else if egress > .zero {
      words += " Here the way out of the data is what holds you."
    }
    return words
  }

  /// - Source: UK Competition and Markets Authority, final decision on cloud services, 31 July 2025: less than
  ///   1 % of customers switch in a year.
  private var reality: String {
    "Of a hundred customers fewer than one changes its provider in a year (CMA, 2025)."
  }

  private var facts: [Fact] {
    let total = cost.total
    func money(_ key: String, _ cause: ExitCost.Cause) -> Fact {
      Fact("leave.\(key)", .money(cost.amount(cause)), .computed)
    }
    return [
      money("egress", .egress), money("double", .doubleRunning), money("rewriting", .rewriting),
      money("retraining", .retraining), money("contracts", .contracts),
      Fact("leave.total", .money(total), .computed),
      Fact(
        "leave.months",
        cost.months.map { .quantity(Quantity($0), .none) } ?? .undefined("there is no bill"),
        .computed),
      Fact("leave.copy", .span(cost.copyTime), .computed),
      Fact(
        "leave.egress.share",
        total > .zero
          ? .share(cost.amount(.egress).dollars / total.dollars)
          : .undefined("leaving costs nothing"), .computed),
    ]
  }
}
