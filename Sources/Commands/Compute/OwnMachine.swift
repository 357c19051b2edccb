import Catalogs
import Compute
import Reports

/// The machine that the program runs on as a server of the catalog: what was measured of it, and what had to
/// be chosen.
struct OwnMachine {
  /// How fast a core is for pages, that of the server of 2004 being 1.
  let speed: MachineMeasurement.Reading
  /// How many cores it is worth when all of them compute.
  let cores: Int
  private let measured: MachineMeasurement
  private let reference: Catalog.Machine.Figure
  private let memory: Int
  /// How many times the sums of one core all of them do together, at best.
  private let together: Double

  /// The server that a measurement makes; nil if it lacks something, as a recording of before does, or if
  /// it is none that a catalog would take.
  init?(_ measured: MachineMeasurement) {
    guard let peak = measured.plainPeak, peak.oneCore.low > 0, let memory = measured.memory,
      let reference = Catalog.machine("server-2004")?.computeRate
    else { return nil }
    self.measured = measured
    self.reference = reference
    self.memory = memory
    speed = peak.oneCore.scaled(by: 1 / reference.value)
    // The best of the slices: in the others programs beside this one may have had a core.
    together = peak.allCores.high / peak.oneCore.median
    cores = Int(min(max(1, together + 0.5), Double(measured.cores)))
    guard (0.01...1_000).contains(speed.median), (1...4_096).contains(cores),
      (1_000_000...1_000_000_000_000_000).contains(memory)
    else { return nil }
  }

  /// What there is to say of it beside its numbers: what it is, and what nobody can measure from within.
  private struct Body {
    let name: String
    let price: String
    let idle: String
    let peak: String
    let height: String
    let mass: String
    let reason: String
  }

  private var body: Body {
    switch measured.chassis {
    case .laptop:
      Body(
        name: "laptop", price: "$1,000", idle: "10 W", peak: "60 W", height: "1 U", mass: "2 kg",
        reason: "a usual laptop, whose charger gives 65 W; the firmware says that this is one")
    case .server:
      Body(
        name: "server", price: "$15,000", idle: "140 W", peak: "760 W", height: "1 U",
        mass: "20 kg",
        reason: "as 1u-2024, its fans included; the firmware says that this is a server")
    case .desktop:
      Body(
        name: "desktop", price: "$1,000", idle: "50 W", peak: "200 W", height: "4 U", mass: "10 kg",
        reason: "a usual desktop, which lies in the rack; the firmware says that this is one")
    case nil:
      Body(
        name: "machine", price: "$1,000", idle: "50 W", peak: "200 W", height: "4 U", mass: "10 kg",
        reason:
          "a usual desktop, which lies in the rack; the system does not tell what this is built as"
      )
    }
  }

  private var size: String {
    "\(counted(cores, "core")), \(QuantityText.significant(Double(memory) / 1e9)) GB"
  }

  /// What it is, in a sentence that says how to have it.
  var sentence: String {
    "'buy server \(Catalog.ownMachineID)' puts a \(body.name) like this into the shop, whatever the date: "
      + "\(size), each core \(QuantityText.significant(speed.median)) times as fast as that of 2004.\(missing) "
      + "Its price of \(body.price) and its \(body.peak) are chosen; 'source \(Catalog.ownMachineID)' tells why."
  }

  /// Why it is worth fewer cores than the system counts; nothing where it is not.
  private var missing: String {
    guard cores < measured.cores else { return "" }
    return
      " The system counts \(counted(measured.cores, "core")): two may share what computes, or other "
      + "programs kept some busy; 'probe' measures again."
  }

  /// Its entry in a catalog; shops begin in 1990 at the earliest, and it is sold from then on.
  ///
  /// The speed is the ratio of two rates of multiply-adds with plain vectors: the one measured, and the one on
  /// the label of the server of 2004, whose speed is 1.
  var entry: String {
    let figures = [
      ("cores", "\(cores)"), ("speed", QuantityText.significant(speed.median, 4)),
      ("memory", "\(QuantityText.significant(Double(memory) / 1e9, 4)) GB"), ("disks", "1"),
      ("idle", body.idle), ("peak", body.peak), ("fans", "0 W"), ("fan-speed-min", "100%"),
      ("rise", "12 K"), ("throttles", "35 C"), ("trips", "40 C"), ("height", body.height),
      ("mass", body.mass),
    ]
    return """
      - id: \(Catalog.ownMachineID)
        kind: server
        summary: "this \(body.name), \(size)"
        sold: 1990..
        price:
          1990: \(body.price)

      """ + figures.map { "  \($0): \($1)\n" }.joined() + "  sources:\n"
        + sources.map { "    - for: \($0)\n      is: \"\($1)\"\n" }.joined()
  }

  private var sources: [(figures: String, text: String)] {
    let rate = measured.plainPeak.map { rates($0.oneCore) } ?? ""
    return [
      (
        "speed",
        "Measured: \(rate) with plain vectors on one core, over the \(gigaflops(reference.value)) of the server "
          + "of 2004, whose speed is 1: \(reference.source). Chosen: pages gain as these sums do, the one "
          + "rate that is known of both; what waits for memory gained less"
      ),
      (
        "cores",
        "Measured: the system counts \(measured.cores), which together do \(QuantityText.significant(together)) "
          + "times the sums of one at best; two threads of a core share what computes"
      ),
      ("memory", "Measured: as the system tells it"),
      (
        "price idle peak height mass",
        "Chosen: \(body.reason). It is there at any date, being yours"
      ),
      (
        "disks fans fan-speed-min rise throttles trips",
        "Chosen: one disk; air as for the server of 2004, its fans being part of its power"
      ),
    ]
  }

  private func rates(_ reading: MachineMeasurement.Reading) -> String {
    "\(gigaflops(reading.median)), median of \(reading.repetitions) repetitions between "
      + "\(QuantityText.significant(reading.low / 1e9)) and \(gigaflops(reading.high)),"
  }

  private func gigaflops(_ rate: Double) -> String {
    "\(QuantityText.significant(rate / 1e9)) GFLOP/s"
  }
}

extension MachineMeasurement.Reading {
  /// The same reading in another measure.
  fileprivate func scaled(by factor: Double) -> MachineMeasurement.Reading {
    var copy = self
    copy.median *= factor
    copy.low *= factor
    copy.high *= factor
    return copy
  }
}
