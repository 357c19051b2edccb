import Quantities

/// A picture of numbers, with a sentence in words; how it looks is the renderer's.
package struct Plot: Sendable {
  /// A headline, or nothing.
  package var title: String
  /// What is drawn.
  package var figure: Figure
  /// Moments and values that are pointed out.
  package var marks: [Mark]
  /// The plot in one sentence.
  package var sentence: String
  /// The series that it was made of, which JSON and CSV carry.
  package let series: [Series]

  /// A plot of a figure that was made of such series.
  package init(
    _ figure: Figure, title: String = "", marks: [Mark] = [], of series: [Series] = [],
    sentence: String
  ) {
    self.figure = figure
    self.title = title
    self.marks = marks
    self.series = series
    self.sentence = sentence
  }

  /// Series along time as lines.
  package init(series: [Series], sentence: String) {
    self.init(.line(Chart(along: series)), of: series, sentence: sentence)
  }
}

/// The kinds of plots, each with what it draws.
package enum Figure: Sendable {
  /// Points joined by straight lines.
  case line(Chart)
  /// Values that hold until the next point.
  case stairs(Chart)
  /// Points alone.
  case scatter(Chart)
  /// An upright bar from zero at each point.
  case columns(Chart)
  /// A bar from zero for each name.
  case bar(BarChart)
  /// How many values lie in each of equal bins.
  case histogram(Histogram)
  /// Where the quarters of groups of values lie.
  case box(BoxChart)
  /// Values by row and column as shades.
  case heatMap(HeatMap)
  /// A line of text for each series.
  case sparkline([Series])
  /// What each of several things was doing when.
  case timeline(Timeline)

  /// Points joined by lines, with both axes logarithmic: a roofline, a staircase of caches.
  package static func logLog(_ chart: Chart) -> Figure {
    var chart = chart
    chart.x.scale = .logarithmic
    chart.y.scale = .logarithmic
    return .line(chart)
  }
}

/// What one direction of a plot measures.
package struct Axis: Hashable, Sendable {
  /// How distance stands for difference.
  package enum Scale: Hashable, Sendable {
    /// Equal distances are equal differences.
    case linear
    /// Equal distances are equal ratios; zero and less have no place.
    case logarithmic
    /// Moments, in nanoseconds since 1970.
    case time
  }

  /// What is measured: `page response`.
  package var title: String
  /// The unit that values are given in; a renderer may label the axis in a handier one.
  package var unit: Unit
  /// How distance stands for difference.
  package var scale: Scale

  /// An axis as given.
  package init(_ title: String = "", _ unit: Unit = .none, scale: Scale = .linear) {
    self.title = title
    self.unit = unit
    self.scale = scale
  }
}

/// Something pointed out in a plot: "CRAC failed" at a moment, "the limit" at a value.
package struct Mark: Hashable, Sendable {
  /// Where it is.
  package enum Place: Hashable, Sendable {
    /// At a moment of an axis of time.
    case moment(Moment)
    /// At a value of the axis across.
    case x(Double)
    /// At a value of the upright axis.
    case y(Double)
  }

  /// Where it is.
  package var place: Place
  /// What it says.
  package var label: String

  /// A mark as given.
  package init(_ place: Place, _ label: String) {
    self.place = place
    self.label = label
  }
}

/// Points of one or more curves between two axes.
package struct Chart: Sendable {
  /// A point; on an axis of time, `x` is in nanoseconds since 1970.
  package struct Point: Hashable, Sendable {
    /// The place across.
    package var x: Double
    /// The place upwards; nil where there is no value.
    package var y: Double?

    /// A point as given.
    package init(_ x: Double, _ y: Double?) {
      self.x = x
      self.y = y
    }
  }

  /// Points that belong together, from left to right where they are joined.
  package struct Curve: Sendable {
    /// The name in the legend.
    package var name: String
    /// The points.
    package var points: [Point]

    /// A curve as given.
    package init(_ name: String, _ points: [Point]) {
      self.name = name
      self.points = points
    }
  }

  /// The axis across.
  package var x: Axis
  /// The upright axis.
  package var y: Axis
  /// The curves.
  package var curves: [Curve]

  /// A chart as given.
  package init(x: Axis, y: Axis, _ curves: [Curve]) {
    self.x = x
    self.y = y
    self.curves = curves
  }

  /// Series along time, in the unit of the first.
  package init(along series: [Series]) {
    let unit = series.first?.unit ?? .none
    x = Axis("time", scale: .time)
    y = Axis("", unit)
    curves = series.map { series in
      Curve(
        series.key,
        series.values.enumerated().map { index, value in
          Point(
            Double(series.start.nanoseconds)
              + Double(series.step.nanoseconds) * Double(index),
            value.map { series.unit == unit ? $0 : Quantity($0, unit: series.unit).count(of: unit) }
          )
        })
    }
  }

  /// A series against another of the same moments: one point for each moment at which both have a
  /// value.
  package init(_ series: Series, by other: Series) {
    precondition(
      series.start == other.start && series.step == other.step,
      "series from \(series.start) by \(series.step), but other from \(other.start) by \(other.step)"
    )
    x = Axis(other.key, other.unit)
    y = Axis(series.key, series.unit)
    curves = [
      Curve(
        series.key,
        zip(other.values, series.values).compactMap { x, y in
          guard let x, let y else { return nil }
          return Point(x, y)
        })
    ]
  }
}
