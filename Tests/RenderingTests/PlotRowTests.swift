import Rendering
import Reports
import Testing

private func text(_ plot: Plot, width: Int, isAscii: Bool) -> String {
  TextRenderer(style: TextStyle(width: width, isAscii: isAscii)).text([.plot(plot)])
}

@Test func barsEndWithTheirValues() {
  // Of 40 columns, two are margin, 4 the names, 3 spaces and axis, 8 the longest words: 23 are left for
  // 400 W, so that 100 W takes 23 / 4 = 5.75, five and six eighths. At 60, 43 and 10.75.
  #expect(
    text(PlotKinds.bar, width: 40, isAscii: false) == """
        power
         web ┤███████████████████████ 400 W
        data ┤█████▊ 100 W
        disk ┤ no value
        The web servers take most.

      """)
  #expect(
    text(PlotKinds.bar, width: 40, isAscii: true) == """
        power
         web +####################### 400 W
        data +###### 100 W
        disk + no value
        The web servers take most.

      """)
  #expect(
    text(PlotKinds.bar, width: 60, isAscii: false) == """
        power
         web ┤███████████████████████████████████████████ 400 W
        data ┤██████████▊ 100 W
        disk ┤ no value
        The web servers take most.

      """)
  #expect(
    text(PlotKinds.bar, width: 60, isAscii: true) == """
        power
         web +########################################### 400 W
        data +########### 100 W
        disk + no value
        The web servers take most.

      """)
}

@Test func severalBarsHaveLettersAndLossesGoToTheLeft() {
  // Of 40 columns, two are margin, 4 the names, 2 the letters, 3 spaces and axis, 4 the longest words: 25
  // are left for −10 to 20. Zero is at 25 / 3 = 8.3, so 8; 20 takes 16.7, and 5 takes 4.2. At 60, 45:
  // zero at 15, 30 and 7.5.
  #expect(
    text(PlotKinds.bars, width: 40, isAscii: false) == """
        profit: a own, b rented
        2004 a ████████┤ −$10
             b         ┤████▏ $5
        2005 a         ┤████████████████▋ $20
             b         ┤ $0
        Renting lost nothing.

      """)
  #expect(
    text(PlotKinds.bars, width: 40, isAscii: true) == """
        profit: a own, b rented
        2004 a ########+ -$10
             b         +#### $5
        2005 a         +################# $20
             b         + $0
        Renting lost nothing.

      """)
  #expect(
    text(PlotKinds.bars, width: 60, isAscii: false) == """
        profit: a own, b rented
        2004 a ███████████████┤ −$10
             b                ┤███████▌ $5
        2005 a                ┤██████████████████████████████ $20
             b                ┤ $0
        Renting lost nothing.

      """)
  #expect(
    text(PlotKinds.bars, width: 60, isAscii: true) == """
        profit: a own, b rented
        2004 a ###############+ -$10
             b                +######## $5
        2005 a                +############################## $20
             b                + $0
        Renting lost nothing.

      """)
}

@Test func aHistogramCountsInRoundBins() {
  // Eight values make 4 + 1 = 5 bins of at least 9 / 5: of 2 s. From 0: 1 1 1; from 2: 2 3 3; from 8: 9 10.
  // Of 40 columns 40 - 2 - 7 - 3 - 1 = 27 are left for 3, so 2 takes 18; of 60 47, and 31.3.
  #expect(
    text(PlotKinds.histogram, width: 40, isAscii: false) == """
        page (s)
         0 to 2 ┤███████████████████████████ 3
         2 to 4 ┤███████████████████████████ 3
         4 to 6 ┤ 0
         6 to 8 ┤ 0
        8 to 10 ┤██████████████████ 2
        Most pages took less than 4 s.

      """)
  #expect(
    text(PlotKinds.histogram, width: 40, isAscii: true) == """
        page (s)
         0 to 2 +########################### 3
         2 to 4 +########################### 3
         4 to 6 + 0
         6 to 8 + 0
        8 to 10 +################## 2
        Most pages took less than 4 s.

      """)
  #expect(
    text(PlotKinds.histogram, width: 60, isAscii: false) == """
        page (s)
         0 to 2 ┤███████████████████████████████████████████████ 3
         2 to 4 ┤███████████████████████████████████████████████ 3
         4 to 6 ┤ 0
         6 to 8 ┤ 0
        8 to 10 ┤███████████████████████████████▍ 2
        Most pages took less than 4 s.

      """)
  #expect(
    text(PlotKinds.histogram, width: 60, isAscii: true) == """
        page (s)
         0 to 2 +############################################### 3
         2 to 4 +############################################### 3
         4 to 6 + 0
         6 to 8 + 0
        8 to 10 +############################### 2
        Most pages took less than 4 s.

      """)
}

