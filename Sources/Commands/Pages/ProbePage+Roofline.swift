import Catalogs
import Compute
import Quantities
import Reports

// The roof over what this machine can compute: its peaks, its memory, and an accelerator's beside them.
extension ProbePage {
  static let rooflineDeclarations: [FactDeclaration] = [
    FactDeclaration(
      "probe.peak", .gauge, ProbeCommand.unit("GFLOP/s"),
      "operations of the best kernel for 32-bit numbers, all cores"),
    FactDeclaration(
      "probe.peak.one-core", .gauge, ProbeCommand.unit("GFLOP/s"), "the same on one core"),
    FactDeclaration(
      "probe.peak.plain", .gauge, ProbeCommand.unit("GFLOP/s"),
      "the same with the vectors that every such processor has, one core"),
    FactDeclaration(
      "probe.peak.bytes", .gauge, ProbeCommand.unit("GFLOP/s"),
      "the same with numbers of 8 bits, all cores"),
    FactDeclaration(
      "probe.bandwidth.all-cores", .gauge, ProbeCommand.unit("GB/s"),
      "all cores reading memory together"),
    FactDeclaration(
      "probe.ridge-point", .gauge,
      "operations for each byte from which on computing is the limit, and not memory"),
  ]

  private var floats: [MachineMeasurement.Peak] {
    measured.peaks.filter { $0.precision == .float32 }
  }

  private var best: MachineMeasurement.Peak? {
    floats.max { $0.allCores.median < $1.allCores.median }
  }

  private var bytes: MachineMeasurement.Peak? { measured.peaks.first { $0.precision != .float32 } }

  /// The peaks and the roof; nothing in a recording of before they were measured.
  var rooflineBlocks: [Block] {
    guard !measured.peaks.isEmpty, let roof = measured.roofline else { return [] }
    return [.table(peakTable), .plot(picture(roof))]
  }

  private var peakTable: Table {
    Table(
      key: "probe.peaks",
      columns: [.init("operations a second"), .init("one core"), .init("all cores")],
      rows: measured.peaks.map { peak in
        [
          .words(peak.instructionSet.words + (peak.precision == .float32 ? "" : ", 8 bits")),
          .words(ProbePage.rate(peak.oneCore)), .words(ProbePage.rate(peak.allCores)),
        ]
      })
  }

  private static func rate(_ reading: MachineMeasurement.Reading) -> String {
    QuantityText.significant(reading.median / 1e9) + " GFLOP/s"
  }

  /// From a sum that reads each number once, to a product of large matrices.
  private static let intensities = stride(from: -4.0, through: 10, by: 0.5).map { doublings in
    Double(sign: .plus, exponent: Int(doublings.rounded(.down)), significand: 1)
      * (doublings == doublings.rounded() ? 1 : 1.414)
  }

  private func picture(_ roof: Roofline) -> Plot {
    func curve(_ name: String, _ roof: Roofline) -> Chart.Curve {
      Chart.Curve(
        name,
        ProbePage.intensities.map {
          Chart.Point($0, roof.attainableRate(intensity: $0) / 1e9)
        })
    }
    var curves = [curve("this machine", roof)]
    for machine in Catalog.machines {
      guard let other = Roofline(of: machine) else { continue }
      curves.append(curve(machine.summary, other))
    }
    let chart = Chart(
      x: Axis("operations for each byte", .none),
      y: Axis("operations a second", ProbeCommand.unit("GFLOP/s")), curves)
    return Plot(.logLog(chart), sentence: sentence(roof))
  }

  private func sentence(_ roof: Roofline) -> String {
    "With fewer than \(QuantityText.significant(roof.ridgePoint, 2)) operations for each byte that comes from "
      + "memory this machine waits for memory, with more for its arithmetic. A sum of numbers has a quarter, a "
      + "product of large matrices hundreds."
  }

  var rooflineFacts: [Fact] {
    let old = FactValue.undefined("it was not measured")
    func rate(_ key: String, _ reading: MachineMeasurement.Reading?, _ dimension: Dimension) -> Fact
    {
      guard let reading else { return Fact(key, old, .measured(repetitions: 0)) }
      let unit = ProbeCommand.unit(dimension == .workRate ? "GFLOP/s" : "GB/s")
      func count(_ value: Double) -> Double { Quantity(value, dimension).count(of: unit) }
      return Fact(
        key, .quantity(Quantity(reading.median, dimension), unit), low: count(reading.low),
        high: count(reading.high), .measured(repetitions: reading.repetitions))
    }
    return [
      rate("probe.peak", best?.allCores, .workRate),
      rate(
        "probe.peak.one-core", floats.max { $0.oneCore.median < $1.oneCore.median }?.oneCore,
        .workRate),
      rate("probe.peak.plain", floats.first { $0.instructionSet == .baseline }?.oneCore, .workRate),
      rate("probe.peak.bytes", bytes?.allCores, .workRate),
      rate("probe.bandwidth.all-cores", measured.memoryBandwidth, .dataRate),
      Fact(
        "probe.ridge-point",
        measured.roofline.map { .quantity(Quantity($0.ridgePoint), .none) } ?? old,
        .measured(repetitions: best?.allCores.repetitions ?? 0)),
    ]
  }
}

extension Roofline {
  /// The roof of a machine of the catalog, by its label; nil if its label lacks something.
  fileprivate init?(of machine: Catalog.Machine) {
    func figure(_ name: String) -> Double? {
      machine.facts.first { $0.key == "machines.\(machine.id).\(name)" }?.figure.value
    }
    guard let peak = figure("compute-rate"), let bandwidth = figure("bandwidth"), peak > 0,
      bandwidth > 0
    else { return nil }
    self.init(peak: peak, bandwidth: bandwidth)
  }
}
