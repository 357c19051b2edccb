import CommandLanguage
import Quantities
import Rendering
import Reports
import Testing

private let second = FactValue.quantity(Quantity(1.9, .time), .second)

private func text(_ blocks: [Block], width: Int = 80, isAscii: Bool = false) -> String {
  TextRenderer(style: TextStyle(width: width, isAscii: isAscii)).text(blocks)
}

@Test func aHeadingHasItsRemarkAtTheRightEnd() {
  #expect(
    text([.heading("quilt shop", remark: "the whole day")], width: 40)
      == "quilt shop                 the whole day\n")
}

@Test func aRemarkWithoutRoomStandsOnItsOwnLine() {
  #expect(
    text([.heading("the machine room behind", remark: "Friday 2005-11-25 14:03")], width: 40) == """
      the machine room behind
                       Friday 2005-11-25 14:03

      """)
}

@Test func aParagraphIsWrappedAtWords() {
  let words = "Something was full, and a line behind something full does not grow in step."
  #expect(
    text([.paragraph(words)], width: 40) == """
      Something was full, and a line behind
      something full does not grow in step.

      """)
}

@Test func valuesStandRightAndWordsLeft() {
  let table = Table(
    key: "t", columns: [.init(""), .init("now"), .init("state")],
    rows: [
      [.words("visits"), .value(.count(31_204)), .words("fine")],
      [.words("page, slowest 1%"), .value(second), .none],
      [.words("goal"), .value(.undefined("no goal yet")), .words("–")],
    ])
  #expect(
    text([.table(table)]) == """
                           now  state
      visits            31,204  fine
      page, slowest 1%  1.90 s  –
      goal                   –  –
      –  no goal yet

      """)
  #expect(
    text([.table(table)], isAscii: true) == """
                           now  state
      visits            31,204  fine
      page, slowest 1%  1.90 s  -
      goal                   -  -
      -  no goal yet

      """)
}

@Test func anIntervalIsHalfAWidthOrTwoEnds() {
  let even = Table.Cell.interval(.quantity(Quantity(4), .none), low: 3.9, high: 4.1)
  let uneven = Table.Cell.interval(second, low: 1.5, high: 3)
  let table = Table(key: "t", columns: [.init("x")], rows: [[even], [uneven]])
  #expect(
    text([.table(table)]) == """
                          x
                   4 ± 0.10
      1.90 s (1.50 s … 3 s)

      """)
}

@Test func aColumnOfWordsIsWrappedWhereTheTableIsTooWide() {
  let table = Table(
    key: "t", columns: [.init("thing"), .init("what it does"), .init("price")],
    rows: [
      [
        .words("server"), .words("answers page views, one for each core at a time"),
        .value(.money(.dollars(3_500))),
      ]
    ])
  #expect(
    text([.table(table)], width: 40) == """
      thing   what it does               price
      server  answers page views, one   $3,500
              for each core at a time

      """)
}

@Test func aTableWithTooManyColumnsBecomesLabelledLines() {
  let names = ["", "web", "data", "disk", "uplink", "visits", "orders", "revenue"]
  let row: [Table.Cell] =
    [.words("Monday")] + (1...7).map { .value(.count($0 * 1_000_000)) }
  let table = Table(key: "t", columns: names.map { .init($0) }, rows: [row, row])
  let lines = [
    "Monday", "  web: 1,000,000; data: 2,000,000; disk:", "    3,000,000; uplink: 4,000,000;",
    "    visits: 5,000,000; orders:", "    6,000,000; revenue: 7,000,000",
  ]
  #expect(text([.table(table)], width: 40) == (lines + lines).map { $0 + "\n" }.joined())
}

