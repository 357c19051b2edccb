import Catalogs
import Quantities
import Reports
import WorldModel

extension FactFamily {
  /// Machines to compare with, as the catalog gives them.
  static let machines = FactFamily(
    declarations: Catalog.machines.flatMap { machine in
      machine.facts.map { fact in
        FactDeclaration(fact.key, .gauge, fact.unit, "\(machine.summary): \(fact.summary)")
      }
    },
    value: { query throws(FactUnavailable) in
      let key = query.fact.declaration.key
      guard query.window == nil else {
        throw .never(
          code: "no-window", message: "'\(key)' stands in a catalog, and no window of time has it.",
          help: "Write it without a window.")
      }
      for machine in Catalog.machines {
        if let fact = machine.facts.first(where: { $0.key == key }) {
          return .quantity(Quantity(fact.figure.value, fact.unit.dimension), fact.unit)
        }
      }
      preconditionFailure("the fact '\(key)' is declared and not in the catalog")
    })
}

extension Catalog.Machine {
  /// A figure of a machine as a fact.
  struct NamedFigure {
    /// The fact's key.
    var key: String
    /// What it is, in a few words.
    var summary: String
    /// The unit that it is given in.
    var unit: Unit
    /// The figure.
    var figure: Figure
  }

  /// The figures that there are.
  var facts: [NamedFigure] {
    let rate = unit(computeRate.value >= 1e12 ? "TFLOP/s" : "GFLOP/s")
    let bandwidth = unit(memoryBandwidth.value >= 1e12 ? "TB/s" : "GB/s")
    let optional: [(String, String, Unit, Figure?)] = [
      ("compute-rate", "\(numbers) operations, by its label", rate, computeRate),
      ("measured-rate", "\(numbers) operations, the best measured", rate, measuredRate),
      ("bandwidth", "reading its memory, by its label", bandwidth, memoryBandwidth),
      ("power", "what it draws at work", unit("W"), power),
    ]
    return optional.compactMap { name, summary, unit, figure in
      figure.map {
        NamedFigure(key: "machines.\(id).\(name)", summary: summary, unit: unit, figure: $0)
      }
    }
  }

  /// A unit that the language knows.
  private func unit(_ symbol: String) -> Unit {
    guard let unit = Unit.named(symbol) else { preconditionFailure("no unit '\(symbol)'") }
    return unit
  }
}

extension Catalog {
  /// Where a figure of a machine comes from; nil if the key is not one.
  static func machineSource(ofFact key: String) -> String? {
    machines.lazy.flatMap(\.facts).first { $0.key == key }?.figure.source
  }
}
