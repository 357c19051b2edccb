import Quantities
import Rendering
import Reports
import Testing

private func lines(_ figure: Figure, marks: [Mark] = [], width: Int = 40) -> [String] {
  TextRenderer(style: TextStyle(width: width))
    .text([.plot(Plot(figure, marks: marks, sentence: "Words."))])
    .split(separator: "\n").map(String.init)
}

private func chart(
  _ points: [(Double, Double?)], x: Axis.Scale = .linear, y: Axis.Scale = .linear
) -> Chart {
  Chart(
    x: Axis("x", scale: x), y: Axis("y", scale: y), [Chart.Curve("", PlotKinds.points(points))])
}

/// How many characters of a picture are marks.
private func dotCount(_ lines: [String]) -> Int {
  lines.joined().unicodeScalars.count { (0x2801...0x28FF).contains($0.value) }
}

@Test(arguments: [Figure.line, Figure.scatter, Figure.stairs])
func onePointIsOneMarkOrMore(_ figure: @Sendable (Chart) -> Figure) {
  #expect(dotCount(lines(figure(chart([(3, 5)])))) >= 1)
  #expect(dotCount(lines(.scatter(chart([(3, 5)])))) == 1)
  #expect(dotCount(lines(.line(chart([(3, 5)], x: .logarithmic, y: .logarithmic)))) == 1)
}

@Test func whatHasNothingToDrawSaysSo() {
  let empty: [Figure] = [
    .line(chart([])), .stairs(chart([(1, nil)])), .scatter(chart([(.nan, 1)])),
    .columns(chart([(1, .infinity)])), .bar(BarChart(Axis(), names: ["a"], [])),
    .bar(BarChart(Axis(), names: ["a"], [BarChart.Bars("", [nil])])),
    .histogram(Histogram(of: [], Axis())), .box(BoxChart(Axis(), [])),
    .heatMap(HeatMap(Axis(), columns: ["a"], rows: ["b"], [[nil]])),
    .heatMap(HeatMap(Axis(), columns: [], rows: [], [])), .sparkline([]),
    .timeline(Timeline([Timeline.Lane("r1", [])])),
  ]
  for figure in empty { #expect(lines(figure) == ["  no values to draw", "  Words."]) }
}

@Test func zerosAndLessOnLogarithmicAxesAreCountedInWords() {
  let figure = Figure.logLog(chart([(0, 1), (1, -1), (10, 10), (100, 100)]))
  #expect(
    lines(figure, width: 80).contains(
      "  2 values of zero or less: a logarithmic axis has no place for that."))
  #expect(
    lines(.line(chart([(1, 0)], y: .logarithmic))) == ["  no values to draw", "  Words."])
}

@Test func logarithmicAxesHaveWholePowersOfTenWithTheirUnits() {
  let figure = Figure.logLog(
    Chart(
      x: Axis("size", Unit.named("B") ?? .none), y: Axis("time", .second),
      [Chart.Curve("", PlotKinds.points([(1, 1e-9), (1e6, 1)]))]))
  // Nine decades in at most six steps: two each, from 1 ns to 10 s.
  let labels = lines(figure).filter { $0.contains("┤") || $0.contains("┼") }.map {
    $0.split { "┤┼".contains($0) }[0].split(separator: " ").joined(separator: " ")
  }
  #expect(labels == ["10 s", "100 ms", "1 ms", "10 µs", "100 ns", "1 ns"])
}

@Test func equalValuesLieOnOneLevelWithRoundTicksAround() {
  let lines = lines(.line(chart([(1, 5), (2, 5)])))
  #expect(
    lines.contains { $0.hasPrefix("  0 ┼") }
      && lines.contains { $0.hasPrefix("  5 ┤") && $0.contains("⣀⣀") })
}

@Test func barsOfZeroSaySo() {
  let lines = lines(.bar(BarChart(Axis(), names: ["a"], [BarChart.Bars("", [0])])))
  #expect(lines == ["  a ┤ 0", "  All values are zero.", "  Words."])
}

@Test func aMarkOutsideOfThePictureIsLeftOut() {
  let lines = lines(.line(chart([(1, 5), (2, 5)])), marks: [Mark(.x(7), "later")])
  #expect(!lines.joined().contains("later"))
}

