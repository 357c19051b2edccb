import Cloud
import CommandLanguage
import Quantities
import StrictYAML

/// On what terms a provider takes a customer.
extension PriceBookReader {
  static func readTerms(_ root: Node, _ book: inout PriceBook, _ reader: inout YAMLReader) {
    book.quota = dated("quota", root, &reader, ["machines", "cores"], quota)
  }

  /// A quota, which counts machines or cores.
  private static func quota(_ node: Node, _ reader: inout YAMLReader) -> Quota? {
    let countsCores = reader.has("cores", of: node)
    if countsCores, reader.has("machines", of: node) {
      reader.report("bad-figure", "A quota counts 'machines' or 'cores', not both.", node)
    }
    let key = countsCores ? "cores" : "machines"
    return figure(key, .number, 1...1e6, node, &reader).map {
      countsCores ? .cores(Int($0)) : .machines(Int($0))
    }
  }
}
