import Quantities
import Service
import SimulationKernel

/// What was measured in a room over a stretch of time: sums, and the extremes of some.
package struct RoomRow: Hashable, Codable, Sendable {
  private var cells: [Double]

  /// What is summed for the whole room.
  enum Column: Int, CaseIterable {
    /// How long, s.
    case seconds
    /// What machines took, J.
    case machines
    /// What the facility took, J.
    case facility
    /// What cooling took: compressors, pumps, fans, J.
    case cooling
    /// ∫ of the temperature outside, °C s.
    case outside
    /// ∫ of the inlet of the rack whose inlet is the warmest, °C s.
    case inlet
    /// Water, L.
    case water
    /// ∫ of the machines that are slowed down by heat, s.
    case throttled
    /// ∫ of the machines that ought to run and do not, s.
    case down
    /// The warmest inlet of any rack; not a sum.
    case inletHigh
    /// The coolest of the warmest inlets; not a sum.
    case inletLow

    static let count = Column.allCases.count
  }

  /// What is kept of each rack.
  enum RackColumn: Int, CaseIterable {
    /// ∫ of the inlet, °C s.
    case inlet
    /// What its machines took, J.
    case energy
    /// The warmest inlet; not a sum.
    case inletHigh

    static let count = RackColumn.allCases.count
  }

  private static let coldest = -273.15
  private static let hottest = 1e4

  /// A row in which nothing was measured.
  init(racks: Int) {
    cells = Array(repeating: 0, count: Column.count + racks * RackColumn.count)
    self[.inletHigh] = RoomRow.coldest
    self[.inletLow] = RoomRow.hottest
    for rack in 0..<racks { self[rack, .inletHigh] = RoomRow.coldest }
  }

  /// How many racks it knows.
  var rackCount: Int { (cells.count - Column.count) / RackColumn.count }

  subscript(column: Column) -> Double {
    get { cells[column.rawValue] }
    set { cells[column.rawValue] = newValue }
  }

  subscript(rack: Int, column: RackColumn) -> Double {
    get { cells[Column.count + rack * RackColumn.count + column.rawValue] }
    set { cells[Column.count + rack * RackColumn.count + column.rawValue] = newValue }
  }

  /// The row of a part of its time in which things were as on average.
  func divided(by count: Double) -> RoomRow {
    var part = self
    for column in Column.allCases where column != .inletHigh && column != .inletLow {
      part[column] /= count
    }
    for rack in 0..<rackCount {
      part[rack, .inlet] /= count
      part[rack, .energy] /= count
    }
    return part
  }

  /// Takes in a row of another time.
  package mutating func combine(_ other: RoomRow) {
    while rackCount < other.rackCount {
      cells += [0, 0, RoomRow.coldest]
    }
    for column in Column.allCases {
      switch column {
      case .inletHigh: self[column] = max(self[column], other[column])
      case .inletLow: self[column] = min(self[column], other[column])
      default: self[column] += other[column]
      }
    }
    for rack in 0..<other.rackCount {
      self[rack, .inlet] += other[rack, .inlet]
      self[rack, .energy] += other[rack, .energy]
      self[rack, .inletHigh] = max(self[rack, .inletHigh], other[rack, .inletHigh])
    }
  }
}

extension RoomRow {
  /// How long it covers.
  package var span: TimeSpan { .seconds(self[.seconds]) }
  /// What machines took.
  package var machineEnergy: Energy { Energy(joules: self[.machines]) }
  /// What all of the facility took.
  package var facilityEnergy: Energy { Energy(joules: self[.facility]) }
  /// What cooling took.
  package var coolingEnergy: Energy { Energy(joules: self[.cooling]) }
  /// The water that towers took.
  package var water: Volume { .liters(self[.water]) }

  /// Power usage effectiveness; nil while machines took nothing.
  package var powerUsageEffectiveness: Double? {
    self[.machines] > 0 ? self[.facility] / self[.machines] : nil
  }
  /// The mean power of the machines; nil if no time passed.
  package var machinePower: Power? { mean(.machines).map(Power.init) }
  /// The mean power of the facility.
  package var facilityPower: Power? { mean(.facility).map(Power.init) }
  /// The mean power of cooling.
  package var coolingPower: Power? { mean(.cooling).map(Power.init) }
  /// The mean temperature outside.
  package var outside: Temperature? { mean(.outside).map { Temperature(celsius: $0) } }
  /// The mean inlet of the warmest rack.
  package var inlet: Temperature? { mean(.inlet).map { Temperature(celsius: $0) } }
  /// The warmest inlet of any rack; nil if nothing was measured.
  package var inletHigh: Temperature? {
    self[.inletHigh] > RoomRow.coldest ? Temperature(celsius: self[.inletHigh]) : nil
  }
  /// The least that the warmest rack's inlet was.
  package var inletLow: Temperature? {
    self[.inletLow] < RoomRow.hottest ? Temperature(celsius: self[.inletLow]) : nil
  }
  /// How many machines were slowed down by heat, on average.
  package var throttled: Double? { mean(.throttled) }
  /// How many machines ought to have run and did not, on average.
  package var down: Double? { mean(.down) }

