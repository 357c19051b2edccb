import Cloud
import Quantities
import Reports
import WorldModel

/// What happened at providers during a run, told at its end.
struct CloudStory {
  private let events: [CloudEvent]

  /// The story of these events.
  init(_ events: [CloudEvent]) { self.events = events }

  /// The story of what happened since there were so many events.
  init(_ world: World, after count: Int) { self.init(Array(world.cloudEvents.dropFirst(count))) }

  /// The most events that are told one by one.
  ///
  /// `Chosen:` a third of a screen.
  private static let linesMax = 8

  /// The blocks of the story; none if nothing happened.
  var blocks: [Block] { sentences.map { .paragraph($0) } }

  /// The same as sentences.
  var sentences: [String] {
    var lines = events.prefix(CloudStory.linesMax).map(sentence)
    if events.count > CloudStory.linesMax {
      lines.append("And \(counted(events.count - CloudStory.linesMax, "event")) more.")
    }
    return lines
  }

  private func sentence(_ event: CloudEvent) -> String {
    "\(event.moment.date) \(event.moment.clockText): \(words(event.what))"
  }

  private func words(_ what: CloudEvent.What) -> String {
    switch what {
    case .zoneDown(let zone, let machines):
      "zone \(ZoneText.name(zone)) lost its power, and \(counted(machines, "machine")) of yours with it."
    case .zoneBack(let zone):
      "zone \(ZoneText.name(zone)) is back; your machines in it start anew."
    case .entranceLost(let opens):
      "the machine that visitors came in by is gone. Another takes its place"
        + (opens.map { " at \($0.clockText)" } ?? "") + "; until then nobody finds the shop."
    case .ordersOutOfReach:
      "the orders cannot be reached, so no page can be made."
    case .ordersLost(let count):
      "the machine with the orders is gone, and \(counted(count, "order")) with it."
    case .databaseMoves(let zone, let opens):
      "the database takes over in zone \(ZoneText.name(zone)), and answers from \(opens.clockText) on."
    case .notice(let count, let moment):
      "\(counted(count, "machine")) of the idle rest will be taken back at \(moment.clockText)."
    case .taken(let count):
      "\(counted(count, "machine")) of the idle rest \(count == 1 ? "was" : "were") taken back."
    case .budget(let share, let bill):
      "the bill has reached \(FactValue.money(bill).text), \(FactValue.share(share).text) of your budget for the month."
    case .credit(let money):
      "\(FactValue.money(money).text) of the bill were given back, as the agreement says."
    }
  }
}
