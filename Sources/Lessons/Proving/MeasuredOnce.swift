import Commands
import Compute

/// A host that measures its machine once, and tells the same again whenever it is asked.
///
/// What a lesson claims must hold on any machine, but a proof compares worlds, and a machine that was measured
/// is part of one.
///
/// A class, because all walks of a proof share what was measured.
final class MeasuredOnce: Host {
  private let host: any Host
  private var measured: MachineMeasurement?

  /// A host that asks another one.
  init(_ host: any Host) { self.host = host }

  var monotonicSeconds: Double { host.monotonicSeconds }
  var cores: Int { host.cores }
  var shelf: ModelShelf { host.shelf }
  var courseTexts: [String] { host.courseTexts }
  var allowsMeasurement: Bool { host.allowsMeasurement }
  func read(_ path: String, limit: Int) throws(HostError) -> [UInt8] {
    try host.read(path, limit: limit)
  }
  func write(_ bytes: [UInt8], to path: String) throws(HostError) {
    try host.write(bytes, to: path)
  }
  func fetch(_ source: ModelSource, checkpoint: @escaping () throws -> Void) throws -> MappedFile {
    try host.fetch(source, checkpoint: checkpoint)
  }
  func map(_ path: String) throws(HostError) -> MappedFile { try host.map(path) }
  func measureMachine(checkpoint: @escaping () throws -> Void) throws -> MachineMeasurement {
    if let measured { return measured }
    let measured = try host.measureMachine(checkpoint: checkpoint)
    self.measured = measured
    return measured
  }
}
