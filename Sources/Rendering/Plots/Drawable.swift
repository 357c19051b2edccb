import Reports

/// What of a chart's points can be drawn, and the words for what cannot.
struct Drawable {
  /// The curves without what has no place: values that are not finite count as missing ones, and on
  /// logarithmic axes so do zero and less.
  let curves: [Chart.Curve]
  /// The range across, or nil if there is no point.
  let xRange: ClosedRange<Double>?
  /// The upright range, or nil if there is no value.
  let yRange: ClosedRange<Double>?
  /// How far a point's value reaches to the right, where values hold for a while; else zero.
  let reach: Double
  /// What was left out, in words.
  let notes: [String]

  /// What of a chart can be drawn.
  ///
  /// Marks widen the upright range, so that they are seen. Where `fills`, bars stand on zero; where
  /// `holds`, a value reaches to the next point.
  init(_ chart: Chart, marks: [Mark], fills: Bool, holds: Bool) {
    var lostCount = 0
    curves = chart.curves.map { curve in
      Chart.Curve(
        curve.name,
        curve.points.compactMap { point in
          guard let x = Drawable.number(point.x, chart.x.scale) else {
            lostCount += point.x.isFinite ? 1 : 0
            return nil
          }
          let y = point.y.flatMap { Drawable.number($0, chart.y.scale) }
          lostCount += y == nil && point.y?.isFinite == true ? 1 : 0
          return Chart.Point(x, y)
        })
    }
    let reach = holds ? Drawable.spacing(curves) : 0
    self.reach = reach
    let points = curves.lazy.flatMap(\.points)
    var ys = Array(points.compactMap(\.y))
    if !ys.isEmpty {
      ys += marks.compactMap { mark in
        if case .y(let value) = mark.place { Drawable.number(value, chart.y.scale) } else { nil }
      }
      if fills, chart.y.scale != .logarithmic { ys.append(0) }
    }
    yRange = ys.range
    // A chart of moments shows the moments without a value too, any other only what it draws.
    let xs = points.filter { chart.x.scale == .time || $0.y != nil }.map(\.x)
    xRange = xs.range.map { range in
      let before = fills && chart.x.scale == .linear ? reach / 2 : 0
      return range.lowerBound - before...range.upperBound + reach - before
    }
    notes = lostCount == 0 ? [] : [Drawable.words(lostCount, chart)]
  }

  private static func words(_ count: Int, _ chart: Chart) -> String {
    let isLogarithmic = chart.x.scale == .logarithmic || chart.y.scale == .logarithmic
    let values = count == 1 ? "1 value" : "\(QuantityText.grouped(count)) values"
    return isLogarithmic
      ? "\(values) of zero or less: a logarithmic axis has no place for that."
      : "\(values) too large to draw."
  }

  /// A number that has a place on an axis: finite, not so large that ranges overflow, and positive
  /// on a logarithmic one; too small to matter is zero.
  static func number(_ number: Double, _ scale: Axis.Scale) -> Double? {
    guard number.isFinite, number.magnitude < 1e200 else { return nil }
    let number = number.magnitude < 1e-180 ? 0 : number
    return scale == .logarithmic && number <= 0 ? nil : number
  }

  /// The least distance from one point to the next.
  private static func spacing(_ curves: [Chart.Curve]) -> Double {
    var least = Double.infinity
    for curve in curves {
      for (point, next) in zip(curve.points, curve.points.dropFirst()) where next.x > point.x {
        least = min(least, next.x - point.x)
      }
    }
    return least.isFinite ? least : 1
  }
}

extension Sequence<Double> {
  /// From the least to the greatest, or nil if there is none.
  var range: ClosedRange<Double>? {
    var range: ClosedRange<Double>?
    for value in self {
      range =
        range.map {
          Swift.min($0.lowerBound, value)...Swift.max($0.upperBound, value)
        } ?? value...value
    }
    return range
  }
}

extension Chart.Curve {
  /// The curve with at most four points at each of so many places: the first, the least, the greatest
  /// and the last, so that a line through them looks as the line through all does.
  func thinned(places: Int, _ place: (Double) -> Double) -> Chart.Curve {
    guard points.count > places * 4 else { return self }
    var thin: [Chart.Point] = []
    var start = 0
    while start < points.count {
      let here = Int(place(points[start].x) * Double(places))
      var end = start + 1
      while end < points.count, points[end].y != nil, points[end - 1].y != nil,
        Int(place(points[end].x) * Double(places)) == here
      { end += 1 }
      let part = start..<end
      let least = part.min { (points[$0].y ?? 0) < (points[$1].y ?? 0) } ?? start
      let greatest = part.max { (points[$0].y ?? 0) < (points[$1].y ?? 0) } ?? start
      for index in Set([start, least, greatest, end - 1]).sorted() { thin.append(points[index]) }
      start = end
    }
    return Chart.Curve(name, thin)
  }
}