  private func mean(_ column: Column) -> Double? {
    self[.seconds] > 0 ? self[column] / self[.seconds] : nil
  }

  /// The mean inlet of a rack; nil if it is not known.
  package func inlet(ofRack rack: Int) -> Temperature? {
    guard rack < rackCount, self[.seconds] > 0, self[rack, .inletHigh] > RoomRow.coldest else {
      return nil
    }
    return Temperature(celsius: self[rack, .inlet] / self[.seconds])
  }

  /// The warmest inlet of a rack.
  package func inletHigh(ofRack rack: Int) -> Temperature? {
    guard rack < rackCount, self[rack, .inletHigh] > RoomRow.coldest else { return nil }
    return Temperature(celsius: self[rack, .inletHigh])
  }

  /// The mean power of a rack's machines.
  package func power(ofRack rack: Int) -> Power? {
    guard rack < rackCount, self[.seconds] > 0 else { return nil }
    return Power(watts: self[rack, .energy] / self[.seconds])
  }
}

/// What was measured in a room: by the minute for a week, by the hour for ever.
package struct RoomRecords: Codable, Sendable {
  /// Hours whose minutes are kept once they are over: seven days, as for the shop.
  static let hoursOfMinutesKept = 168

  /// Since when.
  package let start: Moment
  /// The start of the hour in which `start` lies.
  let origin: Moment
  /// By hour since `hoursDropped`, by minute.
  private var minutes: [[RoomRow]] = [[]]
  private var hoursDropped = 0
  private var hours = Series<RoomRow>()
  private var hour: RoomRow

  /// The most racks of which each is recorded by itself.
  ///
  /// `Chosen:` as many as a page can show; a hall of a thousand would fill the memory.
  static let racksMax = 64

  init(start: Moment) {
    self.start = start
    origin = start.startOfDay + .hours(start.hour)
    hour = RoomRow(racks: 0)
    minutes[0] = Array(repeating: RoomRow(racks: 0), count: start.minute)
  }

  /// The end of the last minute that is recorded.
  package var end: Moment {
    origin + .hours(hoursDropped + minutes.count - 1) + .minutes(minutes[minutes.count - 1].count)
  }

  /// From when on minutes are kept.
  package var minutesKeptSince: Moment { max(start, origin + .hours(hoursDropped)) }

  /// Takes in a row that covers the whole minutes up to now, of one hour.
  mutating func append(_ row: RoomRow, minutes count: Int) {
    // Of a longer step each minute gets its part of the sums, and the extremes of all.
    let part = count == 1 ? row : row.divided(by: Double(count))
    for _ in 0..<count { minutes[minutes.count - 1].append(part) }
    hour.combine(row)
    guard minutes[minutes.count - 1].count >= 60 else { return }
    hours.append(hour)
    hour = RoomRow(racks: 0)
    minutes.append([])
    if minutes.count > RoomRecords.hoursOfMinutesKept + 1 {
      minutes.removeFirst()
      hoursDropped += 1
    }
  }

  /// The sums of a window.
  /// - Throws: `WindowProblem`, if there are none.
  package func row(of window: Window) throws(WindowProblem) -> RoomRow {
    var sum = RoomRow(racks: 0)
    for row in try rows(of: window) { sum.combine(row) }
    return sum
  }

  /// The rows that make up a window, whole hours where there are, minutes elsewhere.
  /// - Throws: `WindowProblem`, if there are none.
  package func rows(of window: Window) throws(WindowProblem) -> [RoomRow] {
    var rows: [RoomRow] = []
    var position = try index(of: window.start)
    let end = try index(of: window.end)
    guard position < end else { throw .empty }
    while position < end {
      let hourIndex = position / 60
      let isWhole = position % 60 == 0 || position == index(ofMinute: start)
      if isWhole, (hourIndex + 1) * 60 <= end, hourIndex < hours.count {
        rows.append(hours[hourIndex])
        position = (hourIndex + 1) * 60
      } else {
        guard hourIndex >= hoursDropped, hourIndex - hoursDropped < minutes.count else {
          throw .noLongerKept(minutesSince: minutesKeptSince)
        }
        rows.append(minutes[hourIndex - hoursDropped][position % 60])
        position += 1
      }
    }
    return rows
  }

  /// The last whole minute; nil before there is one.
  package var lastMinute: RoomRow? {
    minutes[minutes.count - 1].last ?? (minutes.count > 1 ? minutes[minutes.count - 2].last : nil)
  }

  /// The last hour that is over; nil before one is.
  var lastHour: RoomRow? { hours.last }

  /// All of it.
  package var total: RoomRow {
    var sum = hour
    for row in hours { sum.combine(row) }
    return sum
  }

  private func index(ofMinute moment: Moment) -> Int {
    Int((moment - origin).nanoseconds / TimeSpan.minutes(1).nanoseconds)
  }

  private func index(of moment: Moment) throws(WindowProblem) -> Int {
    guard moment >= start else { throw .beforeStart(start: start) }
    guard moment <= end else { throw .notYetSimulated(now: end) }
    guard moment == start || moment.timeOfDay.nanoseconds % TimeSpan.minutes(1).nanoseconds == 0
    else { throw .notWholeMinutes }
    return index(ofMinute: moment)
  }
}
