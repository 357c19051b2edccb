import Quantities
import Reports
import Testing

@testable import Commands

@Suite("Terms of providers at the prompt")
struct CloudTermsTests {
  private func words(_ script: String) throws -> String {
    let report = try lastReport(script)
    #expect(!report.isError, "\(report.diagnostics.map(\.message))")
    return report.blocks.map { block in
      if case .paragraph(let words) = block { "\(words)" } else { "" }
    }.joined(separator: " ")
  }

  // MARK: - Quotas

  @Test("providers tell how much a new customer may have, and rent refuses more")
  func quotas() throws {
    let text = try words("new shop start=2011-06-01\nproviders")
    #expect(text.contains("A new customer may have 20 machines at once."))
    #expect(text.contains("A new customer may have 20 cores at once."))
    let machines = try problem("new shop start=2011-06-01\nrent m1.small count=21")
    #expect(machines.code == "quota" && machines.span?.column == 6)
    #expect(machines.message == "A new customer may have 20 machines at this provider at once.")
    let cores = try problem("new shop start=2015-06-01\nrent n1-standard-4 count=7")
    #expect(cores.message == "A new customer may have 24 cores at this provider at once.")
  }

  // MARK: - Support

  @Test("price lists support, and rent takes a plan and says what it gives")
  func support() throws {
    let list = try words("new shop start=2012-09-01\nprice")
    #expect(
      list.contains(
        "Support 'business' costs $100.00 a month, or if that is more 10% of the first $10,000 of the bill, "
          + "7% of the next $70,000, 5% of the next $170,000, 3% of the rest"))
    #expect(!list.contains("'gold'"))
    let rented = try words("new shop start=2012-09-01\nrent support plan=developer")
    #expect(
      rented.contains("answers to one developer by mail") && rented.contains("$49.00 a month"))
    let back = try words(
      "new shop start=2012-09-01\nrent support plan=developer\nrelease support")
    #expect(back.contains("this month of it is paid whole"))
  }

  @Test("support is a line of the bill, and a month of it is no part of a month to come")
  func supportOnTheBill() throws {
    let script = "new shop start=2012-09-01 visits=1/day\nrent support plan=developer\nrun 10 h\n"
    let report = try lastReport(script + "show bill")
    let rows = report.blocks.flatMap { block -> [[Table.Cell]] in
      if case .table(let table) = block { table.rows } else { [] }
    }
    #expect(rows.contains { $0.first == .words("support, developer") })
    guard case .quantity(let bill, _) = try value("leave.double", in: played(script + "leave aws overlap=730h"))
    else {
      Issue.record("no bill")
      return
    }
    #expect(abs(bill.value - 49) < 0.01)
  }

  @Test(
    "support that cannot be had is refused in words",
    arguments: [
      ("rent support", "no-plan", 6, "Plans at this time: developer, business, enterprise."),
      ("rent support plan=gold", "unknown-plan", 19, "Plans at this time: developer, business"),
      ("rent support plan=buisness", "unknown-plan", 19, "business"),
      ("release support", "no-account", 9, ""),
    ])
  func refused(statement: String, code: String, column: Int, help: String) throws {
    let found = try problem("new shop start=2012-09-01\n\(statement)")
    #expect(found.code == code)
    if code != "no-account" { #expect(found.span?.column == column) }
    #expect(help.isEmpty || (found.help ?? "").contains(help), "\(found.help ?? "")")
  }
}
