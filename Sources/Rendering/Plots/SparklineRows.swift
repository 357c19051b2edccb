import Quantities
import Reports

/// Series as rows of sparklines, each with its name and its least and greatest value.
struct SparklineRows {
  private let series: [Series]
  private let style: TextStyle

  /// Rows, or nil if no series has a value.
  init?(_ series: [Series], style: TextStyle) {
    guard series.contains(where: { $0.values.contains { $0?.isFinite == true } }) else {
      return nil
    }
    self.series = series
    self.style = style
  }

  /// The lines, none wider than the screen.
  var lines: [String] {
    let nameWidth = style.nameWidth(series.map(\.key), share: 0.4)
    let words = series.map { style.clipped(SparklineRows.words($0), to: style.width / 3) }
    let wordWidth = words.map(\.displayWidth).max() ?? 0
    let room = style.width - nameWidth - wordWidth - 6
    return zip(series, words).map { series, words in
      let name = style.clipped(series.key, to: nameWidth).padded(to: nameWidth)
      let marks = Sparkline.text(series.values, width: room, isAscii: style.isAscii)
      let widest = min(room, self.series.map(\.values.count).max() ?? 0)
      return "  \(name)  \(marks.padded(to: widest))  \(words)"
    }
  }

  /// From the least to the greatest value.
  static func words(_ series: Series) -> String {
    guard let range = series.values.compactMap({ $0 }).filter(\.isFinite).range else {
      return "no values"
    }
    let low = BarRows.text(range.lowerBound, series.unit)
    let high = BarRows.text(range.upperBound, series.unit)
    return low == high ? low : "\(low) to \(high)"
  }
}