@Test func aMarkAboveTheValuesWidensTheAxis() {
  let lines = lines(.line(chart([(1, 5), (2, 5)])), marks: [Mark(.y(10), "the limit")])
  #expect(lines.contains { $0.hasPrefix("  10 ┤┈┈") && $0.hasSuffix("1") })
  #expect(lines.contains("  1 the limit (10)"))
}

@Test func blocksStandInForBraille() {
  // A rise from corner to corner: two by two quarters a character, and no braille.
  let text = TextRenderer(style: TextStyle(width: 40, dots: .block))
    .text([.plot(Plot(.line(chart([(0, 0), (10, 10)])), sentence: ""))])
  #expect(text.contains("▞") || text.contains("▄▀"))
  #expect(!text.unicodeScalars.contains { (0x2800...0x28FF).contains($0.value) })
}

/// Plots with values of any size, long and wide names, and gaps.
private func wild(_ scale: Double, _ count: Int) -> [Figure] {
  let values = (0..<count).map { index -> Double? in
    index % 7 == 3 ? nil : (Double((index * 7_919) % 1_000) - 300) * scale
  }
  let unit = Unit.named("FLOP/s") ?? .none
  let names = ["a", "機械室の温度", "a.very.long.key.of.a.fact.that.goes.on"]
  let series = names.map { PlotKinds.series(values, key: $0, unit: unit) }
  let points = Chart(
    x: Axis(names[2], .second), y: Axis(names[1], unit),
    names.map { name in
      Chart.Curve(name, values.enumerated().map { Chart.Point(Double($0) * scale, $1) })
    })
  let bars = names.map { _ in values.first ?? nil }
  let stretches = values.indices.map { index in
    Timeline.Stretch(
      PlotKinds.friday + .hours(index), PlotKinds.friday + .hours(index + 1), names[index % 3])
  }
  return [
    .line(Chart(along: series)), .stairs(Chart(along: series)), .columns(Chart(along: series)),
    .scatter(points), .line(points), .columns(points), .logLog(points), .sparkline(series),
    .bar(BarChart(Axis(names[2], unit), names: names, [BarChart.Bars("", bars)])),
    .bar(
      BarChart(Axis(names[2], unit), names: names, names.map { BarChart.Bars($0, bars) })),
    .histogram(Histogram(of: values.compactMap { $0 }, Axis(names[2], unit))),
    .box(
      BoxChart(
        Axis(names[2], unit), [BoxChart.Box(names[1], values.compactMap { $0 })].compactMap { $0 })),
    .heatMap(
      HeatMap(
        Axis(names[2], unit), columns: values.indices.map { "c\($0)" }, rows: names,
        names.map { _ in values })),
    .timeline(Timeline(names.map { Timeline.Lane($0, stretches) })),
  ]
}

@Test(arguments: [40, 41, 53, 80, 200])
func nothingOfAnyKindIsWiderThanTheScreen(width: Int) {
  let marks = [
    Mark(.moment(PlotKinds.friday + .hours(1)), "a label that is longer than a narrow screen is"),
    Mark(.x(1), "x"), Mark(.y(5), "y"),
  ]
  for style in [
    TextStyle(width: width), TextStyle(width: width, dots: .block),
    TextStyle(width: width, isAscii: true),
  ] {
    for scale in [1e-190, 1e-12, 977, 1e13, 1e190] {
      for figure in wild(scale, 1) + wild(scale, 90) {
        let plot = Plot(figure, title: "A title", marks: marks, sentence: "Words.")
        let text = TextRenderer(style: style).text([.plot(plot)])
        for line in text.split(separator: "\n") {
          #expect(line.displayWidth <= width, "\(scale) \(line)")
        }
        if style.isAscii { #expect(!text.contains { !$0.isASCII }, "\(text)") }
      }
    }
  }
}

@Test func everyKindSurvivesWildValuesAsSVG() {
  for scale in [1e-190, 1e-12, 1, 1e13, 1e190] {
    for figure in wild(scale, 1) + wild(scale, 200) {
      let text = SVG.text(Plot(figure, sentence: ""))
      #expect(!text.contains("nan") && !text.contains("inf"))
    }
  }
}
