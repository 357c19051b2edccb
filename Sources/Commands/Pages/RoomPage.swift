import CommandLanguage
import Facility
import Quantities
import Reports
import WorldModel

/// The page `show room`: how warm it is, who draws what, the way of the power, and what is wrong.
struct RoomPage {
  private let world: World
  private let room: MachineRoom
  private let words: RoomWords
  private let alarms: RoomAlarms

  init(_ world: World, _ room: MachineRoom) {
    self.world = world
    self.room = room
    words = RoomWords(room)
    alarms = RoomAlarms(room, world)
  }

  /// The most racks that have a row of their own.
  ///
  /// `Chosen:` a screen has 24 lines; of more racks the warmest are told, and all drawn.
  private static let rowsMax = 8

  /// The page, with what changed since the last look.
  func report(since memory: PageMemory?) -> Report {
    guard room.opens <= world.now else { return beingBuilt }
    let outside = FactValue.temperature(room.room.outside.dryBulb).text
    let summary = PageTable(key: "room.summary", rows: summaryRows)
    var blocks: [Block] = [
      .heading(
        "machine room at \(room.siteID)",
        remark: "\(world.now.weekday.abbreviation) \(world.now) · \(outside) outside"),
      .table(summary.table(since: memory)),
    ]
    blocks += racks
    blocks += [.paragraph(coolingSentence)] + powerSentences.map { .paragraph($0) }
    blocks.append(.paragraph(alarmSentence))
    blocks += [deliverySentence, outsideSentence].compactMap { $0 }.map { .paragraph($0) }
    var report = Report(blocks)
    report.memory = summary.memory(of: "room", at: world.now)
    return report
  }

  private var beingBuilt: Report {
    let isLate = room.opens > room.promised && world.now >= room.promised
    return Report([
      .heading("machine room at \(room.siteID)", remark: "\(world.now)"),
      .paragraph(
        "It is being built: \(FactValue.quantity(Quantity(room.area, .area), .squareMeter).text) for "
          + "\(counted(room.places, "rack")), \(FactValue.power(room.power).text). "
          + (isLate
            ? "The keys were promised for \(room.promised.date), and the builders are late."
            : "The keys are promised for \(room.promised.date).")),
    ])
  }

  private var summaryRows: [PageTable.Row] {
    let query = WorldFacts(SessionState(world: world))
    func row(_ label: String, _ key: String) -> PageTable.Row? {
      do throws(FactUnavailable) {
        guard let fact = RoomPage.catalog.resolve(key) else { return nil }
        return PageTable.Row(
          label: label, value: try query.value(of: fact, window: nil).rounded(toPlaces: 2))
      } catch {
        return nil
      }
    }
    return [
      row("warmest inlet", "room.inlet"), row("machines draw", "room.power"),
      row("all of it draws", "room.facility-power"), row("PUE today", "room.pue"),
      row("machines slowed down", "room.throttled"), row("machines down", "room.down"),
    ].compactMap { $0 }
  }

  private static let catalog = FactCatalog(FactFamily.room.declarations)

  // MARK: - Racks

  private var racks: [Block] {
    let all = room.room.racks
    guard !all.isEmpty else {
      return [
        .paragraph(
          "There is no rack yet: room for \(counted(room.places, "rack")). 'buy rack' puts one up.")
      ]
    }
    let shown =
      all.count <= RoomPage.rowsMax
      ? Array(all.indices)
      : Array(
        all.indices.sorted { room.room.inlet(ofRack: $0) > room.room.inlet(ofRack: $1) }
          .prefix(RoomPage.rowsMax))
    let table = Table(
      key: "room.racks",
      columns: ["rack", "inlet", "draws", "of its limit", "state"].map { .init($0) },
      rows: shown.map(row))
    guard all.count > RoomPage.rowsMax else { return [.table(table)] }
    return [
      .paragraph("The \(shown.count) warmest of \(counted(all.count, "rack")):"), .table(table),
      .plot(heatMap),
    ]
  }

  private func row(_ rack: Int) -> [Table.Cell] {
    let state = room.room.racks[rack]
    return [
      .words(state.plan.name), .value(.temperature(room.room.inlet(ofRack: rack))),
      .value(.power(state.power)), .value(.share(state.power / state.plan.powerLimit)),
      .words(stateWords(rack)),
    ]
  }

  private func stateWords(_ rack: Int) -> String {
    let state = RackState(room, rack: rack, now: world.now)
    let count = room.room.racks[rack].groups.reduce(0) { $0 + $1.count }
    switch state.name {
    case "running", "empty": return count == 0 ? "empty" : "\(counted(count, "machine")) running"
    case "cut off": return "CUT OFF: its switch or cabling failed"
    case let name:
      let since = state.event.map { " since \($0.moment.clockText)" } ?? ""
      return name.uppercased() + since
    }
  }

