/// Some minutes or hours that are over, in the order of time.
///
/// Three flat arrays: a copy of the shop shares them, and what is written afterwards copies one
/// chunk, not the year.
struct RecordChunk: Sendable, Codable {
  private var values: [Int64] = []
  private var packedResponses: [UInt8] = []
  private var packedEnds: [Int32] = []

  /// How many minutes or hours it holds.
  var count: Int { packedEnds.count }

  mutating func append(_ row: MeasureRow, _ responses: ResponseCounts) {
    values.append(contentsOf: row)
    responses.pack(into: &packedResponses)
    packedEnds.append(Int32(packedResponses.count))
  }

  /// The row of one minute or hour.
  func row(_ index: Int) -> ArraySlice<Int64> {
    values[index * Measure.count..<(index + 1) * Measure.count]
  }

  /// Adds one to a measure of a minute or hour that is over.
  mutating func increment(_ measure: Measure, row index: Int) {
    values[index * Measure.count + measure.rawValue] += 1
  }

  /// The response times of one minute or hour, as `ResponseCounts.pack` wrote them.
  func responses(_ index: Int) -> ArraySlice<UInt8> {
    let start = index == 0 ? 0 : Int(packedEnds[index - 1])
    return packedResponses[start..<Int(packedEnds[index])]
  }
}
