import Catalogs
import Quantities
import Reports
import WorldModel

/// The page `show machines`: this machine, if it was measured, beside those of the catalog.
struct MachinesPage {
  /// The latest report of `probe`, or nil.
  let probe: Findings?

  var blocks: [Block] {
    [
      .heading("machines side by side", remark: ""),
      .table(
        Table(
          key: "machines",
          columns: [.init(""), .init("computes"), .init("reads memory"), .init("draws")],
          rows: own + Catalog.machines.flatMap(rows))),
      .paragraph(sentence),
    ]
  }

  private var own: [[Table.Cell]] {
    guard let rate = figure("probe.compute-rate"), let memory = figure("probe.bandwidth.memory")
    else { return [] }
    return [[.words("this machine, one core"), rate, memory, .none]]
  }

  private func figure(_ key: String) -> Table.Cell? {
    probe?.facts.first { $0.key == key }.map { .value($0.value) }
  }

  private func rows(_ machine: Catalog.Machine) -> [[Table.Cell]] {
    let label = "\(machine.summary), by its label"
    var rows = [
      [
        .words(label), cell(machine, "compute-rate"), cell(machine, "bandwidth"),
        cell(machine, "power"),
      ]
    ]
    if machine.measuredRate != nil {
      rows.append([.words("the same, best measured"), cell(machine, "measured-rate"), .none, .none])
    }
    return rows
  }

  private func cell(_ machine: Catalog.Machine, _ name: String) -> Table.Cell {
    let key = "machines.\(machine.id).\(name)"
    guard let fact = machine.facts.first(where: { $0.key == key }) else { return .none }
    return .value(.quantity(Quantity(fact.figure.value, fact.unit.dimension), fact.unit))
  }

  private var sentence: String {
    let rest =
      "Numbers of 32 bits; the accelerator's have 16. "
      + "'source machines.accelerator.compute-rate' tells where a figure comes from."
    return probe == nil ? "'probe' measures this machine and puts it here too. " + rest : rest
  }

  /// The figures as facts of the report.
  var facts: [Fact] {
    Catalog.machines.flatMap(\.facts).map { fact in
      Fact(
        fact.key, .quantity(Quantity(fact.figure.value, fact.unit.dimension), fact.unit),
        .given(source: fact.figure.source))
    }
  }
}
