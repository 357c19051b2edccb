import Quantities
import Reports

/// Small plots of each kind, whose pictures can be checked by hand.
enum PlotKinds {
  static let friday = Moment(year: 2005, month: 11, day: 25)

  static func series(
    _ values: [Double?], key: String = "demand", unit: Unit = .none, step: TimeSpan = .hours(1)
  ) -> Series {
    Series(key: key, unit: unit, start: friday, step: step, values: values)
  }

  static func points(_ values: [(Double, Double?)]) -> [Chart.Point] {
    values.map { Chart.Point($0.0, $0.1) }
  }

  /// 1 ms at 10, 10 ms at 100, 100 ms at 1,000: a straight line between logarithmic axes.
  static let logLog = Plot(
    .logLog(
      Chart(
        x: Axis("array", Unit.named("KB") ?? .none), y: Axis("access", Unit.named("ms") ?? .none),
        [Chart.Curve("", points([(10, 1), (100, 10), (1_000, 100), (2_000, 0)]))])),
    title: "The staircase", sentence: "Ten times the array takes ten times as long.")

  static let stairs = Plot(
    .stairs(Chart(along: [series([0, 0, 10, 10])])),
    marks: [Mark(.moment(friday + .hours(2)), "CRAC failed"), Mark(.y(4), "the limit")],
    sentence: "It rose at two.")

  static let scatter = Plot(
    .scatter(
      Chart(
        x: Axis("load", .percent), y: Axis("wait", .second),
        [
          Chart.Curve("old", points([(0, 0), (50, 5), (100, 10)])),
          Chart.Curve("new", points([(0, 10), (100, 0)])),
        ])), sentence: "New and old cross.")

  static let columns = Plot(
    .columns(Chart(along: [series([2, nil, -2, 1])])), sentence: "It fell below zero.")

  static let bar = Plot(
    .bar(
      BarChart(
        Axis("power", Unit.named("W") ?? .none), names: ["web", "data", "disk"],
        [BarChart.Bars("", [400, 100, nil])])), sentence: "The web servers take most.")

  static let bars = Plot(
    .bar(
      BarChart(
        Axis("profit", .dollar), names: ["2004", "2005"],
        [BarChart.Bars("own", [-10, 20]), BarChart.Bars("rented", [5, 0])])),
    sentence: "Renting lost nothing.")

  static let histogram = Plot(
    .histogram(Histogram(of: [1, 1, 1, 2, 3, 3, 9, 10], Axis("page", .second))),
    sentence: "Most pages took less than 4 s.")

  static let box = Plot(
    .box(
      BoxChart(
        Axis("page", .second),
        [
          BoxChart.Box("web", [0, 25, 50, 75, 100]), BoxChart.Box("data", [40, 40]),
        ].compactMap { $0 })), sentence: "The web servers vary.")

  static let heat = Plot(
    .heatMap(
      HeatMap(
        Axis("visits"), columns: ["Mon", "Tue", "Wed"], rows: ["morning", "evening"],
        [[0, 10, 20], [30, nil, 50]])), sentence: "Evenings are busy.")

  static let sparkline = Plot(
    .sparkline([
      series([0, 1, 2, 3, 4, 5, 6, 7], key: "visits"), series([3, nil, 3], key: "orders"),
    ]), sentence: "Visits rose.")

  static let timeline = Plot(
    .timeline(
      Timeline([
        Timeline.Lane(
          "r1", [Timeline.Stretch(friday, friday + .hours(24), "running")]),
        Timeline.Lane(
          "r2",
          [
            Timeline.Stretch(friday, friday + .hours(12), "running"),
            Timeline.Stretch(friday + .hours(12), friday + .hours(14), "throttled"),
            Timeline.Stretch(friday + .hours(16), friday + .hours(24), "tripped"),
          ]),
      ])), marks: [Mark(.moment(friday + .hours(12)), "CRAC failed")],
    sentence: "Rack r2 tripped at 16:00.")

  static let all: [(name: String, plot: Plot)] = [
    ("line", Plot(series: [series([0, 5, nil, 10, 8])], sentence: "It rose.")),
    ("log-log", logLog), ("stairs", stairs), ("scatter", scatter), ("columns", columns),
    ("bar", bar), ("bars", bars), ("histogram", histogram), ("box", box), ("heat", heat),
    ("sparkline", sparkline), ("timeline", timeline),
  ]
}
