import Quantities
import Rendering
import Reports
import Testing

private let monday = Moment(year: 2005, month: 11, day: 21)

private func text(_ plot: Plot, width: Int = 40, isAscii: Bool = false, usesColor: Bool = false)
  -> String
{
  TextRenderer(style: TextStyle(width: width, isAscii: isAscii, usesColor: usesColor))
    .text([.plot(plot)])
}

private func series(
  _ values: [Double?], key: String = "demand", unit: Unit = .none, step: TimeSpan = .hours(1)
) -> Series {
  Series(key: key, unit: unit, start: monday, step: step, values: values)
}

/// Nothing for half a day, a gap, then ten: in 34 columns (40 less two of margin, two of labels, a
/// space and the axis) braille has 68 dots, so hour h lies on dot 67 h / 23: hour 11 on 32, in
/// column 16; hour 13 on 38, in column 19.
private let stepWithGap = series(
  (0..<24).map { hour in hour < 12 ? 0 : hour == 12 ? nil : 10 })

@Test func aStepWithAGapInBraille() {
  let low = String(repeating: "⣀", count: 16) + "⡀"
  let high = String(repeating: "⣀", count: 15)
  #expect(
    text(Plot(series: [stepWithGap], sentence: "It is 10 since 13:00.")) == """
        demand                      2005-11-21
        10 ┤                   \(high)
           │
         8 ┤
           │
         6 ┤
           │
         4 ┤
           │
         2 ┤
           │
         0 ┼\(low)
            Mon 21   06:00   12:00    18:00
        It is 10 since 13:00.

      """)
}

@Test func aStepWithAGapInASCII() {
  // 34 dots side by side: hour h lies on dot 33 h / 23, hour 11 on 16 and hour 13 on 19.
  let low = String(repeating: "_", count: 17)
  let high = String(repeating: "_", count: 15)
  #expect(
    text(Plot(series: [stepWithGap], sentence: "It is 10 since 13:00."), isAscii: true) == """
        demand                      2005-11-21
        10 +                   \(high)
           |
         8 +
           |
         6 +
           |
         4 +
           |
         2 +
           |
         0 +\(low)
            Mon 21   06:00   12:00    18:00
        It is 10 since 13:00.

      """)
}

@Test func aWiderScreenGivesMoreLabelsAndTheSamePlot() {
  // In 54 columns of 108 dots, hour h lies on dot 107 h / 23: hour 11 on 51, in column 25; hour 13
  // on 60, in column 30. In ASCII on column 53 h / 23: 25 and 30.
  let axis = "      Mon 21   04:00    08:00     12:00    16:00    20:00"
  let gap = String(repeating: " ", count: 30)
  let plot = Plot(series: [stepWithGap], sentence: "")
  let braille = text(plot, width: 60).split(separator: "\n")
  #expect(braille[0] == "  demand" + String(repeating: " ", count: 42) + "2005-11-21")
  #expect(braille[1] == "  10 ┤" + gap + String(repeating: "⣀", count: 24))
  #expect(braille[11] == "   0 ┼" + String(repeating: "⣀", count: 26))
  let ascii = text(plot, width: 60, isAscii: true).split(separator: "\n")
  #expect(ascii[1] == "  10 +" + gap + String(repeating: "_", count: 24))
  #expect(ascii[11] == "   0 +" + String(repeating: "_", count: 26))
  #expect([braille[12], ascii[12]] == [axis[...], axis[...]])
}

@Test func manyValuesInAColumnShowTheirLeastAndGreatest() {
  // Every column of dots holds zeros and tens, so all is filled between the ticks of both.
  let values = (0..<10_000).map { Double($0 % 2 * 10) }
  let lines = text(Plot(series: [series(values, step: .minutes(1))], sentence: ""), width: 60)
    .split(separator: "\n")
  let columns = 54
  #expect(lines[1] == "  10 ┤" + String(repeating: "⣀", count: columns))
  for row in lines[2..<12] {
    #expect(row.hasSuffix(String(repeating: "⣿", count: columns)))
  }
}

