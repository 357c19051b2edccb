import Quantities
import SimulationKernel

/// What happened in the shop, by the minute for the last seven days and by the hour for ever.
///
/// Minutes and hours are the calendar's. They are closed when the clock has passed them, and opened
/// again by nothing; only the fate of a visit is credited, later, to the minute in which it began.
struct Records: Sendable, Codable {
  /// Hours whose minutes are kept once they are over: seven days.
  static let hoursOfMinutesKept = 168
  private static let hoursPerChunk = 24

  /// Since when there is anything to record.
  let start: Moment
  /// The start of the hour in which `start` lies; minutes and hours are counted from it.
  let origin: Moment

  /// The open minute.
  var minute = MeasureRow.emptyRow
  var minuteResponses = ResponseCounts()
  /// The minutes of the open hour that are closed.
  private(set) var hour = MeasureRow.emptyRow
  private(set) var hourResponses = ResponseCounts()
  /// All closed minutes together, so that totals cost nothing.
  private(set) var closedTotal = MeasureRow.emptyRow
  /// The response times of all closed hours, so that percentiles so far cost nothing either.
  private(set) var closedResponses = ResponseTotals()
  /// The slowest page of each hour, by when it was answered, hours without a page left out.
  private var slowPages = SimulationKernel.Series<SlowPage>()
  /// The slowest page of the open hour.
  private var hourSlowest: SlowPage?
  /// The end of the open minute.
  private(set) var minuteEnd: Moment
  /// Minutes since `origin` that are closed.
  private(set) var minutesClosed: Int
  /// One chunk an hour; `hoursDropped` hours are gone from the front.
  private var minuteChunks: [RecordChunk] = []
  private var hoursDropped = 0
  /// One chunk for 24 hours.
  private var hourChunks: [RecordChunk] = []

  init(start: Moment) {
    self.start = start
    origin = start.startOfDay + .hours(start.hour)
    minutesClosed = start.minute
    minuteEnd = origin + .minutes(start.minute + 1)
    minuteChunks = [RecordChunk()]
    for _ in 0..<start.minute { minuteChunks[0].append(.emptyRow, ResponseCounts()) }
  }

  /// Hours since `origin` that are closed.
  var hoursClosed: Int { minutesClosed / 60 }

  /// From when on minutes are kept.
  var minutesKeptSince: Moment { max(start, origin + .hours(hoursDropped)) }

  /// The number of the minute in which `moment` lies.
  func minuteIndex(of moment: Moment) -> Int {
    Int((moment - origin).nanoseconds / TimeSpan.minutes(1).nanoseconds)
  }

  /// Whether the minutes of an hour are kept.
  func keepsMinutes(ofHour hour: Int) -> Bool { hour >= hoursDropped }

  /// Whether no page of the open hour took so long.
  func isSlowest(_ response: TimeSpan) -> Bool { response > hourSlowest?.response ?? .zero }

  /// Takes in the slowest page of the open hour so far.
  mutating func noteSlow(_ page: SlowPage) { hourSlowest = page }

  /// The slowest page that was answered in a window, among the slowest of each hour.
  func slowest(in window: Window) -> SlowPage? {
    var found: SlowPage?
    func offer(_ page: SlowPage) {
      guard page.answered >= window.start, page.answered < window.end else { return }
      if found.map({ page.response > $0.response }) ?? true { found = page }
    }
    for page in slowPages { offer(page) }
    if let hourSlowest { offer(hourSlowest) }
    return found
  }

  /// Closes the open minute, and the hour with it if it was the hour's last.
  mutating func closeMinute() {
    minuteChunks[minuteChunks.count - 1].append(minute, minuteResponses)
    hour.combine(minute)
    closedTotal.combine(minute)
    hourResponses.add(minuteResponses)
    for index in minute.indices { minute[index] = 0 }
    minuteResponses.clear()
    minutesClosed += 1
    minuteEnd += .minutes(1)
    if minutesClosed % 60 == 0 { closeHour() }
  }

  private mutating func closeHour() {
    if (hoursClosed - 1) % Records.hoursPerChunk == 0 {
      hourChunks.append(RecordChunk())
    }
    hourChunks[hourChunks.count - 1].append(hour, hourResponses)
    closedResponses.add(hourResponses)
    for index in hour.indices { hour[index] = 0 }
    hourResponses.clear()
    if let hourSlowest { slowPages.append(hourSlowest) }
    hourSlowest = nil
    if minuteChunks.count > Records.hoursOfMinutesKept {
      minuteChunks.removeFirst()
      hoursDropped += 1
    }
    minuteChunks.append(RecordChunk())
  }

  /// Adds one to a measure of the minute in which a visit began, which may be over.
  mutating func increment(_ measure: Measure, visitBegunAt moment: Moment) {
    let index = minuteIndex(of: moment)
    guard index < minutesClosed else {
      minute[measure] += 1
      return
    }
    closedTotal[measure] += 1
    let hourIndex = index / 60
    if hourIndex >= hoursDropped {
      minuteChunks[hourIndex - hoursDropped].increment(measure, row: index % 60)
    }
    if hourIndex < hoursClosed {
      hourChunks[hourIndex / Records.hoursPerChunk]
        .increment(measure, row: hourIndex % Records.hoursPerChunk)
    } else {
      hour[measure] += 1
    }
  }

  /// The row and the packed response times of a closed minute that is kept.
  func closedMinute(_ index: Int) -> (row: ArraySlice<Int64>, responses: ArraySlice<UInt8>) {
    let chunk = minuteChunks[index / 60 - hoursDropped]
    return (chunk.row(index % 60), chunk.responses(index % 60))
  }

  /// The row and the packed response times of a closed hour.
  func closedHour(_ index: Int) -> (row: ArraySlice<Int64>, responses: ArraySlice<UInt8>) {
    let chunk = hourChunks[index / Records.hoursPerChunk]
    let row = index % Records.hoursPerChunk
    return (chunk.row(row), chunk.responses(row))
  }
}
