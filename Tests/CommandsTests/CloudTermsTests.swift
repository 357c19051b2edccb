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

  @Test("source tells where the terms of a provider are known from")
  func sources() throws {
    let google = try words("source google")
    #expect(google.contains("a new customer at once, from 2013-12-02: 24 cores."))
    #expect(google.contains("committed-1y, from 2017-09-22: 37% cheaper. Google Cloud Blog"))
    #expect(google.contains("through a whole month, from 2014-04-01: 30% cheaper."))
    let aws = try words("source aws")
    #expect(aws.contains("support 'bronze', from 2011-01-10: $49.00 a month. API Evangelist"))
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
    let session = try played(script + "leave aws overlap=730h")
    guard case .quantity(let bill, _) = try value("leave.double", in: session) else {
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
      ("release support", "not-there", 9, ""),
    ])
  func refused(statement: String, code: String, column: Int, help: String) throws {
    let found = try problem("new shop start=2012-09-01\n\(statement)")
    #expect(found.code == code)
    #expect(found.span?.column == column)
    #expect(help.isEmpty || (found.help ?? "").contains(help), "\(found.help ?? "")")
  }

  // What comes back of a bill has a price below zero.
  @Test("a price below zero has one sign, in front")
  func below() {
    #expect(RateText.text(.dollars(-72.085)) == "−$72.085")
    #expect(RateText.text(.dollars(-0.5)) == "−$0.50")
    #expect(RateText.text(.dollars(0.085)) == "$0.085")
  }

  // MARK: - Savings plans and sustained use

  @Test("price shows what savings plans and running on take off, and reserve takes a plan")
  func savings() throws {
    let list = try words("new shop start=2020-06-01\nprice")
    #expect(list.contains("Savings plan 'compute-1y': any size is 27% cheaper"))
    #expect(list.contains("What runs through a whole month is 30% cheaper"))
    let size = try words("new shop start=2020-06-01\nprice m5.large")
    #expect(size.contains("compute-1y: $0.0701 an hour, out of dollars an hour for any size"))
    let google = try words("new shop start=2014-06-01\nprice n1-standard-1")
    #expect(google.contains("Through a whole month: $0.049 an hour"))
    let reserved = try words("new shop start=2020-06-01\nreserve compute-3y owe=$0.048")
    #expect(reserved.contains("machines of any size that cost $0.096 an hour together"))
  }

  // Ten hours of 4.8 cents are owed, and cover the machine.
  @Test("a savings plan is on the bill, and what it covers counts as hours")
  func savingsOnTheBill() throws {
    let session = try played(
      "new shop start=2020-06-01 visits=1/day\nreserve compute-3y owe=$0.048\nrent m5.large\nrun 10 h"
    )
    guard case .quantity(let hours, _) = try value("cloud.hours", in: session),
      case .quantity(let bill, _) = try value("cloud.bill", in: session)
    else {
      Issue.record("no figures")
      return
    }
    #expect(abs(hours.value - 10) < 1e-6)
    #expect(abs(bill.value - 0.48) < 0.005)
  }

  @Test(
    "a plan that cannot be had is refused in words",
    arguments: [
      ("reserve compute-1y", "no-commitment", 9, "Write owe=$0.10, for one."),
      ("reserve committed-1y-x owe=$1", "unknown-offer", 9, "committed-1y"),
    ])
  func refusedPlan(statement: String, code: String, column: Int, help: String) throws {
    let found = try problem("new shop start=2020-06-01\n\(statement)")
    #expect(found.code == code && found.span?.column == column)
    #expect((found.help ?? "").contains(help), "\(found.help ?? "")")
    let early = try problem("new shop start=2015-06-01\nreserve compute-1y owe=$1")
    #expect(early.code == "not-for-rent")
  }
}
