import Catalogs
import CommandLanguage
import Commands
import Quantities
import Reports
import Testing
import WorldModel

@Suite struct TraceCommandTests {
  private func session(_ script: String) throws -> Session {
    var session = Session()
    for report in try session.run(Source(text: script), CommandContext(host: NoHost())) {
      #expect(!report.isError, "\(report.diagnostics)")
    }
    return session
  }

  private func said(_ script: String) throws -> String {
    var session = Session()
    let reports = try session.run(Source(text: script), CommandContext(host: NoHost()))
    return (reports.last?.blocks ?? []).map { block in
      if case .paragraph(let words) = block { words } else { "" }
    }.joined(separator: " ")
  }

  // The sums are PageTripTests'; here they are facts with units, and a wide line leaves the way.
  @Test func aWiderLineShortensThePageAndNotTheWay() throws {
    let narrow = try session("trace")
    let wide = try session("trace line=t3")
    #expect(try value("trace.pages ~= 1.93/s within 0.1%", in: narrow) == .flag(true))
    #expect(try value("trace.total ~= 0.7071 s within 0.1%", in: narrow) == .flag(true))
    #expect(try value("trace.total ~= 0.2068 s within 0.1%", in: wide) == .flag(true))
    #expect(try value("trace.way", in: narrow) == value("trace.way", in: wide))
  }

  @Test func aTraceChangesNothingInTheWorldAndComesBackOnReplay() throws {
    let traced = try session("trace page=10KB")
    #expect(traced.stateHash == Session().stateHash)
    let again = try Session.replayed(
      traced.log, seed: 1, registry: .standard, CommandContext(host: NoHost()))
    #expect(try value("trace.page == 10 KB", in: again) == .flag(true))
    #expect(again.log == traced.log)
  }

  @Test func aDistanceInSecondsIsRefusedWithBothDimensions() throws {
    let diagnostic = try problem("trace distance=5s")
    #expect(diagnostic.code == "wrong-unit")
    #expect(diagnostic.message == "'distance' is a length, but '5s' is a time.")
    #expect(diagnostic.span?.column == 16)
  }

  @Test func aNumberOfATraceNamesItsPhysics() throws {
    #expect(try said("trace\nsource trace.way").contains("index 1.468"))
  }
}

@Suite struct ComparisonMachineTests {
  // By hand: 2,250e12 / 11.2e9 = 200,893; 8e12 / 6.4e9 = 1,250.
  @Test func machinesAreFactsBeforeAnythingRuns() throws {
    let session = Session()
    let ratio = "machines.accelerator.compute-rate / machines.server-2004.compute-rate"
    #expect(try value("round(\(ratio)) == 200,893", in: session) == .flag(true))
    let memory = "machines.accelerator.bandwidth / machines.server-2004.bandwidth"
    #expect(try value("\(memory) == 1,250", in: session) == .flag(true))
  }

  @Test func everyFigureHasASourceWithADateOrSaysThatItWasChosen() {
    for machine in Catalog.machines {
      let figures = [
        machine.computeRate, machine.memoryBandwidth, machine.power, machine.measuredRate,
      ].compactMap { $0 }
      for figure in figures {
        #expect(
          figure.source.contains(#/\b(19|20)\d\d\b/#) || figure.source.hasPrefix("Chosen:"),
          "\(machine.id): \(figure.source)")
      }
    }
  }

  @Test func aSourceIsPrintedAsTheCatalogHasIt() throws {
    var session = Session()
    let source = Source(text: "source machines.server-2004.power")
    let report = try session.execute(source, source.all, CommandContext(host: NoHost()))
    guard case .paragraph(let words)? = report.blocks.last else {
      Issue.record("no paragraph")
      return
    }
    #expect(words.contains("Koomey") && words.contains("2007"))
  }

  @Test func aCatalogHasNoWindowsOfTime() throws {
    let diagnostic = try problem("expect machines.server-2004.power.mean over 1 day > 0 W")
    #expect(diagnostic.code == "no-window")
  }
}
