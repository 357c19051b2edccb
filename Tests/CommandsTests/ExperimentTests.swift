import CommandLanguage
import Quantities
import Reports
import Service
import Testing
import WorldModel

@testable import Commands

/// The rows of the first table of a report: a label and the numbers behind it.
private func rows(_ report: Report) throws -> [(label: String, numbers: [Double])] {
  let tables = report.blocks.compactMap { block -> Table? in
    if case .table(let table) = block { table } else { nil }
  }
  return try #require(tables.first).rows.map { cells in
    var label = ""
    var numbers: [Double] = []
    for cell in cells {
      switch cell {
      case .words(let words): label += words
      case .value(.quantity(let quantity, _)), .change(.quantity(let quantity, _)):
        numbers.append(quantity.value)
      default: break
      }
    }
    return (label, numbers)
  }
}

@Suite struct BlameTests {
  /// An ISDN line of 128 kbit/s carries 0.47 pages of 34 KB a second; 3 × 0.7 a second are asked for.
  private let overload = "new shop uplink=isdn\ndemand 3\n"

  @Test func theLimitThatIsFullCostsTheMost() throws {
    let report = try lastReport(overload + "run 30 min\nblame shop.lost")
    let rows = try rows(report)
    #expect(
      rows.map(\.label) == [
        "as it was", "without limit: servers", "without limit: data", "without limit: disk",
        "without limit: uplink",
      ])
    #expect(rows[0].numbers[0] > 20)
    #expect(rows[4].numbers == [0, -rows[0].numbers[0]])
  }

  @Test func itMeetsTheSameVisitorsWithoutEachLimit() throws {
    let rows = try rows(lastReport(overload + "run 30 min\nblame shop.visits"))
    #expect(rows[0].numbers[0] > 0)
    #expect(rows.dropFirst().allSatisfy { $0.numbers == [rows[0].numbers[0], 0] })
  }

  @Test func aRunMayBeginBetweenTwoMinutes() throws {
    let report = try lastReport(overload + "run 90 s\nrun 10 min\nblame shop.visits")
    #expect(report.diagnostics.map(\.code) == [])
  }

  @Test func aRunWhoseStartIsNoLongerKeptIsFoundByItsScript() throws {
    let marks = String(repeating: "mark a\n", count: Branch.pastLengthMax + 1)
    let script = overload + "run 2 min\nrun 10 min\n"
    let kept = try rows(lastReport(script + "blame shop.lost"))
    let replayed = try rows(lastReport(script + marks + "blame shop.lost"))
    #expect(kept.map(\.numbers) == replayed.map(\.numbers))
  }
}

@Suite struct ReplicateTests {
  @Test func theFirstSeedIsTheOneInForce() throws {
    // Of two numbers a and b the interval is symmetric about (a + b)/2, and a is what the shop has.
    let shop = "new shop visits=2000/day\nrun 1 h"
    var visits: [Double] = []
    for seed: UInt64 in [7, 8] {
      guard case .quantity(let count, _) = try value("shop.visits", in: played(shop, seed: seed))
      else { return }
      visits.append(count.value)
    }
    let session = try played("seed 7\n" + shop + "\nreplicate 2 shop.visits")
    guard case .quantity(let mean, _) = try value("replicate.mean", in: session) else {
      Issue.record("the mean is a number")
      return
    }
    #expect(mean.value == (visits[0] + visits[1]) / 2)
  }

  @Test func theSameBranchDiffersFromItselfByNothing() throws {
    let session = try played(
      "new shop visits=2000/day\nrun 30 min\nfork same\nreplicate 3 shop.visits against=main")
    #expect(try value("replicate.difference == 0", in: session) == .flag(true))
  }
}

@Suite struct SeriesTests {
  @Test func aLongSeriesCanBeCancelled() throws {
    var session = try played("new shop visits=100/day\nrun 6 h")
    let context = CommandContext(host: NoHost(), checkpoint: { throw Cancelled() })
    let source = Source(text: "table shop.visits step=minute")
    #expect(throws: Cancelled.self) { try session.execute(source, source.all, context) }
  }

  @Test func itsStepsAddUpToTheWhole() throws {
    let session = try played("new shop visits=3000/day\nrun 5 h")
    let series = try FactSeries(state: session.state, catalog: session.registry.catalog).series(
      "shop.visits", window: nil, by: .minute, checkpoint: {})
    #expect(series.values.count == 300)
    let sum = series.values.reduce(0) { $0 + ($1 ?? 0) }
    #expect(try value("shop.visits", in: session) == .count(Int(sum)))
  }
}

@Suite struct OverloadedShopTests {
  @Test func refusingEverybodyAnswersNobodyInTime() throws {
    let session = try played("new shop servers=0\nrun 30 min")
    #expect(try value("shop.answered-in-2s == 0%", in: session) == .flag(true))
    #expect(try value("shop.lost > 0 and shop.orders == 0", in: session) == .flag(true))
    #expect(try value("shop.bottleneck == \"servers\"", in: session) == .flag(true))
    guard case .undefined = try value("shop.response.p99", in: session) else {
      Issue.record("nobody was answered, so there is no response time to look good")
      return
    }
  }
}
