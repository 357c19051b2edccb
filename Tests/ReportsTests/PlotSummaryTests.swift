import Quantities
import Reports
import Testing

@Test func quartilesAreInterpolated() throws {
  // What R 4 answers to quantile(1:4): 1.00 1.75 2.50 3.25 4.00.
  let box = try #require(BoxChart.Box("", [4, 2, 3, 1, .nan]))
  #expect(
    [box.least, box.lowerQuartile, box.median, box.upperQuartile, box.greatest]
      == [1, 1.75, 2.5, 3.25, 4])
  #expect(BoxChart.Box("", [.infinity]) == nil)
}

@Test(
  arguments: [
    ([1, 1, 1, 1], 1), ([0, 10, 20, 30], 4), ([-1e-9, 1e9], 2), ([-3, -2, -1], 3),
    ([1e15, 1e15 + 2], 2), ([0.1, 0.2, 0.3, 0.7], 4),
  ] as [([Double], Int)])
func aHistogramCountsEachValueOnce(values: [Double], count: Int) {
  let histogram = Histogram(of: values, Axis())
  let total = histogram.counts.reduce(0, +)
  #expect(total == values.count)
  // A billionth of a step beyond its end still counts as its end.
  let slack = histogram.bins.step * 1e-8
  #expect(histogram.bins.low - slack <= values.min() ?? 0)
  #expect(histogram.bins.high + slack >= values.max() ?? 0)
  #expect((1...count).contains(histogram.counts.count { $0 > 0 }))
}

@Test func aValueAtTheEndOfABinBelongsToTheNext() {
  // Four values make three bins: of five, from 0 to 15.
  let histogram = Histogram(of: [0, 5, 9, 15], Axis())
  #expect(histogram.bins.step == 5 && histogram.counts == [1, 2, 1])
}

@Test(
  arguments: [(0, 93, 0, 100, 5), (-3, 3, -3, 3, 6), (0, 1.544, 0, 2, 4)]
    as [(Double, Double, Double, Double, Int)])
func stepsAreRound(low: Double, high: Double, first: Double, last: Double, count: Int) {
  // By 20, 1 and 0.5: the smallest round steps of which six are enough.
  let steps = RoundSteps(low: low, high: high, countMax: 6)
  #expect(steps.low == first && steps.high == last && steps.count == count)
}

@Test func aChartOfSeriesHasOneUnit() {
  let start = Moment(year: 2005, month: 11, day: 25)
  let chart = Chart(along: [
    Series(key: "a", unit: .second, start: start, step: .hours(1), values: [1]),
    Series(
      key: "b", unit: Unit.named("ms") ?? .none, start: start, step: .hours(1), values: [1_500]),
  ])
  #expect(chart.curves.map { $0.points[0].y } == [1, 1.5])
}

@Test func onlyMomentsWithBothValuesAreAPoint() {
  let start = Moment(year: 2005, month: 11, day: 25)
  func series(_ key: String, _ values: [Double?]) -> Series {
    Series(key: key, unit: .none, start: start, step: .hours(1), values: values)
  }
  let chart = Chart(series("y", [1, nil, 3]), by: series("x", [10, 20, 30]))
  #expect(chart.curves[0].points == [Chart.Point(10, 1), Chart.Point(30, 3)])
}
