/// What the shop counts in each minute and each hour.
///
/// All of it adds up over time except the last.
/// Numbers are whole: counts, bytes, micro-dollars, nanoseconds.
enum Measure: Int, CaseIterable {
  // By the minute in which the visit began.
  case visits
  case visitsEnded
  case visitsInTime
  case visitsLost
  // By the minute in which it happened.
  case requests
  case answered
  case refused
  case abandoned
  case orders
  case revenue
  /// On the shop's own line.
  case bytesSent
  /// On the line of whoever rents out servers.
  case bytesSentRemotely
  /// By a content delivery network.
  case bytesDelivered
  case responseTime
  // Integrals over the minute.
  case time
  case uplinkBusy
  case coreBusy
  case coreTime
  case dataBusy
  case diskBusy
  case serverStay
  case dataStay
  case diskStay
  case uplinkStay
  /// The longest response; the maximum of several minutes is the maximum, not the sum.
  case responseMax

  static let count = Measure.allCases.count
}

/// One number for each measure.
typealias MeasureRow = [Int64]

extension ArraySlice<Int64> {
  /// The number of a measure, in a row that is part of a longer array.
  subscript(measure: Measure) -> Int64 { self[startIndex + measure.rawValue] }
}

extension [Int64] {
  /// A row of zeros.
  static var emptyRow: MeasureRow { MeasureRow(repeating: 0, count: Measure.count) }

  /// The number of a measure.
  subscript(measure: Measure) -> Int64 {
    get { self[measure.rawValue] }
    set { self[measure.rawValue] = newValue }
  }

  /// Takes in another minute's or hour's row.
  mutating func combine(_ other: some RandomAccessCollection<Int64>) {
    let longest = Measure.responseMax.rawValue
    for (index, value) in other.enumerated() {
      self[index] = index == longest ? Swift.max(self[index], value) : self[index] &+ value
    }
  }
}
