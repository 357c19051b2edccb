import Facility
import Quantities
import Reports
import Service
import WorldModel

/// How it came to what is wrong in a room: chains of causes, and what they cost the shop.
struct RoomCauses {
  private let world: World
  private let room: MachineRoom
  private let words: RoomWords

  init(_ world: World, _ room: MachineRoom) {
    self.world = world
    self.room = room
    words = RoomWords(room)
  }

  /// The most alarms that are explained at once.
  private static let alarmsMax = 4

  /// Why the room is as it is.
  var roomSentences: [String] {
    let alarms = RoomAlarms(room, world).all
    guard !alarms.isEmpty else { return ["Nothing is wrong in the room."] + [heatSentence] }
    var sentences: [String] = []
    var told: Set<Int> = []
    // The last effects first: their chains hold the causes, which need not be told again.
    for alarm in alarms.reversed() where sentences.count < RoomCauses.alarmsMax {
      guard let event = alarm.event else {
        sentences.append(
          "\(alarm.words.capitalizedFirst), since \(alarm.moment.date) \(alarm.moment.clockText).")
        continue
      }
      guard !told.contains(event.id) else { continue }
      let chain = room.room.chain(of: event.id)
      told.formUnion(chain.map(\.id))
      sentences.append(words.chain(event).joined(separator: ", ") + ".")
    }
    if let first = alarms.first { sentences.append(contentsOf: cost(since: first.moment)) }
    return sentences
  }

  /// Why a rack is as it is.
  func sentences(ofRack rack: Int) -> [String] {
    let state = RackState(room, rack: rack, now: world.now)
    let inlet = FactValue.temperature(room.room.inlet(ofRack: rack)).text
    if let event = state.event {
      return [words.chain(event).joined(separator: ", ") + ".", "Its inlet is at \(inlet) now."]
        + cost(since: room.room.chain(of: event.id).last?.moment ?? event.moment)
    }
    let rise = room.room.inletRise(ofRack: rack)
    let name = room.room.racks[rack].plan.name
    return [
      "\(name) is \(state.name). It draws \(FactValue.power(room.room.racks[rack].power).text), all of which "
        + "becomes heat.",
      "Its inlet is at \(inlet): \(QuantityText.fixed(rise.kelvin, 1)) K above the air of the room, because "
        + "\(FactValue.share(room.room.plan.containment.recirculation).text) of what it blows out comes back to it.",
    ]
  }

  private var heatSentence: String {
    let taken = FactValue.power(room.room.coolingPower).text
    return
      "Machines turn \(FactValue.power(room.room.machinePower).text) into heat, and the cooling takes "
      + "\(taken) out; what is left warms the room or leaves through its walls."
  }

  /// Why machines were off or slow in a stretch of time; nothing if they were not.
  func sentences(in window: Service.Window) -> [String] {
    do throws(WindowProblem) {
      let row = try room.records.row(of: window)
      let (down, throttled) = (row.down ?? 0, row.throttled ?? 0)
      guard down >= 0.01 || throttled >= 0.01 else { return [] }
      var parts: [String] = []
      if down >= 0.01 { parts.append("\(QuantityText.significant(down)) were off") }
      if throttled >= 0.01 {
        parts.append("\(QuantityText.significant(throttled)) were slowed down by heat")
      }
      let all = world.machines.count { $0.rack != nil }
      var sentences = [
        "Of \(counted(all, "machine")) in the racks, on average \(parts.joined(separator: " and "))."
      ]
      if let event = lastLoss(in: window) {
        sentences.append(words.chain(event).joined(separator: ", ") + ".")
      }
      return sentences
    } catch {
      return []
    }
  }

  /// The last event of a stretch that took machines away.
  private func lastLoss(in window: Service.Window) -> RoomEvent? {
    room.room.log.last { event in
      guard event.moment < window.end else { return false }
      switch event.occurrence {
      case .tripped, .throttled, .rackDark: return true
      default: return false
      }
    }
  }

  /// What a time has cost the shop, in visits, orders and money.
  private func cost(since moment: Moment) -> [String] {
    guard let accounts = world.shop?.accounts, moment < world.now else { return [] }
    do throws(WindowProblem) {
      let window = Service.Window(accounts.latestWindowStart(notAfter: moment), world.now)
      let account = try accounts.account(of: window)
      guard account.visitsLost > 0 else { return ["No visit was lost by it so far."] }
      return [
        "Since \(window.start) the shop lost \(QuantityText.grouped(account.visitsLost)) of "
          + "\(counted(account.visits, "visit")), "
          + "\(world.lostOrders(visits: account.visitsLost))."
      ]
    } catch {
      return []
    }
  }
}