@Test func severalSeriesHaveALegendAndALetterOnTheirLines() {
  let plot = Plot(
    series: [series([10, 10], key: "web"), series([0, 0], key: "data")], sentence: "")
  let lines = text(plot).split(separator: "\n")
  // Of 34 columns the first letter stands at 34 / 4 = 8, the second at 34 * 3 / 4 = 25.
  #expect(lines[0] == "  a web   b data              2005-11-21")
  #expect(lines[1] == "  10 ┤⣀⣀⣀⣀⣀⣀⣀⣀a" + String(repeating: "⣀", count: 25))
  #expect(lines[11] == "   0 ┼" + String(repeating: "⣀", count: 25) + "b⣀⣀⣀⣀⣀⣀⣀⣀")
  let ascii = text(plot, isAscii: true).split(separator: "\n")
  #expect(ascii[1] == "  10 +" + String(repeating: "a", count: 34))
  #expect(ascii[11] == "   0 +" + String(repeating: "b", count: 34))
  #expect(text(plot, usesColor: true).contains("\u{1B}[33mb\u{1B}[0m"))
}

/// The label of the lowest tick.
private func axisLow(_ values: [Double?]) -> String {
  let lines = text(Plot(series: [series(values)], sentence: "")).split(separator: "\n")
  return lines.first { $0.contains("┼") }?.split(separator: " ").first.map(String.init) ?? ""
}

@Test func theUnitOfTheAxisFitsTheValues() {
  func head(_ values: [Double?], _ unit: Unit) -> [Substring] {
    Array(
      text(Plot(series: [series(values, unit: unit)], sentence: "")).split(separator: "\n")
        .prefix(2))
  }
  // 0.004 s is shown as 4 ms; 1,544 kbit/s as far as 2,000; a share of 93% as 93.
  #expect(head([0, 0.004], .second)[0].hasPrefix("  ms  demand"))
  #expect(head([0, 0.004], .second)[1].hasPrefix("  4 ┤"))
  #expect(head([0, 1.544], .megabitPerSecond)[0].hasPrefix("  kbit/s  demand"))
  #expect(head([0, 1.544], .megabitPerSecond)[1].hasPrefix("  2,000 ┤"))
  #expect(head([0, 93], .percent)[0].hasPrefix("    %  demand"))
  #expect(head([0, 93], .percent)[1].hasPrefix("  100 ┤"))
  #expect(head([-3, 3], .none)[1].hasPrefix("   3 ┤"))
  #expect(axisLow([50, 100]) == "0")
  #expect(axisLow([90, 100]) == "90")
  #expect(head([996, 998], .none)[1].hasPrefix("  998.0 ┤"))
}

@Test(arguments: [
  (TimeSpan.minutes(1), 60, "Mon 21  00:15   00:30   00:45"),
  (.hours(6), 28, "Mon 21   Wed 23   Fri 25   Sun 27"),
  (.days(1), 61, "Nov 21  Dec 5   Dec 19  Jan 2"),
  (.days(1), 731, "2006 Jul 2007 Jul"),
]) func theTimeAxisHasClocksDaysMonthsOrYears(step: TimeSpan, count: Int, words: String) {
  let plot = Plot(series: [series((0..<count).map { Double($0) }, step: step)], sentence: "")
  let axis = text(plot, width: 50).split(separator: "\n").last ?? ""
  let expected = words.split(separator: " ").joined(separator: " ")
  #expect(axis.split(separator: " ").joined(separator: " ") == expected)
}

@Test func aPlotOfNothingSaysSo() {
  #expect(
    text(Plot(series: [series([nil, .nan])], sentence: "There was no request."))
      == "  no values to draw\n  There was no request.\n")
}

@Test(arguments: [40, 60, 80, 120]) func noLineOfAPlotIsWiderThanTheScreen(width: Int) {
  for scale in [1e-12, 1e-4, 1, 977, 1e7, 1e13] {
    for count in [1, 2, 30, 5_000] {
      for isAscii in [false, true] {
        let values = (0..<count).map { Double(($0 * 7_919) % 1_000) * scale - 300 * scale }
        let plot = Plot(
          series: ["one", "a.very.long.key.of.a.fact"].map { series(values, key: $0) },
          sentence: "A sentence that is longer than the screen is wide, whatever it may say.")
        for line in text(plot, width: width, isAscii: isAscii).split(separator: "\n") {
          #expect(line.displayWidth <= width, "\(line)")
        }
      }
    }
  }
}

@Test func aSparklineShowsTheGreatestOfEachColumn() {
  #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7], width: 20) == "▁▂▃▄▅▆▇█")
  #expect(Sparkline.text([0, 7, nil, nil, 3, 1], width: 3) == "█ ▄")
  #expect(Sparkline.text([5, 5], width: 9) == "██")
  #expect(Sparkline.text([0, 0], width: 9) == "▁▁")
  #expect(Sparkline.text([0, 7], width: 9, isAscii: true) == "_#")
  #expect(Sparkline.text([], width: 9) == "")
}