  /// The inlets of all racks, ten in a row.
  private var heatMap: Plot {
    let perRow = 10
    let count = min(room.room.racks.count, 400)
    let rows = (count + perRow - 1) / perRow
    let values = (0..<rows).map { row in
      (0..<perRow).map { column -> Double? in
        let rack = row * perRow + column
        return rack < count ? room.room.inlet(ofRack: rack).celsius : nil
      }
    }
    let map = HeatMap(
      Axis("inlet of each rack", .celsius), columns: (1...perRow).map { "\($0)" },
      rows: (0..<rows).map { "r\($0 * perRow + 1)" }, values)
    let all = values.joined().compactMap { $0 }
    let sentence =
      "Inlets lie between \(QuantityText.fixed(all.min() ?? 0, 1)) °C and "
      + "\(QuantityText.fixed(all.max() ?? 0, 1)) °C."
    return Plot(.heatMap(map), sentence: sentence)
  }

  // MARK: - Sentences

  private var coolingSentence: String {
    let units = room.room.plan.cooling
    guard !units.isEmpty else { return "Nothing cools the room. 'buy cooling' brings a unit." }
    let running = units.indices.filter { room.room.cooling[$0].isRunning }
    let capacity = running.reduce(Power.zero) { $0 + units[$1].capacity }
    var text =
      "Cooling: \(counted(running.count, "unit")) of \(units.count) running, taking out "
      + "\(FactValue.power(room.room.coolingPower).text) of at most \(FactValue.power(capacity).text)"
    if running.contains(where: { room.room.cooling[$0].isFree }) {
      text += ", with the compressor at rest"
    }
    return text + ". Set point \(FactValue.temperature(units[0].setPoint).text)."
  }

  private var powerSentences: [String] {
    room.room.feeds.indices.map { index in
      let feed = room.room.feeds[index]
      var parts = [
        feed.hasMains || !room.room.utilitiesDown[feed.plan.utility] ? "utility" : "utility DOWN"
      ]
      if feed.plan.generator != nil {
        switch feed.generator {
        case .standing: parts.append("generator at rest")
        case .starting: parts.append("generator starting")
        case .running: parts.append("generator running")
        case .broken: parts.append("generator DOWN")
        }
      }
      if feed.plan.ups != nil {
        let charge = FactValue.share(feed.charge).text
        parts.append(feed.isOnBattery ? "UPS ON BATTERY, \(charge) left" : "UPS \(charge) charged")
      }
      let racks = room.room.racks.filter { $0.plan.feeds.contains(index) }.map(\.plan.name)
      parts.append(
        "feed \(feed.plan.name) \(FactValue.power(feed.load).text) of "
          + "\(FactValue.power(feed.plan.rating).text)\(feed.isLive ? "" : ", DARK")")
      parts.append(
        racks.isEmpty
          ? "no rack"
          : racks.prefix(8).joined(separator: " ")
            + (racks.count > 8 ? " and \(racks.count - 8) more" : ""))
      return "Power: " + parts.joined(separator: " ─ ") + "."
    }
  }

  private var alarmSentence: String {
    guard let first = alarms.all.first else { return "No alarm." }
    let list = alarms.all.prefix(4).map { "\($0.moment.clockText) \($0.words)" }
    let more = alarms.all.count > 4 ? "; \(alarms.all.count - 4) more" : ""
    return
      "\(counted(alarms.all.count, "alarm")), oldest \(first.moment.date) \(first.moment.clockText): "
      + list.joined(separator: "; ") + more + ". 'explain room' tells how it came to this."
  }

  private var deliverySentence: String? {
    guard let next = world.deliveries.min(by: { $0.arrives < $1.arrives }) else { return nil }
    let count = world.deliveries.reduce(0) { $0 + $1.count }
    return
      "\(counted(count, "machine")) ordered; the next \(next.count) come on \(next.arrives.date)."
  }

  private var outsideSentence: String? {
    let count = world.machines.count { $0.rack == nil }
    guard count > 0 else { return nil }
    return
      "\(counted(count, "machine")) \(count == 1 ? "stands" : "stand") in the workshop; 'place server' brings "
      + "\(count == 1 ? "it" : "them") in."
  }
}

extension FactValue {
  /// A plain number without the digits that nobody reads; anything else as it is.
  fileprivate func rounded(toPlaces places: Int) -> FactValue {
    guard case .quantity(let quantity, .none) = self, quantity.dimension == .number else {
      return self
    }
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    return .quantity(Quantity(Double(Int(quantity.value * scale + 0.5)) / scale), .none)
  }
}
