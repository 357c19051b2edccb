import CommandLanguage
@testable import Commands
import Reports
import Snapshots
import Testing
import WorldModel

private let busy = "new shop visits=20000/day\nrun 1 h\n"

/// A context in which Ctrl-C is pressed before the look of a number.
private func pressing(atLook number: Int) -> CommandContext {
  var looks = 0
  return CommandContext(
    host: NoHost(),
    checkpoint: {
      looks += 1
      if looks == number { throw Cancelled() }
    })
}

/// A session in which a statement was stopped at a look.
private func stopped(_ statement: String, atLook number: Int) throws -> Session {
  var session = try played(busy)
  let source = Source(text: statement)
  #expect(throws: Cancelled.self) {
    try session.execute(source, source.all, pressing(atLook: number))
  }
  return session
}

@Suite struct KeepTests {
  @Test(arguments: ["run 30 days", "run until shop.orders >= 100000000"], [1, 2, 7])
  func keepingIsTheSameAsAskingForThePartThatRan(statement: String, look: Int) throws {
    var session = try stopped(statement, atLook: look)
    let before = session.stateHash
    guard case .reached(let world, _) = session.offer else {
      Issue.record("nothing to keep")
      return
    }
    let end = world.now
    #expect(session.stateHash == before)
    #expect(end.timeOfDay.nanoseconds % 60_000_000_000 == 0, "a whole minute")

    let source = Source(text: "keep")
    let report = try session.execute(source, source.all, CommandContext(host: NoHost()))
    #expect(!report.isError)
    let asked = try played(busy + "run until \(end.statementText)")
    #expect(session.stateHash == asked.stateHash)
    #expect(session.log == asked.log)
    #expect(session.state.findings["run"]?.facts.count == asked.state.findings["run"]?.facts.count)
    #expect(try value("run.events", in: session) == value("run.events", in: asked))
    #expect(try value("run.visits", in: session) == value("run.visits", in: asked))
  }

  @Test func whatWasKeptCanBeUndone() throws {
    var session = try stopped("run 30 days", atLook: 3)
    let before = session.stateHash
    _ = try session.run(Source(text: "keep\nundo"), CommandContext(host: NoHost()))
    #expect(session.stateHash == before)
  }

  @Test func theOfferLapsesWithTheNextChangeAndNotWithAQuestion() throws {
    var session = try stopped("run 30 days", atLook: 3)
    _ = try session.run(Source(text: "show shop"), CommandContext(host: NoHost()))
    #expect(session.offer != nil)
    for change in ["buy server", "mark a", "undo"] {
      var copy = session
      _ = try copy.run(Source(text: change), CommandContext(host: NoHost()))
      #expect(copy.offer == nil, "\(change)")
    }
  }

  @Test func withoutAStoppedRunThereIsNothingToKeep() throws {
    let found = try problem("new shop\nkeep")
    #expect(found.code == "nothing-to-keep")
    #expect(found.message == "There is no stopped run to keep.")
    #expect(found.span?.column == 1)
  }
}

@Suite struct SessionSnapshotTests {
  private static let long =
    busy + "mark a\nqueue customers=1000\nfork lean\nset uplink isdn\nrun 10 min\nrun 5 min\nundo\n"
    + "switch main\nrun 5 min\nbuy server\n"

  private func copied(_ session: Session) throws -> Session {
    let bytes = try SnapshotEncoder.bytes(of: SessionSnapshot(session))
    return try #require(
      SnapshotDecoder.value(SessionSnapshot.self, from: bytes).session(log: session.log))
  }

  @Test func aSnapshotIsWhatReplayingTheLogGives() throws {
    let session = try played(Self.long)
    let copy = try copied(session)
    let replayed = try Session.replayed(
      session.log, seed: 1, registry: .standard, CommandContext(host: NoHost()))
    for other in [copy, replayed] {
      #expect(other.stateHash == session.stateHash)
      #expect(other.log == session.log)
      #expect(other.currentName == session.currentName)
      #expect(other.state.script == session.state.script)
      #expect(try value("queue.wait.mean", in: other) == value("queue.wait.mean", in: session))
    }
    for next in [
      "undo", "undo\nundo\nundo", "switch lean\nredo", "run 20 min",
      "expect shop.visits since a > 0",
    ] {
      var (one, two) = (copy, replayed)
      let first = try one.run(Source(text: next), CommandContext(host: NoHost()))
      let second = try two.run(Source(text: next), CommandContext(host: NoHost()))
      #expect(one.stateHash == two.stateHash, "\(next)")
      #expect(first.map(\.ok) == second.map(\.ok), "\(next)")
    }
  }

  @Test func undoGoesBehindTheStatesOfASnapshot() throws {
    let steps = SessionSnapshot.pastLengthMax + 3
    var copy = try copied(
      played("new shop visits=100/day\n" + String(repeating: "run 1 min\n", count: steps)))
    _ = try copy.run(
      Source(text: String(repeating: "undo\n", count: steps)), CommandContext(host: NoHost()))
    #expect(try copy.stateHash == played("new shop visits=100/day").stateHash)
  }

  @Test func answersToQuestionsAreLeftOutAsTheLogHasNoneOfThem() throws {
    let session = try played("new shop visits=500/day\nrun 10 min\nreplicate 2 shop.visits")
    #expect(session.state.findings["replicate"] != nil)
    #expect(try copied(session).state.findings["replicate"] == nil)
  }

  @Test func aSessionThatAnotherPromptWritesRefusesChangesAndAnswersQuestions() throws {
    var session = try played(busy)
    session.isReadOnly = true
    let before = session.stateHash
    for change in ["run 1 h", "buy server", "mark a", "undo", "fork b", "new shop"] {
      let report = try #require(
        session.run(Source(text: change), CommandContext(host: NoHost())).first)
      #expect(report.diagnostics.map(\.code) == ["read-only"], "\(change)")
    }
    let looks = try session.run(
      Source(text: "show shop\nexpect shop.visits > 0\nhistory"), CommandContext(host: NoHost()))
    #expect(looks.allSatisfy { $0.ok })
    #expect(session.stateHash == before)
  }
}
