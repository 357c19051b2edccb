import Commands
import Glibc
import Snapshots
import WorldModel

/// The snapshot beside a log: what replaying the log up to a place leads to, so that a start need not
/// replay a year.
///
/// It is a cache. One that is of another build, of another log, cut off or altered is passed over; the
/// log stays the truth.
struct SnapshotFile {
  /// Where it is.
  let path: String

  /// What is written down.
  private struct Contents: Codable {
    var semantics: Int
    var build: [Int64]
    /// The bytes of the log that lead to the snapshot, and their hash.
    var logLength: Int
    var logHash: String
    var session: SessionSnapshot
  }

  /// Writes the snapshot of a session that the log's bytes lead to.
  ///
  /// A failure is no loss, so it is not reported: the next start replays more.
  func write(_ session: Session, log: [UInt8]) {
    do {
      let payload = try SnapshotEncoder.bytes(
        of: Contents(
          semantics: Version.semantics, build: SnapshotFile.build, logLength: log.count,
          logHash: StateHash(ofBytes: log).description, session: SessionSnapshot(session)))
      let check = Array(StateHash(ofBytes: payload).description.utf8)
      try FileHost.replace(path, with: check + payload, isDurable: false, mode: 0o600)
    } catch {
      unlink(path)
    }
  }

  /// The session that the first lines of a log lead to, or nil if the snapshot is of no use.
  func session(for log: [UInt8]) -> Session? {
    do {
      let bytes = try FileHost.readAnyway(path, limit: 1 << 30)
      guard bytes.count > SnapshotFile.checkLength else { return nil }
      let payload = Array(bytes[SnapshotFile.checkLength...])
      let check = Array(StateHash(ofBytes: payload).description.utf8)
      guard bytes.starts(with: check) else { return nil }
      let contents = try SnapshotDecoder.value(Contents.self, from: payload)
      guard contents.semantics == Version.semantics, contents.build == SnapshotFile.build,
        contents.logLength <= log.count
      else { return nil }
      let covered = Array(log[..<contents.logLength])
      guard StateHash(ofBytes: covered).description == contents.logHash,
        case .statements(let lines, _, let length) = SessionLog.contents(of: covered),
        length == contents.logLength
      else { return nil }
      return contents.session.session(log: lines)
    } catch {
      return nil
    }
  }

  private static let checkLength = 32

  /// Tells builds of the program apart: the size of its file and when that was written.
  private static let build: [Int64] = {
    var status = stat()
    guard let path = CourseFolder.programPath(), stat(path, &status) == 0 else { return [] }
    return [
      Int64(status.st_size), Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec),
    ]
  }()
}
