import CommandLanguage
import Facility
import Quantities
import Reports
import Service
import WorldModel

/// What happened in the room during a run, told at its end: events, the course of the heat, what it cost.
struct RoomStory {
  private let world: World
  private let room: MachineRoom
  private let start: Moment
  private let words: RoomWords

  /// The story of a run; nil where there is no open room.
  init?(_ world: World, since start: Moment) {
    guard let room = world.measuredRoom, room.opens <= world.now else { return nil }
    self.world = world
    self.room = room
    self.start = start
    words = RoomWords(room)
  }

  /// The most events that are told one by one.
  ///
  /// `Chosen:` a third of a screen.
  private static let linesMax = 8

  /// The blocks of the story; none if nothing happened.
  var blocks: [Block] {
    let events = notable
    let failures = incidents
    guard !events.isEmpty || !failures.isEmpty else { return [] }
    var blocks: [Block] = []
    if world.now - start <= .days(1) {
      blocks += events.prefix(RoomStory.linesMax).map { .paragraph(words.sentence($0)) }
      if events.count > RoomStory.linesMax {
        blocks.append(
          .paragraph("And \(counted(events.count - RoomStory.linesMax, "event")) more."))
      }
    }
    if let sentence = summary(events, failures) { blocks.append(.paragraph(sentence)) }
    if let plot = heatPlot(events) { blocks.append(.plot(plot)) }
    return blocks
  }

  /// Events of the run that a person would tell.
  private var notable: [RoomEvent] {
    room.room.log.filter { event in
      // What somebody did in the moment in which the run began was told then.
      guard event.moment > start, event.moment < world.now else { return false }
      switch event.occurrence {
      case .failed, .generatorStarted, .fuelExhausted, .batteryEngaged, .batteryExhausted,
        .feedBreakerTripped, .rackBreakerTripped, .rackDark, .rackPowered, .coolingStopped,
        .coolingStarted, .coolingAtCapacity, .throttled, .tripped, .restarted:
        return true
      default: return false
      }
    }
  }

  private var incidents: [Incident] {
    room.incidents.filter { $0.moment > start && $0.moment < world.now }
  }

  /// How many parts failed, how long machines were off, and what that cost.
  private func summary(_ events: [RoomEvent], _ incidents: [Incident]) -> String? {
    let parts = incidents.count { if case .partFailed = $0.what { true } else { false } }
    var sentences: [String] = []
    if parts > 0 {
      sentences.append(
        parts == 1 ? "A part of a machine failed." : "\(counted(parts, "part")) of machines failed."
      )
    }
    do throws(WindowProblem) {
      let window = Service.Window(max(start, room.records.start), room.records.end)
      guard window.start < window.end else { return sentences.isEmpty ? nil : sentences.joined() }
      let row = try room.records.row(of: window)
      let down = row.span.seconds * (row.down ?? 0) / 3_600
      if down >= 0.05 {
        sentences.append("Machines were off for \(QuantityText.significant(down)) machine-hours.")
      }
    } catch {
      // A stretch whose minutes are no longer kept: 'show room' still tells the rest.
    }
    if let lost = lostSentence { sentences.append(lost) }
    return sentences.isEmpty ? nil : sentences.joined(separator: " ")
  }

  private var lostSentence: String? {
    guard let accounts = world.shop?.accounts else { return nil }
    do throws(WindowProblem) {
      let account = try accounts.account(
        of: Service.Window(accounts.latestWindowStart(notAfter: start), world.now))
      guard account.visitsLost > 0 else { return nil }
      return "The \(counted(account.visitsLost, "lost visit")) would have brought "
        + "\(world.lostOrders(visits: account.visitsLost))."
    } catch {
      return nil
    }
  }

  /// The warmest inlet over the run and a little before, where heat was the matter.
  private func heatPlot(_ events: [RoomEvent]) -> Plot? {
    let isHot = events.contains { event in
      switch event.occurrence {
      case .throttled, .tripped: true
      default: false
      }
    }
    guard isHot, world.now - start <= .days(1) else { return nil }
    let from = max(room.records.minutesKeptSince, start - .minutes(5))
    let window = CommandLanguage.Window.during(
      RangeLiteral(start: .exact(from.whole(.minutes(1))), end: .exact(room.records.end)))
    do {
      let series = try FactSeries(state: SessionState(world: world), catalog: RoomStory.catalog)
        .series("room.inlet.high", window: window, by: nil, checkpoint: {})
      return FactPlot.line.plot([series], marks(events))
    } catch {
      return nil
    }
  }

  private static let catalog = FactCatalog(FactFamily.room.declarations)

  private func marks(_ events: [RoomEvent]) -> [Reports.Mark] {
    events.filter { event in
      switch event.occurrence {
      case .failed, .throttled, .tripped: true
      default: false
      }
    }.prefix(5).map {
      Reports.Mark(.moment($0.moment.whole(.seconds(1))), words.clause($0.occurrence))
    }
  }
}
