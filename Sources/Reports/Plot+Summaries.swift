import Quantities

/// Bars from zero, one for each name and series.
package struct BarChart: Sendable {
  /// A value for each name.
  package struct Bars: Sendable {
    /// The name in the legend.
    package var name: String
    /// The values in the order of the names; nil where there is none.
    package var values: [Double?]

    /// Bars as given.
    package init(_ name: String, _ values: [Double?]) {
      self.name = name
      self.values = values
    }
  }

  /// What is measured.
  package var axis: Axis
  /// The names, from top to bottom.
  package var names: [String]
  /// The series.
  package var series: [Bars]

  /// A chart as given.
  package init(_ axis: Axis, names: [String], _ series: [Bars]) {
    self.axis = axis
    self.names = names
    self.series = series
  }
}

/// How many values lie in each of equal bins with round ends.
package struct Histogram: Sendable {
  /// What is measured.
  package let axis: Axis
  /// The bins: each holds its lower end, and the last its upper end too.
  package let bins: RoundSteps
  /// How many values each bin holds; empty if there is none.
  package let counts: [Int]

  /// The most bins.
  ///
  /// `Chosen:` what fits on a screen of 24 lines.
  private static let binCountMax = 18

  /// Counts values, in at most one bin more than the binary logarithm of their number.
  /// - Source: H. A. Sturges, "The choice of a class interval", Journal of the American Statistical
  ///   Association 21, 1926.
  package init(of values: [Double], _ axis: Axis) {
    self.axis = axis
    let values = values.filter { $0.isFinite && $0.magnitude < 1e200 }
    guard let low = values.min(), let high = values.max() else {
      bins = RoundSteps(low: 0, high: 1, countMax: 2)
      counts = []
      return
    }
    let sturges = Int.bitWidth - values.count.leadingZeroBitCount + 1
    let bins = RoundSteps(low: low, high: high, countMax: min(sturges, Histogram.binCountMax))
    var counts = [Int](repeating: 0, count: bins.count)
    for value in values {
      counts[min(bins.count - 1, max(0, RoundSteps.floor(value / bins.step) - bins.first))] += 1
    }
    self.bins = bins
    self.counts = counts
  }
}

/// Where the quarters of groups of values lie.
package struct BoxChart: Sendable {
  /// A group of values in five numbers.
  package struct Box: Hashable, Sendable {
    /// The name of the group.
    package var name: String
    /// The least value.
    package var least: Double
    /// A quarter of the values is below.
    package var lowerQuartile: Double
    /// Half of the values is below.
    package var median: Double
    /// Three quarters of the values are below.
    package var upperQuartile: Double
    /// The greatest value.
    package var greatest: Double

    /// The five numbers of values, or nil where there is none.
    ///
    /// Between two values, quartiles are interpolated.
    /// - Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
    ///   Statistician 50, 1996, definition 7.
    package init?(_ name: String, _ values: [Double]) {
      let sorted = values.filter { $0.isFinite && $0.magnitude < 1e200 }.sorted()
      guard let first = sorted.first, let last = sorted.last else { return nil }
      func quantile(_ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let index = Int(place)
        guard index + 1 < sorted.count else { return last }
        return sorted[index] + (sorted[index + 1] - sorted[index]) * (place - Double(index))
      }
      self.name = name
      least = first
      lowerQuartile = quantile(0.25)
      median = quantile(0.5)
      upperQuartile = quantile(0.75)
      greatest = last
    }
  }

  /// What is measured.
  package var axis: Axis
  /// The boxes, from top to bottom.
  package var boxes: [Box]

  /// A chart as given.
  package init(_ axis: Axis, _ boxes: [Box]) {
    self.axis = axis
    self.boxes = boxes
  }
}

/// Values by row and column.
package struct HeatMap: Sendable {
  /// What is measured.
  package var axis: Axis
  /// The names of the columns, from left to right.
  package var columns: [String]
  /// The names of the rows, from top to bottom.
  package var rows: [String]
  /// The values by row, then column; nil where there is none.
  package var values: [[Double?]]

  /// A map as given.
  package init(_ axis: Axis, columns: [String], rows: [String], _ values: [[Double?]]) {
    precondition(
      values.count == rows.count && values.allSatisfy { $0.count == columns.count },
      "\(values.count) rows of values for \(rows.count) names by \(columns.count)")
    self.axis = axis
    self.columns = columns
    self.rows = rows
    self.values = values
  }
}

/// What each of several things was doing when.
package struct Timeline: Sendable {
  /// A stretch in one state.
  package struct Stretch: Hashable, Sendable {
    /// When it began.
    package var start: Moment
    /// When it ended.
    package var end: Moment
    /// What went on: `throttled`.
    package var state: String

    /// A stretch as given.
    package init(_ start: Moment, _ end: Moment, _ state: String) {
      self.start = start
      self.end = end
      self.state = state
    }
  }

  /// A thing and its stretches.
  package struct Lane: Sendable {
    /// The name of the thing.
    package var name: String
    /// Its stretches, from early to late.
    package var stretches: [Stretch]

    /// A lane as given.
    package init(_ name: String, _ stretches: [Stretch]) {
      self.name = name
      self.stretches = stretches
    }
  }

  /// The lanes, from top to bottom.
  package var lanes: [Lane]

  /// A timeline as given.
  package init(_ lanes: [Lane]) { self.lanes = lanes }
}
