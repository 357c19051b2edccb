import Rendering
import Reports
import Testing

private func text(_ plot: Plot, width: Int, isAscii: Bool) -> String {
  TextRenderer(style: TextStyle(width: width, isAscii: isAscii)).text([.plot(plot)])
}

@Test func twoLogarithmicAxesMakeAPowerAStraightLine() {
  // Ten times the array, ten times the time: a diagonal from corner to corner, which crosses 10 ms half
  // way, at 100 KB. The last value, zero, has no place, and says so.
  #expect(
    text(PlotKinds.logLog, width: 40, isAscii: false) == """
        The staircase
        access
        100 ms ┤                             ⢀
               │                          ⢀⠤⠊⠁
               │                       ⢀⡠⠒⠁
               │                    ⢀⡠⠒⠁
               │                  ⡠⠒⠁
         10 ms ┤               ⡠⠔⠉
               │            ⡠⠔⠉
               │         ⡠⠔⠉
               │      ⡠⠔⠉
               │   ⡠⠔⠉
          1 ms ┼⡠⠔⠉
                10 KB       100 KB        1 MB
                                         array
        1 value of zero or less: a logarithmic
          axis has no place for that.
        Ten times the array takes ten times as
        long.

      """)
  #expect(
    text(PlotKinds.logLog, width: 40, isAscii: true) == """
        The staircase
        access
        100 ms +                             _
               |                          _-'
               |                       _-'
               |                     _:
               |                  _-'
         10 ms +               _-'
               |            _-'
               |         _-'
               |      _-'
               |   _-'
          1 ms +_-'
                10 KB       100 KB        1 MB
                                         array
        1 value of zero or less: a logarithmic
          axis has no place for that.
        Ten times the array takes ten times as
        long.

      """)
  #expect(
    text(PlotKinds.logLog, width: 60, isAscii: false) == """
        The staircase
        access
        100 ms ┤                                                 ⣀
               │                                            ⣀⡠⠔⠒⠉
               │                                       ⢀⡠⠤⠒⠉
               │                                  ⢀⡠⠤⠒⠉⠁
               │                             ⢀⣀⠤⠒⠉⠁
         10 ms ┤                        ⢀⣀⠤⠒⠊⠁
               │                   ⢀⣀⠤⠒⠊⠁
               │              ⢀⣀⠤⠒⠊⠁
               │         ⢀⣀⠤⠒⠊⠁
               │    ⢀⣀⠤⠒⠊⠁
          1 ms ┼⣀⠤⠒⠊⠁
                10 KB                 100 KB                  1 MB
                                                             array
        1 value of zero or less: a logarithmic axis has no place
          for that.
        Ten times the array takes ten times as long.

      """)
  #expect(
    text(PlotKinds.logLog, width: 60, isAscii: true) == """
        The staircase
        access
        100 ms +                                                 _
               |                                            _--''
               |                                       __-''
               |                                  __-''
               |                             __--'
         10 ms +                         _--'
               |                    _--''
               |               _--''
               |          _--''
               |     _--''
          1 ms +_--''
                10 KB                 100 KB                  1 MB
                                                             array
        1 value of zero or less: a logarithmic axis has no place
          for that.
        Ten times the array takes ten times as long.

      """)
}

@Test func stairsHoldUntilTheNextValueAndMarksAreNumbered() {
  // Four hours on a picture of 34 and 54 columns: the second hour is over in the middle, at column 17
  // and 27. The limit of 4 lies on the row of its tick.
  #expect(
    text(PlotKinds.stairs, width: 40, isAscii: false) == """
        demand                      2005-11-25
                             1
        10 ┤                 ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
           │                 ⡇
         8 ┤                 ⡇
           │                 ⡇
         6 ┤                 ⡇
           │                 ⡇
         4 ┤┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈⡇┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈2
           │                 ⡇
         2 ┤                 ⡇
           │                 ⡇
         0 ┼⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡇
            Fri 25  01:00    02:00   03:00
        1 CRAC failed (2005-11-25 02:00)
        2 the limit (4)
        It rose at two.

      """)
  #expect(
    text(PlotKinds.stairs, width: 40, isAscii: true) == """
        demand                      2005-11-25
                             1
        10 +                 _________________
           |                 |
         8 +                 |
           |                 |
         6 +                 |
           |                 |
         4 +.................|...............2
           |                 |
         2 +                 |
           |                 |
         0 +_________________|
            Fri 25  01:00    02:00   03:00
        1 CRAC failed (2005-11-25 02:00)
        2 the limit (4)
        It rose at two.

      """)
  #expect(
    text(PlotKinds.stairs, width: 60, isAscii: false) == """
        demand                                          2005-11-25
                                       1
        10 ┤                           ⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀
           │                           ⡇
         8 ┤                           ⡇
           │                           ⡇
         6 ┤                           ⡇
           │                           ⡇
         4 ┤┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈⡇┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈2
           │                           ⡇
         2 ┤                           ⡇
           │                           ⡇
         0 ┼⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⡇
            Fri 25       01:00         02:00        03:00
        1 CRAC failed (2005-11-25 02:00)
        2 the limit (4)
        It rose at two.

      """)
  #expect(
    text(PlotKinds.stairs, width: 60, isAscii: true) == """
        demand                                          2005-11-25
                                       1
        10 +                           ___________________________
           |                           |
         8 +                           |
           |                           |
         6 +                           |
           |                           |
         4 +...........................|.........................2
           |                           |
         2 +                           |
           |                           |
         0 +___________________________|
            Fri 25       01:00         02:00        03:00
        1 CRAC failed (2005-11-25 02:00)
        2 the limit (4)
        It rose at two.

      """)
}

