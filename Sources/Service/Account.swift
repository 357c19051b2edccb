import Quantities

/// The sums of a stretch of time: what came in, what became of it, and who was busy.
///
/// Visits count where they began, whenever they ended; requests count where they happened. A request
/// is one try: a page that is asked for again is a second request.
package struct Account: Hashable, Sendable {
  /// The time that it covers.
  package let window: Window
  private let row: ArraySlice<Int64>

  init(window: Window, row: ArraySlice<Int64>) {
    self.window = window
    self.row = row
  }

  private func count(_ measure: Measure) -> Int { Int(row[measure]) }

  /// Visits that began.
  package var visits: Int { count(.visits) }
  /// Of these, the visits that are over, in whichever way.
  package var visitsEnded: Int { count(.visitsEnded) }
  /// Of these, the visits of which every page was answered within two seconds.
  package var visitsAnsweredIn2s: Int { count(.visitsInTime) }
  /// Of these, the visits that left because a page failed twice.
  package var visitsLost: Int { count(.visitsLost) }
  /// Page views asked for, second tries included.
  package var requests: Int { count(.requests) }
  /// Page views answered.
  package var requestsAnswered: Int { count(.answered) }
  /// Requests refused at once, or dropped with the server that held them.
  package var requestsRefused: Int { count(.refused) }
  /// Requests given up by the visitor.
  package var requestsAbandoned: Int { count(.abandoned) }
  /// Requests refused or given up.
  package var requestsLost: Int { requestsRefused + requestsAbandoned }
  /// Orders.
  package var orders: Int { count(.orders) }
  /// What the orders are worth.
  package var revenue: Money { Money(microdollars: row[.revenue]) }
  /// The pages that were answered, in bytes.
  package var dataSent: DataSize { DataSize(bytes: Double(row[.bytesSent])) }
  /// What rented servers sent, over the line of whoever rents them out.
  package var dataSentRemotely: DataSize { DataSize(bytes: Double(row[.bytesSentRemotely])) }

  /// What a content delivery network sent to visitors.
  package var dataDelivered: DataSize { DataSize(bytes: Double(row[.bytesDelivered])) }
  /// How much of the window the shop was open: all of it, but for its first minute or hour.
  package var span: TimeSpan { TimeSpan(nanoseconds: row[.time]) }

  /// The share of all ended visits, lost ones included, of which every page took at most two
  /// seconds; nil if no visit has ended.
  package var answeredIn2s: Double? { share(.visitsInTime, of: .visitsEnded) }

  /// Pages answered per second; nil if no time has passed.
  package var throughput: Rate? {
    row[.time] > 0 ? Rate(perSecond: Double(row[.answered]) / span.seconds) : nil
  }

  /// The mean time from the click to the answer, over the answered pages; exact to a nanosecond.
  package var responseMean: TimeSpan? {
    row[.answered] > 0 ? TimeSpan(nanoseconds: row[.responseTime] / row[.answered]) : nil
  }

  /// The longest time from the click to the answer.
  package var responseMax: TimeSpan? {
    row[.answered] > 0 ? TimeSpan(nanoseconds: row[.responseMax]) : nil
  }

  /// How busy a station was, from 0 to 1; nil if no time has passed, or for servers if there was none.
  package func utilization(of station: Station) -> Double? {
    switch station {
    case .servers: share(.coreBusy, of: .coreTime)
    case .data: share(.dataBusy, of: .time)
    case .disk: share(.diskBusy, of: .time)
    case .uplink: share(.uplinkBusy, of: .time)
    }
  }

  /// The time that requests spent at a station, waiting included, given-up ones included.
  package func stay(at station: Station) -> TimeSpan {
    switch station {
    case .servers: TimeSpan(nanoseconds: row[.serverStay])
    case .data: TimeSpan(nanoseconds: row[.dataStay])
    case .disk: TimeSpan(nanoseconds: row[.diskStay])
    case .uplink: TimeSpan(nanoseconds: row[.uplinkStay])
    }
  }

  /// Where the time of requests goes: a station's part of all the time spent; nil if none was.
  package func shareOfTime(at station: Station) -> Double? {
    let all = Station.allCases.reduce(TimeSpan.zero) { $0 + stay(at: $1) }
    return all > .zero ? stay(at: station) / all : nil
  }

  private func share(_ part: Measure, of whole: Measure) -> Double? {
    row[whole] > 0 ? Double(row[part]) / Double(row[whole]) : nil
  }
}