@Test func longWordsAreBrokenAndWideOnesMeasured() {
  #expect("東京".displayWidth == 4)
  #expect("e\u{301}".displayWidth == 1)
  #expect("👩‍👩‍👧".displayWidth == 2)
  #expect("❤️".displayWidth == 2)
  #expect("한".displayWidth == 2)
  #expect("\u{1112}\u{1161}\u{11AB}".displayWidth == 2)
  #expect("🇯🇵".displayWidth == 2)
  #expect("⣀█–°".displayWidth == 4)
  let line = String(repeating: "東", count: 30)
  #expect(
    text([.paragraph(line)], width: 41)
      == String(repeating: "東", count: 20) + "\n" + String(repeating: "東", count: 10) + "\n")
  // A line may end between wide characters, even if all of them would fit on the next.
  #expect(
    text([.paragraph("twenty-two characters. " + String(repeating: "東", count: 10))], width: 40)
      == "twenty-two characters. " + String(repeating: "東", count: 8) + "\n東東\n")
}

@Test func asciiReplacesEveryMark() {
  let marks = "−5 – 3 × 2 … › a · b ± 41 µs → ≤ “é” ⣀ █ ─ 東 \u{7}"
  #expect(
    text([.paragraph(marks)], isAscii: true)
      == "-5 - 3 x 2 ... > a | b +/- 41 us -> <= \"e\" * # - ? ^G\n")
}

@Test func blocksAreSetApartExceptUnderAHeading() {
  let table = Table(key: "t", columns: [.init("a")], rows: [[.words("b")]])
  let blocks: [Block] = [
    .heading("H", remark: ""), .table(table), .paragraph("one"), .paragraph("two"),
    .lines(["if", "\tx"]), .heading("I", remark: ""),
  ]
  #expect(text(blocks) == "H\na\nb\n\none\ntwo\nif\n    x\n\nI\n")
}

@Test func aScriptIsFoldedOnAScreenAndUntouchedInAFile() {
  let script = "buy server 1u-2004 count=6 name=\"東京 – the first of them\""
  let onScreen = TextRenderer(style: TextStyle(width: 40)).text([.lines([script])])
  #expect(
    onScreen == """
      buy server 1u-2004 count=6 name="東京 –
          the first of them"

      """)
  let file = TextStyle(width: 40, isAscii: true, isScreen: false)
  #expect(TextRenderer(style: file).text([.lines([script])]) == script + "\n")
}

/// A small generator of numbers for the width tests: their values do not matter, only that they vary.
private struct Dice {
  var state: UInt64
  mutating func roll(_ sides: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % sides
  }
}

@Test(arguments: [40, 60, 80, 120]) func noLineOfATableIsWiderThanTheScreen(width: Int) {
  var dice = Dice(state: UInt64(width))
  let vocabulary = [
    "a", "rack", "東京 東京", "a-very-long-word-that-nobody-would-ever-want-to-type-at-all",
  ]
  for round in 0..<300 {
    let count = 1 + dice.roll(9)
    func words(_ max: Int) -> String {
      (0..<(1 + dice.roll(max))).map { _ in vocabulary[dice.roll(vocabulary.count)] }.joined(
        separator: " ")
    }
    func cell() -> Table.Cell {
      switch dice.roll(5) {
      case 0: .words(words(8))
      case 1: .none
      case 2: .value(.undefined(words(3)))
      case 3: .interval(.count(dice.roll(1_000_000)), low: -1e6, high: Double(dice.roll(1 << 30)))
      default: .value(.quantity(Quantity(Double(dice.roll(1 << 30)) / 977, .time), .second))
      }
    }
    let table = Table(
      key: "t", columns: (0..<count).map { _ in .init(dice.roll(3) == 0 ? "" : words(2)) },
      rows: (0..<(1 + dice.roll(4))).map { _ in (0..<count).map { _ in cell() } })
    let shown = text(
      [.heading(words(3), remark: words(2)), .table(table), .lines([words(9)])], width: width,
      isAscii: round % 2 == 0)
    for line in shown.split(separator: "\n") {
      #expect(line.displayWidth <= width, "\(line)")
    }
  }
}