@Test func pointsOfTwoCurvesBearTheirLetters() {
  // From 0 to 100 over 34 and 54 columns, 50 lies on column 33 / 2 and 53 / 2, rounded up: 17 and 27.
  // 5 s lies half way between the rows of 4 and 6.
  #expect(
    text(PlotKinds.scatter, width: 40, isAscii: false) == """
         s  wait   a old   b new
        10 ┤b                                a
           │
         8 ┤
           │
         6 ┤
           │                 a
         4 ┤
           │
         2 ┤
           │
         0 ┼a                                b
            0               50             100
                                      load (%)
        New and old cross.

      """)
  #expect(
    text(PlotKinds.scatter, width: 40, isAscii: true) == """
         s  wait   a old   b new
        10 +b                                a
           |
         8 +
           |
         6 +
           |                 a
         4 +
           |
         2 +
           |
         0 +a                                b
            0               50             100
                                      load (%)
        New and old cross.

      """)
  #expect(
    text(PlotKinds.scatter, width: 60, isAscii: false) == """
         s  wait   a old   b new
        10 ┤b                                                    a
           │
         8 ┤
           │
         6 ┤
           │                           a
         4 ┤
           │
         2 ┤
           │
         0 ┼a                                                    b
            0                         50                       100
                                                          load (%)
        New and old cross.

      """)
  #expect(
    text(PlotKinds.scatter, width: 60, isAscii: true) == """
         s  wait   a old   b new
        10 +b                                                    a
           |
         8 +
           |
         6 +
           |                           a
         4 +
           |
         2 +
           |
         0 +a                                                    b
            0                         50                       100
                                                          load (%)
        New and old cross.

      """)
}

@Test func barsStandOnZeroAndHangFromIt() {
  // A quarter of 34 (54) columns each, with a gap of one dot; nothing for the missing second hour. Two
  // units are four rows, and a bar up to 2 ends below the row whose lowest dots are 2.
  #expect(
    text(PlotKinds.columns, width: 40, isAscii: false) == """
        demand                      2005-11-25
         2 ┤
           │████████
         1 ┤████████
           │████████                 ▐███████▌
         0 ┤████████                 ▐███████▌
           │                 ████████
        −1 ┤                 ████████
           │                 ████████
        −2 ┼                 ████████
            Fri 25  01:00    02:00   03:00
        It fell below zero.

      """)
  #expect(
    text(PlotKinds.columns, width: 40, isAscii: true) == """
        demand                      2005-11-25
         2 +
           |########
         1 +########
           |########                  #######
         0 +########                  #######
           |                 ########
        -1 +                 ########
           |                 ########
        -2 +                 ########
            Fri 25  01:00    02:00   03:00
        It fell below zero.

      """)
  #expect(
    text(PlotKinds.columns, width: 60, isAscii: false) == """
        demand                                          2005-11-25
         2 ┤
           │█████████████
         1 ┤█████████████
           │█████████████                           ▐████████████▌
         0 ┤█████████████                           ▐████████████▌
           │                           █████████████
        −1 ┤                           █████████████
           │                           █████████████
        −2 ┼                           █████████████
            Fri 25       01:00         02:00        03:00
        It fell below zero.

      """)
  #expect(
    text(PlotKinds.columns, width: 60, isAscii: true) == """
        demand                                          2005-11-25
         2 +
           |#############
         1 +#############
           |#############                            ############
         0 +#############                            ############
           |                           #############
        -1 +                           #############
           |                           #############
        -2 +                           #############
            Fri 25       01:00         02:00        03:00
        It fell below zero.

      """)
}
