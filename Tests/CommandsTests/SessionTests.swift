import CommandLanguage
@testable import Commands
import Quantities
import Reports
import Testing
import WorldModel

private let hour = "new shop visits=2000/day\nrun 1 h\n"

@Suite struct SessionTests {
  @Test func twoHalfRunsEqualOne() throws {
    let whole = try played("new shop\nrun 2 h")
    let halves = try played("new shop\nrun 37 min\nrun 83 min")
    #expect(whole.stateHash == halves.stateHash)
  }

  @Test func theSameSeedGivesTheSameWorldAndAnotherSeedAnother() throws {
    #expect(try played(hour).stateHash == played(hour).stateHash)
    #expect(try played(hour).stateHash != played(hour, seed: 2).stateHash)
    #expect(try played("seed 2\n" + hour).stateHash == played(hour, seed: 2).stateHash)
  }

  @Test func undoRestoresTheStateHashAndRedoBringsItBack() throws {
    let before = try played(hour)
    let after = try played(hour + "buy server count=2\nrun 10 min")
    let undone = try played(hour + "buy server count=2\nrun 10 min\nundo\nundo")
    #expect(undone.stateHash == before.stateHash)
    let redone = try played(hour + "buy server count=2\nrun 10 min\nundo\nundo\nredo\nredo")
    #expect(redone.stateHash == after.stateHash)
    #expect(redone.state.script == after.state.script)
  }

  @Test func undoReachesBehindTheStatesThatAreKept() throws {
    let steps = Branch.pastLengthMax + 3
    let forth = String(repeating: "run 1 min\n", count: steps)
    let back = String(repeating: "undo\n", count: steps)
    #expect(
      try played("new shop visits=100/day\n" + forth + back).stateHash
        == played("new shop visits=100/day").stateHash)
  }

  @Test func replayingTheLogGivesTheSameSession() throws {
    let session = try played(
      hour + "mark a\nfork lean\nset uplink isdn\nrun 10 min\nundo\nswitch main\nrun 5 min")
    let again = try Session.replayed(
      session.log, seed: 1, registry: .standard, CommandContext(host: NoHost()))
    #expect(again.stateHash == session.stateHash)
    #expect(again.currentName == session.currentName)
    #expect(
      again.branches.map { StateHash(of: $0.branch.state.world) }
        == session.branches.map { StateHash(of: $0.branch.state.world) })
  }

  @Test func bracketsAroundConditionsSurviveTheLog() throws {
    let session = try played(
      "new shop visits=500/day\nrun until (shop.visits > 3) or (shop.lost > 3) limit=2h")
    #expect(
      session.log.last == "run limit=2h until (shop.visits > 3) or (shop.lost > 3)")
    let again = try played(session.log.joined(separator: "\n"))
    #expect(again.stateHash == session.stateHash)
  }

  @Test func redoKeepsNoMoreStatesThanAnyOtherChange() throws {
    let steps = Branch.pastLengthMax + 3
    let session = try played(
      String(repeating: "mark a\n", count: steps) + String(repeating: "undo\n", count: steps)
        + String(repeating: "redo\n", count: steps))
    #expect(session.state.script.count == steps)
    #expect(session.current.past.count == Branch.pastLengthMax)
  }

  @Test func whatWasMeasuredIsRecordedWhoeverRanTheStatement() throws {
    var session = Session()
    var report = Report()
    report.statement = "probe"
    report.recorded = "1;2"
    session.adopt(session.state.world, report)
    #expect(session.log == ["probe recorded=\"1;2\""])
    #expect(session.state.script == session.log)
  }

  @Test func theScriptOfABranchLeadsToItsState() throws {
    let session = try played(hour + "fork lean\nrun 3 min\nundo\nbuy server\nrun 2 min")
    let again = try played(session.state.script.joined(separator: "\n"))
    #expect(again.stateHash == session.stateHash)
  }

  @Test func aCommandThatFailsLeavesTheWorldAsItWas() throws {
    let before = try played(hour)
    let after = Session()
    var session = after
    _ = try session.run(
      Source(text: hour + "buy server count=999"), CommandContext(host: NoHost()))
    #expect(session.stateHash == before.stateHash)
    #expect(session.log == before.log)
  }

  @Test func aCancelledRunLeavesTheWorldAsItWas() throws {
    var session = try played(hour)
    let before = session.stateHash
    var looks = 0
    let context = CommandContext(
      host: NoHost(),
      checkpoint: {
        looks += 1
        if looks > 3 { throw Cancelled() }
      })
    let source = Source(text: "run 10 days")
    #expect(throws: Cancelled.self) { try session.execute(source, source.all, context) }
    #expect(session.stateHash == before)
    #expect(looks == 4)
  }

  @Test func forksMeetTheSameVisitors() throws {
    let session = try played(
      "new shop visits=3000/day\nfork wide\nset uplink t3\nbuy server count=2\nrun 2 h\n"
        + "switch main\nrun 2 h")
    let main = try #require(session.branch(named: "main"))
    let wide = try #require(session.branch(named: "wide"))
    #expect(
      main.state.world.shop?.accounts.total.visits == wide.state.world.shop?.accounts.total.visits)
    #expect(StateHash(of: main.state.world) != StateHash(of: wide.state.world))
  }

  @Test func nothingHasHappenedAtTheOpening() throws {
    let session = try played("new shop visits=5000/day\nmark opening\nrun 10 min")
    #expect(try value("shop.visits at opening", in: session) == .count(0))
    #expect(
      try value("shop.visits since opening", in: session) == value("shop.visits", in: session))
  }

  @Test func marksBeginWindows() throws {
    let session = try played(hour + "buy server\nmark a\nbuy server\nrun 30 min")
    #expect(try value("ledger.capital since a", in: session) == .money(.dollars(3_500)))
    #expect(try value("ledger.capital", in: session) == .money(.dollars(7_000)))
    guard case .quantity(let all, _) = try value("shop.visits", in: session),
      case .quantity(let since, _) = try value("shop.visits since a", in: session),
      case .quantity(let at, _) = try value("shop.visits at a", in: session)
    else {
      Issue.record("visits are numbers")
      return
    }
    #expect(at.value + since.value == all.value)
    #expect(since.value > 0)
  }
}

