import Catalogs
import Quantities
import Reports
import Service
import WorldModel

/// What `trace` reports: the parts that a click passes, and what each takes of the time.
struct TracePage {
  let trip: PageTrip
  let line: Catalog.Uplink

  var report: Report {
    var report = Report(
      [
        .heading("one click, followed", remark: "page: \(text(trip.page.bytes, .byte))"),
        .table(table), .paragraph(sentence),
      ], facts: facts)
    report.subject = "trace"
    return report
  }

  private struct Part {
    var key: String
    var label: String
    var seconds: Double
    var provenance: Provenance
  }

  private var parts: [Part] {
    let chosen = Provenance.given(
      source: "chosen for a shop of 2004: 120 ms of a processor of speed 1, 12 ms of data tier, "
        + "8 ms of disk")
    return [
      Part(
        key: "trace.way", label: "\(text(trip.distance.meters, kilometer)) there and back",
        seconds: trip.waySeconds,
        provenance: .modelled(
          source: "twice the distance over the speed of light in glass, 299,792 km/s (BIPM, SI "
            + "brochure, 2019) over the index 1.468 of fibre as in ITU-T G.652")),
      Part(
        key: "trace.processor", label: "processor", seconds: trip.processorSeconds,
        provenance: chosen),
      Part(
        key: "trace.data", label: "looking up (data tier)", seconds: trip.dataSeconds,
        provenance: chosen),
      Part(key: "trace.disk", label: "disk", seconds: trip.diskSeconds, provenance: chosen),
      Part(
        key: "trace.line",
        label: "through the \(line.id) line, "
          + text(trip.line.bytesPerSecond, .megabitPerSecond),
        seconds: trip.lineSeconds,
        provenance: .modelled(
          source:
            "the page's bytes, 8 bits each, over the line's bits a second; \(line.entry.allSources)"
        )),
    ]
  }

  private var table: Table {
    Table(
      key: "trace.parts", columns: [.init("part"), .init("time", .second), .init("share")],
      rows: (parts.map { ($0.label, $0.seconds) } + [("in all", trip.totalSeconds)]).map {
        label, seconds in
        [
          .words(label), .value(.quantity(Quantity(seconds, .time), .second)),
          .value(.share(seconds / trip.totalSeconds)),
        ]
      })
  }

  private var sentence: String {
    "The line carries \(QuantityText.significant(trip.pageRate.perSecond)) such pages a second, one "
      + "behind the other. "
      + "Left out: waiting for others, detours, and the greeting of the two computers."
  }

  private var facts: [Fact] {
    let statement = Provenance.given(source: "the statement")
    return parts.map { fact($0.key, $0.seconds, .second, $0.provenance) } + [
      fact("trace.total", trip.totalSeconds, .second, .modelled(source: "the sum of the parts")),
      fact("trace.pages", trip.pageRate.perSecond, .perSecond, .computed),
      fact(
        "trace.rate", trip.line.bytesPerSecond, .megabitPerSecond,
        .given(source: line.entry.allSources)),
      fact("trace.distance", trip.distance.meters, Unit.base(of: .length), statement),
      fact("trace.page", trip.page.bytes, .byte, statement),
      fact("trace.speed", trip.speed, .none, statement),
    ]
  }

  private func fact(_ key: String, _ value: Double, _ unit: Unit, _ provenance: Provenance) -> Fact
  {
    Fact(key, .quantity(Quantity(value, unit.dimension), unit), provenance)
  }

  private var kilometer: Unit { Unit.base(of: .length) }

  private func text(_ value: Double, _ unit: Unit) -> String {
    QuantityText.text(Quantity(value, unit.dimension), unit: unit)
  }
}
