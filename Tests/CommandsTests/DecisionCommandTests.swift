import CommandLanguage
import Quantities
import Reports
import Testing

@testable import Commands

@Suite("The decision at the prompt") struct DecisionCommandTests {
  // MARK: - price and providers

  @Test("a managed database has a price, with and without a standby, and a history")
  func databasePrice() throws {
    let session = try played("new shop start=2010-07-05\nprice db.m1.small")
    #expect(abs(try number("price.hour", in: session) - 0.11) < 1e-9)
    let keys = try lastReport("new shop start=2010-07-05\nprice db.m1.small").tableKeys
    #expect(keys == ["price.history", "price.standby"])
  }

  @Test("the list of prices has databases only once there are some")
  func priceList() throws {
    #expect(try lastReport("new shop start=2006-09-01\nprice").tableKeys == ["price.sizes"])
    let later = try lastReport("new shop start=2010-07-05\nprice").tableKeys
    #expect(later == ["price.sizes", "price.databases"])
  }

  @Test("providers tell what they do beside machines, and what their grids emit")
  func providers() throws {
    let report = try lastReport("new shop start=2010-07-05\nproviders")
    let text = report.blocks.map { block in
      if case .paragraph(let words) = block { "\(words)" } else { "" }
    }.joined(separator: " ")
    #expect(text.contains("databases (a standby takes over in 270 s)"))
    #expect(text.contains("416 g in Virginia"))
  }

  // MARK: - leave

  @Test("there is nothing to leave where nothing is rented, and the facts say so")
  func nothing() throws {
    let report = try lastReport("new shop start=2010-07-05\nleave")
    #expect(!report.isError)
    #expect(report.facts.count == 9)
    let reason = FactValue.undefined("nothing is rented, so there is nothing to leave")
    #expect(report.facts.allSatisfy { $0.value == reason })
  }

