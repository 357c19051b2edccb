import Compute
import Quantities
import Reports

/// What `probe` reports: the parts of the machine, and the cache staircase.
struct ProbePage {
  let measured: MachineMeasurement
  /// The machine as a server; nil where the measurement does not tell enough.
  let machine: OwnMachine?

  var report: Report {
    var report = Report(
      [
        .heading(
          "this machine", remark: measured.cores == 1 ? "1 core" : "\(measured.cores) cores"),
        .table(parts),
        .table(staircase),
        .plot(picture),
      ] + rooflineBlocks, facts: facts + rooflineFacts)
    report.subject = "probe"
    return report
  }

  private struct Row {
    var key: String
    var label: String
    var reading: MachineMeasurement.Reading?
    var dimension: Dimension
  }

  private var rows: [Row] {
    [
      Row(
        key: "probe.compute-rate", label: "multiply-adds, one core", reading: measured.computeRate,
        dimension: .workRate),
      Row(
        key: "probe.compute-rate.scattered", label: "the same, numbers scattered",
        reading: measured.scatteredRate, dimension: .workRate),
      Row(
        key: "probe.bandwidth.cache", label: "reading the nearest cache",
        reading: measured.staircase.first?.bandwidth, dimension: .dataRate),
      Row(
        key: "probe.bandwidth.memory", label: "reading memory",
        reading: measured.staircase.last?.bandwidth, dimension: .dataRate),
      Row(
        key: "probe.latency.cache", label: "one access, nearest cache",
        reading: measured.staircase.first?.latency, dimension: .time),
      Row(
        key: "probe.latency.memory", label: "one access, memory",
        reading: measured.staircase.last?.latency, dimension: .time),
      Row(
        key: "probe.disk.write", label: "writing the disk", reading: measured.diskWrite,
        dimension: .dataRate),
      Row(
        key: "probe.disk.read", label: "reading the disk", reading: measured.diskRead,
        dimension: .dataRate),
      Row(
        key: "probe.disk.access", label: "one access, disk", reading: measured.diskAccess,
        dimension: .time),
      Row(
        key: "probe.network.round-trip", label: "network, there and back",
        reading: measured.loopbackRoundTrip, dimension: .time),
      Row(
        key: "probe.network.rate", label: "network, to itself", reading: measured.loopbackRate,
        dimension: .dataRate),
    ]
  }

  private var parts: Table {
    Table(
      key: "probe.parts",
      columns: [.init(""), .init("median"), .init("lowest"), .init("highest")],
      rows: rows.map { row in
        guard let reading = row.reading else {
          return [.words(row.label), .none, .none, .none]
        }
        return [.words(row.label)]
          + [reading.median, reading.low, reading.high].map { value($0, row.dimension) }
      })
  }

  /// Every other working set; the picture has them all.
  private var staircase: Table {
    Table(
      key: "probe.staircase",
      columns: [.init("working set"), .init("reading"), .init("one access")],
      rows: measured.staircase.indices.filter { $0 % 2 == 1 }.map { index in
        let step = measured.staircase[index]
        return [
          .words(ProbePage.size(step.workingSet)), value(step.bandwidth.median, .dataRate),
          value(step.latency.median, .time),
        ]
      })
  }

  /// The staircase as a picture: how long an access takes, by how much data is in use.
  private var picture: Plot {
    let points = measured.staircase.map { step in
      Chart.Point(
        Double(step.workingSet), Quantity(step.latency.median, .time).count(of: Unit.nanosecond))
    }
    let chart = Chart(
      x: Axis("data in use", Unit.byte), y: Axis("one access", Unit.nanosecond),
      [Chart.Curve("one access", points)])
    return Plot(.logLog(chart), sentence: sentence)
  }

  /// Sizes of caches are powers of two, and told so.
  private static func size(_ bytes: Int) -> String {
    bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB"
  }

  private var sentence: String {
    guard let first = measured.staircase.first, let last = measured.staircase.last else {
      return ""
    }
    let times = QuantityText.significant(last.latency.median / first.latency.median, 2)
    return
      "An access to memory takes \(times) times as long as one to the nearest cache; each step "
      + "down the stairs is a cache that is full. Medians of "
      + "\(measured.computeRate.repetitions) repetitions, measured just now on this machine."
  }

  /// Rates of data are told in bytes here: memory and disks are.
  private func value(_ number: Double, _ dimension: Dimension) -> Table.Cell {
    let unit: Unit
    switch dimension {
    case .dataRate: unit = Unit.named(number >= 1e9 ? "GB/s" : "MB/s") ?? .none
    case .workRate: unit = Unit.named("GFLOP/s") ?? .none
    default: return .value(.quantity(Quantity(number, dimension), Unit.base(of: dimension)))
    }
    let text = QuantityText.significant(Quantity(number, dimension).count(of: unit))
    return .words("\(text) \(unit.symbol)")
  }

  private var memory: Fact {
    guard let bytes = measured.memory, let unit = Unit.named("GB") else {
      return Fact("probe.memory", .undefined("it was not measured"), .measured(repetitions: 0))
    }
    return Fact(
      "probe.memory", .quantity(Quantity(Double(bytes), .data), unit), .measured(repetitions: 1))
  }

  private var speed: Fact {
    guard let speed = machine?.speed else {
      return Fact("probe.core-speed", .undefined("it was not measured"), .measured(repetitions: 0))
    }
    return Fact(
      "probe.core-speed", .quantity(Quantity(speed.median), .none), low: speed.low,
      high: speed.high, .measured(repetitions: speed.repetitions))
  }

  private var facts: [Fact] {
    let cores = Fact("probe.cores", .count(measured.cores), .measured(repetitions: 1))
    let share = Fact(
      "probe.compute-rate.share",
      measured.computeRate.median > 0
        ? .share(measured.scatteredRate.median / measured.computeRate.median)
        : .undefined("no compute rate was measured"),
      .measured(repetitions: measured.scatteredRate.repetitions))
    return [cores, share, memory, speed]
      + rows.map { row in
        guard let reading = row.reading,
          let unit = ProbeCommand.declaration.facts.first(where: { $0.key == row.key })?.unit
        else { return Fact(row.key, .undefined("it was not measured"), .measured(repetitions: 0)) }
        let quantity = Quantity(reading.median, row.dimension)
        return Fact(
          row.key, .quantity(quantity, unit),
          low: Quantity(reading.low, row.dimension).count(of: unit),
          high: Quantity(reading.high, row.dimension).count(of: unit),
          .measured(repetitions: reading.repetitions))
      }
  }
}
