/// How much a new customer may run at a provider at once.
package enum Quota: Hashable, Sendable {
  /// So many machines, however large.
  case machines(Int)
  /// So many cores, in machines of any size.
  case cores(Int)

  /// Whether it lets so much run.
  package func allows(machines: Int, cores: Int) -> Bool {
    switch self {
    case .machines(let most): machines <= most
    case .cores(let most): cores <= most
    }
  }
}