@Suite struct CommandErrorTests {
  @Test(arguments: [
    ("shwo shop", "unknown-verb", 1), ("buy sever 1u-2004", "unknown-thing", 5),
    ("new shop\nbuy server count=-3", "out-of-range", 18),
    ("buy server count=2.5", "wrong-type", 18),
    ("new shop\nrun 3 MB", "wrong-unit", 5), ("new shop\nrun 2 dayz", "unknown-unit", 7),
    ("queue arrivals=5 s", "wrong-unit", 16), ("run 1 day", "no-shop", 1),
    ("buy server colour=red", "unknown-argument", 12),
    ("expect shop.latency > 3", "unknown-fact", 8),
    ("expect", "missing-expression", 1), ("queue arrivals=1/s service=1/s", "unstable-queue", 16),
    ("new shop\nbuy server count=9", "too-little-cash", 18), ("undo", "nothing-to-undo", 1),
    ("switch lean", "unknown-branch", 8), ("new shop\nrun until 2004-02-01", "past", 11),
    ("fork main", "branch-exists", 6), ("new shop\nseed 3", "seed-too-late", 1),
    ("read x.room", "not-safe", 6), ("mark 1st", "bad-name", 6), ("help shwo", "unknown-topic", 6),
    ("new shop start=1850-01-01", "bad-start", 16), ("plot shop.response", "needs-suffix", 6),
    ("new shop\nrun 1 h\nplot shop.worst-day", "not-a-number", 6),
    ("buy server count=1 count=2", "repeated-argument", 26),
    ("commands shp", "unknown-subject", 10),
    ("new shop\nsell server count=2", "too-few-servers", 19),
    ("new shop\nrun 1 h\nexpect shop.lost during 2004-02-01 > 3", "before-start", 8),
    ("blame shop.lost", "no-shop", 1), ("compare", "nothing-to-compare", 1),
    ("replicate 3", "nothing-to-replicate", 1),
    ("queue cv=0.8 distribution=erlang", "queue-parameter", 10),
    ("queue customers=5", "queue-parameter", 17),
    ("new shop\nrun 10000 years", "too-long", 1), ("new shop\nrun 500 years", "too-long", 1),
    ("new shop start=2100-01-01\nrun 69000 days", "too-long", 1),
    ("new shop\nrun until shop.orders > 5 limit=10000 years", "too-long", 1),
    ("new shop\nrun 1 min\nexpect shop.orders over 10000 years > 1", "before-start", 8),
    ("expect shop.orders over 1e18 s > 1", "out-of-range", 25),
    ("queue patience=10000 years", "queue-parameter", 16),
    ("new shop\nexpect shop.visits at 2004-02-01 > 3", "before-start", 8),
    ("new shop\nrun 1 day until 2004-03-09", "two-ends", 5),
    ("new shop\nrun 3 days until shop.lost > 0", "two-ends", 5),
  ])
  func mistakesAreShownWhereTheyAre(script: String, code: String, column: Int) throws {
    let diagnostic = try problem(script)
    #expect(diagnostic.code == code)
    #expect(diagnostic.span?.column == column)
    #expect(diagnostic.span?.line == script.split(separator: "\n").count)
  }