  // 10,000 GB: 1 GB free and 9,999 at 9 cents; 9 weeks of $1,635; two people for two weeks each.
  @Test("leaving costs what a hand comes to, and more by rewriting than by the way out")
  func byHand() throws {
    let session = try played(
      "new shop start=2019-12-01\nleave aws bill=$3000 data=10TB services=3 overlap=730h")
    #expect(abs(try number("leave.egress", in: session) - 899.91) < 1e-6)
    #expect(abs(try number("leave.rewriting", in: session) - 14_715) < 1e-6)
    #expect(abs(try number("leave.retraining", in: session) - 6_540) < 1e-6)
    // A month, and 800,000 s of copying.
    #expect(
      abs(try number("leave.double", in: session) - 3_000 * (1 + 800_000.0 / 2_628_000)) < 1e-4)
    #expect(try number("leave.copy", in: session) == 800_000)
    #expect(
      try value("leave.egress < leave.rewriting and leave.egress < leave.double", in: session)
        == .flag(true))
  }

  @Test("the way out costs nothing from 2024 on for those who leave for good")
  func waived() throws {
    let session = try played(
      "new shop start=2024-12-01\nleave aws bill=$3000 data=10TB services=3")
    #expect(try number("leave.egress", in: session) == 0)
  }

  // $0.03 an hour is covered; of $325 for a year, 363 of 365 days are left.
  @Test("the world's own account is read: its bill, without money down, and its reservations")
  func account() throws {
    let session = try played(
      "new shop start=2009-04-01 visits=500/day\nrent m1.small\nreserve m1.small-1y\nrun 2 days\nleave"
    )
    #expect(abs(try number("leave.contracts", in: session) - 325 * 363.0 / 365) < 1e-4)
    // 48 h at 3 cents and some data, fifteen times: $21.60 and the data, not hundreds of dollars.
    let months = try number("leave.months", in: session)
    let bill = try number("leave.total", in: session) / months
    #expect(bill > 21 && bill < 60)
  }

  @Test("a provider that does not exist is named, at its place")
  func unknownProvider() throws {
    let diagnostic = try problem("leave awz bill=$10")
    #expect(diagnostic.code == "unknown-provider")
    #expect(diagnostic.message == "There is no provider 'awz'.")
    #expect(diagnostic.span?.column == 7)
    #expect(diagnostic.help?.contains("aws") == true)
  }

  @Test("leaving is a question: the world stays as it was")
  func question() throws {
    let before = try played("new shop start=2019-12-01")
    let after = try played("new shop start=2019-12-01\nleave aws bill=$3000 data=1TB")
    #expect(before.state.world.ledger.entries.count == after.state.world.ledger.entries.count)
    #expect(before.state.world.now == after.state.world.now)
  }

  // MARK: - migrate

  @Test("a move fails as often as its chances say, and all at once worse than piece by piece")
  func migrate() throws {
    let session = try played("migrate services=8 replicates=2000")
    let failed = try number("migrate.failed", in: session)
    let theory = try number("migrate.theory", in: session)
    // 1 − (11/12)⁸, and 3.29 deviations of a share of 2,000.
    #expect(abs(theory - 0.50147) < 1e-4)
    #expect(abs(failed - theory) < 3.29 * (0.25 / 2_000).squareRoot())
    #expect(
      try value("migrate.once.given-up > migrate.given-up", in: session) == .flag(true))
    #expect(try value("migrate.cost.p50 <= migrate.cost.p90", in: session) == .flag(true))
  }

  @Test("a rehearsal makes fewer moves go back")
  func rehearsal() throws {
    let plain = try number("migrate.failed", in: played("migrate services=6"))
    let rehearsed = try number("migrate.failed", in: played("migrate services=6 rehearse=yes"))
    #expect(rehearsed < plain)
  }

  @Test("a move of one group has one row")
  func oneGroup() throws {
    let report = try lastReport("migrate services=2 together=2 replicates=10")
    let tables = report.blocks.compactMap { block -> Table? in
      if case .table(let table) = block { table } else { nil }
    }
    #expect(tables.first?.rows.count == 1)
  }

  // MARK: - runway and breakeven

  @Test("machines bought for a growth that does not come shorten the runway")
  func runway() throws {
    let session = try played("new shop start=2010-07-05\nrunway m1.small")
    #expect(try value("runway.own < runway.rent", in: session) == .flag(true))
    #expect(try number("runway.own.bought", in: session) > 0)
  }

  @Test("a size that cannot be rented yet has no runway")
  func notForRent() throws {
    #expect(try problem("new shop start=2010-07-05\nrunway m5.large").code == "not-for-rent")
  }

  @Test("a server pays back sooner the more of the hours there is work")
  func horizon() throws {
    let session = try played("new shop start=2019-12-01\nbreakeven m5.large busy=20%")
    #expect(
      try value("breakeven.horizon.steady < breakeven.horizon.spiky", in: session) == .flag(true))
    // Five times the rent: price / (5·r − c) against price / (r − c), so more than five times as long.
    let steady = try number("breakeven.horizon.steady", in: session)
    #expect(try number("breakeven.horizon.spiky", in: session) > 5 * steady)
  }

  @Test("the crossing is marked in the plot where it was found by trying")
  func crossing() throws {
    let report = try lastReport("new shop start=2019-12-01\nbreakeven m5.large")
    let plots = report.blocks.compactMap { block -> Plot? in
      if case .plot(let plot) = block { plot } else { nil }
    }
    guard case .x(let place)? = plots.first?.marks.first?.place else {
      Issue.record("no mark across")
      return
    }
    let share = report.facts.first { $0.key == "breakeven.share" }?.value
    guard case .quantity(let quantity, _)? = share else {
      Issue.record("no share")
      return
    }
    #expect(place == quantity.value * 100)
  }

  // MARK: - A case

  @Test("37signals and the price lists agree with this build as far as they give digits")
  func published() throws {
    let numbers = PublishedNumber.cloud
    #expect(numbers.count == 7)
    #expect(numbers.filter { !$0.agrees }.map(\.label) == [])
  }
}
