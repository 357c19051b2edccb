import Quantities

extension Catalog {
  /// A machine to hold one's own against: what its maker or its testers say of it.
  package struct Machine: Sendable {
    /// A figure with where it comes from.
    package struct Figure: Sendable {
      /// The figure in base units: FLOP/s, B/s or W.
      package let value: Double
      /// Title, publisher and date, or `Chosen:` and why.
      package let source: String
    }

    /// What it is called in facts.
    package let id: String
    /// What it is, in a few words.
    package let summary: String
    /// The kind of numbers that its compute rate is about.
    package let numbers: String
    /// The compute rate on its label: every unit busy in every cycle.
    package let computeRate: Figure
    /// What testers got out of it at best, in large multiplications; nil where nobody is cited.
    package let measuredRate: Figure?
    /// How fast its memory is read at most.
    package let memoryBandwidth: Figure
    /// What it draws at work.
    package let power: Figure
  }

  /// The machines to compare with, oldest first.
  package static let machines = [
    Machine(
      id: "server-2004", summary: "a server of 2004", numbers: "32-bit",
      computeRate: .init(
        value: 11.2e9,
        source: "2.8 GHz (Dell PowerEdge 750 as tested by eWEEK, 2004) times 4 single-precision "
          + "operations a cycle (D. Kidger, 'what is a flop', Beowulf mailing list, 2003-06-18)"),
      measuredRate: nil,
      memoryBandwidth: .init(
        value: 6.4e9,
        source: "Chosen: the most that two channels of PC3200 memory carry, 3.2 GB/s each; the "
          + "test of the machine does not tell its memory's speed"),
      power: .init(
        value: 222,
        source: "Koomey, 'Estimating Total Power Consumption by Servers', 2007: mean of the "
          + "world's volume servers, 2005")),
    Machine(
      id: "accelerator", summary: "an accelerator", numbers: "16-bit",
      computeRate: .init(
        value: 2_250e12,
        source: "NVIDIA B200 SXM, dense 16-bit, as compiled from the maker's pages in "
          + "stas00/ml-engineering, compute/accelerator, 2026-08-22"),
      measuredRate: .init(
        value: 1_745e12,
        source: "best matrix multiplication found on a B200, 16-bit: stas00/ml-engineering, "
          + "compute/accelerator, 2026-08-22"),
      memoryBandwidth: .init(
        value: 8e12,
        source: "NVIDIA B200 SXM: stas00/ml-engineering, compute/accelerator, 2026-08-22"),
      power: .init(
        value: 1_000,
        source: "NVIDIA B200 SXM, as its maker rates it: stas00/ml-engineering, "
          + "compute/accelerator, 2026-08-22")),
  ]

  /// The machine of a name, or nil.
  package static func machine(_ id: String) -> Machine? { machines.first { $0.id == id } }
}