  @Test func allProblemsOfAStatementComeAtOnce() throws {
    let report = try lastReport("buy sever count=x colour=red")
    #expect(report.diagnostics.map(\.code) == ["unknown-thing", "wrong-type", "unknown-argument"])
  }

  @Test func theSentenceNamesBothDimensions() throws {
    #expect(
      try problem("queue service=3 MB").message
        == "'service' is a rate, but '3 MB' is an amount of data.")
  }
}

@Suite struct RegistryTests {
  /// Every declaration's example must run as it stands; those that need files, measure, or need a Ctrl-C
  /// before them are not run.
  @Test(
    arguments: Registry.standard.verbs.filter {
      !["read", "export", "probe", "multiply", "keep", "catalog"].contains($0)
    })
  func theExampleOfEachCommandRuns(verb: String) throws {
    let command = try #require(Registry.standard.command(verb))
    // A day of the course's shop takes a debug build a second: an hour shows the same.
    let example = command.declaration.example.split(separator: "\n").map { line in
      line == "new shop" ? "new shop visits=500/day" : String(line)
    }.joined(separator: "\n")
    _ = try played(example)
  }

  @Test func canonicalFormsParseToThemselves() throws {
    let session = try played(
      "new shop servers=2\ndemand 2x during 2004-03-01..2004-03-02\nbuy server\nmark a\n"
        + "run until 00:30\nrun until shop.visits > 3 limit=2h")
    let again = try played(session.log.joined(separator: "\n"))
    #expect(again.log == session.log)
    #expect(again.stateHash == session.stateHash)
  }

  @Test func everyFactThatTheWorldDeclaresHasAValue() throws {
    let session = try played("new shop room=furnished visits=500/day\nrun 1 h")
    for declaration in FactFamilies.all {
      guard let suffix = FactFamilies.suffix(of: declaration) else { continue }
      let key = declaration.key.replacing("*", with: "r1")
      _ = try value(key + suffix, in: session)
    }
  }
}

/// The facts of the world with a suffix that makes each of them a value.
enum FactFamilies {
  static var all: [FactDeclaration] {
    Registry.standard.command("show")?.declaration.facts ?? []
  }

  static func suffix(of declaration: FactDeclaration) -> String? {
    declaration.kind == .distribution ? ".p99" : ""
  }
}

@Suite struct QueueCommandTests {
  // M/M/1 at 80 %: ρ/(μ − λ) = 4 s in line.
  @Test func theClosedFormStandsBesideTheSimulation() throws {
    let session = try played("queue customers=20000")
    guard case .quantity(let theory, _) = try value("queue.wait.theory", in: session) else {
      Issue.record("the theory is a number")
      return
    }
    #expect(abs(theory.value - 4) < 1e-9)
    #expect(try value("queue.wait.mean ~= 4 s within 25%", in: session) == .flag(true))
    #expect(try value("queue.lost.share == 0", in: session) == .flag(true))
  }
}
