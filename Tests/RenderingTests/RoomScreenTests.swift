import CommandLanguage
import Commands
import Rendering
import Reports
import Testing

/// The page of a room in trouble, as somebody who looks sees it; read by eye before it was kept here.
@Suite("The screen of a room in trouble")
struct RoomScreenTests {
  private static let script = """
    new shop servers=24 visits=60000/day room=furnished start=2005-11-25T11:00 cash=$40000
    buy feed
    connect rack r1 feed=A second=B
    run 1 h
    fail cooling
    run 20 min
    show room
    """

  private static let wide = """
    machine room at washington                 Fri 2005-11-25 12:20 · 9.8 °C outside
                              now
    warmest inlet         39.7 °C
    machines draw         285.4 W
    all of it draws       605.5 W
    PUE today               1.400
    machines slowed down        2
    machines down              22

    rack    inlet    draws  of its limit  state
    r1    35.5 °C      0 W            0%  TRIPPED since 12:18:14
    r2    39.7 °C  285.4 W          5.7%  THROTTLED since 12:12

    Cooling: 0 units of 1 running, taking out 0 W of at most 0 W. Set point 20.0 °C.
    Power: utility ─ feed A 285.4 W of 16 kW ─ r1 r2.
    Power: utility ─ feed B 0 W of 16 kW ─ r1.
    3 alarms, oldest 2005-11-25 12:00: 12:00 cooling unit 1 is down; 12:12 the 2
    machines in r2 slowed down, too hot; 12:18:14 the 22 machines in r1 switched
    themselves off, too hot. 'explain room' tells how it came to this.
    """

  private static let narrow = """
    machine room at washington
       Fri 2005-11-25 12:20 · 9.8 °C outside
                              now
    warmest inlet         39.7 °C
    machines draw         285.4 W
    all of it draws       605.5 W
    PUE today               1.400
    machines slowed down        2
    machines down              22

    r1
      inlet: 35.5 °C; draws: 0 W; of its
        limit: 0%; state: TRIPPED since
        12:18:14
    r2
      inlet: 39.7 °C; draws: 285.4 W; of its
        limit: 5.7%; state: THROTTLED since
        12:12

    Cooling: 0 units of 1 running, taking
    out 0 W of at most 0 W. Set point 20.0
    °C.
    Power: utility ─ feed A 285.4 W of 16 kW
    ─ r1 r2.
    Power: utility ─ feed B 0 W of 16 kW ─
    r1.
    3 alarms, oldest 2005-11-25 12:00: 12:00
    cooling unit 1 is down; 12:12 the 2
    machines in r2 slowed down, too hot;
    12:18:14 the 22 machines in r1 switched
    themselves off, too hot. 'explain room'
    tells how it came to this.
    """

  @Test("is the same at 80 and at 40 columns as when it was read", arguments: [80, 40])
  func screen(width: Int) throws {
    var session = Session()
    let reports = try session.run(
      Source(text: Self.script), CommandContext(host: NoHost()))
    let page = try #require(reports.last)
    let text = TextRenderer(style: TextStyle(width: width)).text(page)
    let expected = width == 80 ? Self.wide : Self.narrow
    #expect(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        == (expected + "\n").split(separator: "\n", omittingEmptySubsequences: false))
    #expect(expected.split(separator: "\n").allSatisfy { $0.count <= width })
  }
}
