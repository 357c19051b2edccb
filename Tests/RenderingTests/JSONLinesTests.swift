import CommandLanguage
import Quantities
import Rendering
import Reports
import Testing

@Test func aReportIsOneLineOfTheDocumentedForm() {
  var report = Report(
    [
      .table(
        Table(
          key: "queue.result", columns: [.init("measure"), .init("simulated", .second)],
          rows: [[.words("wait"), .value(.quantity(Quantity(4.5, .time), .second))]]))
    ],
    facts: [
      Fact(
        "queue.wait.mean", .quantity(Quantity(4.5, .time), .second), low: 4.25, high: 4.75,
        .simulated(seed: 7)),
      Fact("queue.wait.p99", .undefined("no customers"), .computed),
    ])
  report.statement = "queue"
  #expect(
    JSONLines.line(report)
      == #"{"schema":"machineroom.report/1","statement":"queue","ok":true,"facts":{"#
      + #""queue.wait.mean":{"kind":"quantity","value":4.5,"unit":"s","low":4.25,"high":4.75,"#
      + #""provenance":{"kind":"simulated","seed":7}},"#
      + #""queue.wait.p99":{"kind":"undefined","value":null,"reason":"no customers","#
      + #""provenance":{"kind":"computed"}}},"#
      + #""tables":[{"key":"queue.result","columns":[{"name":"measure"},"#
      + #"{"name":"simulated","unit":"s"}],"rows":[["wait",4.5]]}],"series":[],"diagnostics":[]}"#)
}

private func fact(_ value: FactValue, _ provenance: Provenance = .computed) -> String {
  let line = JSONLines.line(Report([], facts: [Fact("k", value, provenance)]))
  let start = line.firstRange(of: #""k":"#)!.upperBound
  return String(line[start..<line.firstRange(of: #"},"tables""#)!.lowerBound])
}

@Test func factsCarryTheirValueInTheUnitNamed() {
  let computed = #""provenance":{"kind":"computed"}}"#
  #expect(fact(.share(0.25)) == #"{"kind":"quantity","value":25,"unit":"%","# + computed)
  #expect(fact(.count(3)) == #"{"kind":"quantity","value":3,"unit":"","# + computed)
  #expect(fact(.flag(true)) == #"{"kind":"flag","value":true,"# + computed)
  #expect(fact(.text("uplink")) == #"{"kind":"text","value":"uplink","# + computed)
  let moment = Moment(year: 2005, month: 11, day: 25, hour: 9, minute: 30)
  #expect(
    fact(.moment(moment)) == #"{"kind":"moment","value":"2005-11-25T09:30:00Z","# + computed)
  #expect(
    fact(.quantity(Quantity(.nan), .none))
      == #"{"kind":"undefined","value":null,"reason":"not a finite number","# + computed)
}

@Test func provenanceSaysWhereANumberComesFrom() {
  #expect(
    fact(.flag(true), .measured(repetitions: 5)).hasSuffix(
      #"{"kind":"measured","repetitions":5}}"#))
  #expect(
    fact(.flag(true), .modelled(source: "Barroso")).hasSuffix(
      #"{"kind":"modelled","source":"Barroso"}}"#))
  #expect(
    fact(.flag(true), .simulated(seed: .max)).hasSuffix(
      #"{"kind":"simulated","seed":18446744073709551615}}"#))
}

@Test func stringsAreEscapedAfterTheStandard() {
  #expect(
    fact(.text("a\"b\\c\n\r\t\0\u{1F}\u{7F}é😀/"))
      == #"{"kind":"text","value":"a\"b\\c\n\r\t\u0000\u001f\u007fé😀/","#
      + #""provenance":{"kind":"computed"}}"#)
}

@Test(arguments: [
  (0.1, "0.1"), (-0.0, "0"), (1e15, "1000000000000000"), (123_456_789, "123456789"),
  (1.0 / 3, "0.3333333333333333"),
  (-2.5e-8, "-2.5e-08"), (1.5e300, "1.5e+300"),
]) func numbersAreTheShortestThatReadBack(number: Double, text: String) {
  #expect(
    fact(.quantity(Quantity(number), .none)).hasPrefix(#"{"kind":"quantity","value":\#(text),"#))
  #expect(Double(text) == number)
}

@Test func cellsSayTheirUnitWhereItIsNotTheColumns() {
  let table = Table(
    key: "t", columns: [.init("mixed"), .init("rate", .named("Mbit/s")), .init("ci")],
    rows: [
      [
        .value(.count(2)), .value(.quantity(Quantity(193_000, .dataRate), .megabitPerSecond)),
        .interval(.count(4), low: 3, high: 5),
      ],
      [.value(.money(.dollars(3))), .none, .value(.flag(false))],
    ])
  let line = JSONLines.line(Report([.table(table)]))
  #expect(
    line.contains(
      #""columns":[{"name":"mixed"},{"name":"rate","unit":"Mbit/s"},{"name":"ci","unit":""}],"#
        + #""rows":[[{"value":2,"unit":""},1.544,{"value":4,"unit":"","low":3,"high":5}],"#
        + #"[{"value":3,"unit":"$"},null,false]]"#))
}

@Test func seriesHaveAStartAStepAndNullsForGaps() {
  let series = Series(
    key: "uplink.utilization", unit: .percent, start: Moment(year: 2004, month: 3, day: 1),
    step: .minutes(1), values: [12.5, nil, .nan])
  let line = JSONLines.line(Report([.plot(Plot(series: [series], sentence: "s"))]))
  #expect(
    line.contains(
      #""series":[{"key":"uplink.utilization","unit":"%","start":"2004-03-01T00:00:00Z","#
        + #""step":60,"values":[12.5,null,null]}]"#))
}

@Test func diagnosticsHaveTheirPlace() {
  var report = Report()
  report.ok = false
  report.diagnostics = [
    Diagnostic(
      "unknown-verb", "No.", at: Source(name: "a.mr", text: "x\nby y").span(2..<4), help: "Try."),
    Diagnostic("slow", "Hm.", severity: .warning),
  ]
  #expect(
    JSONLines.line(report).hasSuffix(
      #""diagnostics":[{"severity":"error","code":"unknown-verb","message":"No.","#
        + #""file":"a.mr","line":2,"column":1,"length":2,"help":"Try."},"#
        + #"{"severity":"warning","code":"slow","message":"Hm."}]}"#))
}
