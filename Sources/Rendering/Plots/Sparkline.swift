/// A line of values as high as one row of text.
package enum Sparkline {
  /// Values as blocks of eight heights between the least (zero, if none is below) and the greatest;
  /// a space where there is none.
  ///
  /// Where several share a column, the greatest is shown.
  package static func text(_ values: [Double?], width: Int, isAscii: Bool = false) -> String {
    let columns = min(width, values.count)
    guard columns > 0 else { return "" }
    let levels = Array(isAscii ? "_.:-=+*#" : "▁▂▃▄▅▆▇█")
    let greatest = (0..<columns).map { column -> Double? in
      let start = column * values.count / columns
      let end = (column + 1) * values.count / columns
      return values[start..<end].compactMap { $0 }.filter(\.isFinite).max()
    }
    let present = greatest.compactMap { $0 }
    let low = min(0, present.min() ?? 0)
    let high = max(present.max() ?? 0, low)
    return String(
      greatest.map { value -> Character in
        guard let value else { return " " }
        guard high > low else { return levels[0] }
        return levels[min(7, Int((value - low) / (high - low) * 8))]
      })
  }
}