@Test func aBoxSpansTheMiddleHalf() {
  // The quarters of 0, 25, 50, 75, 100 are these values. On 33 columns they lie at 0, 8, 16, 24 and 32;
  // 40 lies at 12.8, so 13. On 53 at 0, 13, 26, 39 and 52; 40 at 20.8, so 21.
  #expect(
    text(PlotKinds.box, width: 40, isAscii: false) == """
             ╷       ┌───────┬───────┐       ╷
         web ├───────┤       │       ├───────┤
             ╵       └───────┴───────┘       ╵
                          ┬
        data              │
                          ┴
             0              50             100
                                      page (s)
        web: half lie between 25 s and 75 s
          around 50 s, all between 0 s and 100
          s.
        data: all are 40 s.
        The web servers vary.

      """)
  #expect(
    text(PlotKinds.box, width: 40, isAscii: true) == """
             |       +-------+-------+       |
         web |-------|       |       |-------|
             |       +-------+-------+       |
                          +
        data              |
                          +
             0              50             100
                                      page (s)
        web: half lie between 25 s and 75 s
          around 50 s, all between 0 s and 100
          s.
        data: all are 40 s.
        The web servers vary.

      """)
  #expect(
    text(PlotKinds.box, width: 60, isAscii: false) == """
             ╷            ┌────────────┬────────────┐            ╷
         web ├────────────┤            │            ├────────────┤
             ╵            └────────────┴────────────┘            ╵
                                  ┬
        data                      │
                                  ┴
             0                        50                       100
                                                          page (s)
        web: half lie between 25 s and 75 s around 50 s, all
          between 0 s and 100 s.
        data: all are 40 s.
        The web servers vary.

      """)
  #expect(
    text(PlotKinds.box, width: 60, isAscii: true) == """
             |            +------------+------------+            |
         web |------------|            |            |------------|
             |            +------------+------------+            |
                                  +
        data                      |
                                  +
             0                        50                       100
                                                          page (s)
        web: half lie between 25 s and 75 s around 50 s, all
          between 0 s and 100 s.
        data: all are 40 s.
        The web servers vary.

      """)
}

@Test func aHeatMapHasAShadeForEachTenVisits() {
  // Values of 0 to 50 make five shades of ten; a value at the end of one belongs to the next.
  #expect(
    text(PlotKinds.heat, width: 40, isAscii: false) == """
        visits
        morning ┤······░░░░░░▒▒▒▒▒▒
        evening ┤▓▓▓▓▓▓      ██████
                 Mon   Tue   Wed
        · 0 to 10, ░ 10 to 20, ▒ 20 to 30,
        ▓ 30 to 40, █ 40 to 50,
        blank: no value
        Evenings are busy.

      """)
  #expect(
    text(PlotKinds.heat, width: 40, isAscii: true) == """
        visits
        morning +......::::::++++++
        evening +******      ######
                 Mon   Tue   Wed
        . 0 to 10, : 10 to 20, + 20 to 30,
        * 30 to 40, # 40 to 50,
        blank: no value
        Evenings are busy.

      """)
  #expect(
    text(PlotKinds.heat, width: 60, isAscii: false) == """
        visits
        morning ┤······░░░░░░▒▒▒▒▒▒
        evening ┤▓▓▓▓▓▓      ██████
                 Mon   Tue   Wed
        · 0 to 10, ░ 10 to 20, ▒ 20 to 30, ▓ 30 to 40, █ 40 to 50,
        blank: no value
        Evenings are busy.

      """)
  #expect(
    text(PlotKinds.heat, width: 60, isAscii: true) == """
        visits
        morning +......::::::++++++
        evening +******      ######
                 Mon   Tue   Wed
        . 0 to 10, : 10 to 20, + 20 to 30, * 30 to 40, # 40 to 50,
        blank: no value
        Evenings are busy.

      """)
}

@Test func sparklinesStandInRowsWithTheirRanges() {
  // Eight values of eight heights; 3 of 0 to 3 is the highest.
  #expect(
    text(PlotKinds.sparkline, width: 40, isAscii: false) == """
        visits  ▁▂▃▄▅▆▇█  0 to 7
        orders  █ █       3
        Visits rose.

      """)
  #expect(
    text(PlotKinds.sparkline, width: 40, isAscii: true) == """
        visits  _.:-=+*#  0 to 7
        orders  # #       3
        Visits rose.

      """)
  #expect(
    text(PlotKinds.sparkline, width: 60, isAscii: false) == """
        visits  ▁▂▃▄▅▆▇█  0 to 7
        orders  █ █       3
        Visits rose.

      """)
  #expect(
    text(PlotKinds.sparkline, width: 60, isAscii: true) == """
        visits  _.:-=+*#  0 to 7
        orders  # #       3
        Visits rose.

      """)
}

@Test func aTimelineNamesItsStatesOrGivesTheirLetters() {
  // 24 hours on 35 (55) columns: 12:00 lies on 34 / 2 = 17 (27), 14:00 on 19.8 (31.5), 16:00 on 22.7 (36).
  // "throttled" has no room on three (five) columns.
  #expect(
    text(PlotKinds.timeline, width: 40, isAscii: false) == """
                            1
        r1 ┃running━━━━━━━━━━━━━━━━━━━━━━━━━━━
        r2 ┃running━━━━━━━━━┃b━   ┃tripped━━━━
           Fri 25   06:00   12:00    18:00
        b throttled
        1 CRAC failed (2005-11-25 12:00)
        Rack r2 tripped at 16:00.

      """)
  #expect(
    text(PlotKinds.timeline, width: 40, isAscii: true) == """
                            1
        r1 |running===========================
        r2 |running=========|b=   |tripped====
           Fri 25   06:00   12:00    18:00
        b throttled
        1 CRAC failed (2005-11-25 12:00)
        Rack r2 tripped at 16:00.

      """)
  #expect(
    text(PlotKinds.timeline, width: 60, isAscii: false) == """
                                      1
        r1 ┃running━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
        r2 ┃running━━━━━━━━━━━━━━━━━━━┃b━━━    ┃tripped━━━━━━━━━━━
           Fri 25   04:00    08:00    12:00    16:00    20:00
        b throttled
        1 CRAC failed (2005-11-25 12:00)
        Rack r2 tripped at 16:00.

      """)
  #expect(
    text(PlotKinds.timeline, width: 60, isAscii: true) == """
                                      1
        r1 |running===============================================
        r2 |running===================|b===    |tripped===========
           Fri 25   04:00    08:00    12:00    16:00    20:00
        b throttled
        1 CRAC failed (2005-11-25 12:00)
        Rack r2 tripped at 16:00.

      """)
}
