import Quantities
import Rendering
import Reports
import Testing

@Test func aTableHasAHeaderWithUnitsAndBareNumbers() {
  let table = Table(
    key: "t", columns: [.init(""), .init("wait", .second), .init("cost"), .init("mixed")],
    rows: [
      [
        .words("a, \"b\""), .interval(.quantity(Quantity(4.5, .time), .second), low: 4, high: 5),
        .value(.money(.dollars(1_234.5))), .value(.count(2)),
      ],
      [
        .words("two\nlines"), .none, .value(.undefined("no cost")), .value(.money(.dollars(3))),
      ],
    ])
  #expect(
    CSV.text(table)
      == [
        ",wait (s),wait (s) low,wait (s) high,cost ($),mixed",
        "\"a, \"\"b\"\"\",4.5,4,5,1234.5,2",
        "\"two\nlines\",,,,,3 $", "",
      ].joined(separator: "\r\n"))
}

@Test func seriesThatShareTheirMomentsShareTheirLines() {
  let start = Moment(year: 2004, month: 3, day: 1)
  func series(_ key: String, _ values: [Double?]) -> Series {
    Series(key: key, unit: .percent, start: start, step: .hours(1), values: values)
  }
  #expect(
    CSV.text([series("a", [1, nil]), series("b", [0.5, 2])])
      == "time,a (%),b (%)\r\n2004-03-01T00:00:00Z,1,0.5\r\n2004-03-01T01:00:00Z,,2\r\n")
  #expect(
    CSV.text([series("a", [1]), series("b", [0.5, 2])])
      == [
        "series,time,value,unit", "a,2004-03-01T00:00:00Z,1,%", "b,2004-03-01T00:00:00Z,0.5,%",
        "b,2004-03-01T01:00:00Z,2,%", "",
      ].joined(separator: "\r\n"))
  #expect(CSV.text([Series]()) == "")
}
