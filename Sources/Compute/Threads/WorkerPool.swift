import CComputeKernels
import Synchronization

/// Threads that stay and do the chunks of one piece of work after the other.
///
/// Chunks are handed out one by one, so that a thread which the system holds up holds up one chunk
/// only. The calling thread works too. Threads without work wait in a loop for about 50 µs, as the
/// next piece mostly comes soon, and then sleep until it does.
///
/// A `run` inside of a `run`, or beside one on another thread, does its chunks alone, on the thread
/// that calls it.
public final class WorkerPool: Sendable {
  /// How many threads work, the caller's included.
  public let threads: Int

  /// Memory for the time of a call.
  let scratch = Scratch()

  private let crew: Crew

  /// A pool of so many threads; 1 means the caller alone.
  /// - Precondition: at least 1.
  public init(threads: Int) {
    precondition(threads >= 1, "a pool has at least 1 thread, not \(threads)")
    let crew = Crew()
    self.crew = crew
    let workers = (1..<threads).prefix { Crew.startWorker($0, of: crew) }
    self.threads = 1 + workers.count
  }

  /// How many workers sleep now.
  var sleepingWorkers: Int { crew.sleepingWorkers }

  deinit { crew.dismiss() }

  /// Calls the body once with each of 0, 1, … `chunks` − 1, in any order and from several threads at
  /// once, and returns when all calls have.
  ///
  /// What it costs beside the calls: less than a microsecond while the workers wait awake, some
  /// microseconds to wake them.
  public func run(chunks: Int, _ body: (Int) -> Void) {
    run(chunks: chunks) { chunk, _ in body(chunk) }
  }

  /// The same in portions of at most so many chunks, with a checkpoint between them.
  ///
  /// What `checkpoint` throws ends the work; the chunks of earlier portions are done, and no others.
  public func run(
    chunks: Int, atOnce: Int, checkpoint: () throws -> Void, _ body: (Int) -> Void
  ) rethrows {
    precondition(atOnce >= 1, "a portion has at least 1 chunk, not \(atOnce)")
    for first in stride(from: 0, to: chunks, by: atOnce) {
      if first > 0 { try checkpoint() }
      run(chunks: min(atOnce, chunks - first)) { body(first + $0) }
    }
  }

  /// The same with the number of the thread, from 0 up to `threads`, for what a thread keeps near itself.
  func run(chunks: Int, _ body: (_ chunk: Int, _ worker: Int) -> Void) {
    if threads > 1, chunks > 1, crew.begins() {
      crew.run(chunks: chunks, body)
    } else {
      for chunk in 0..<max(0, chunks) { body(chunk, 0) }
    }
  }
}
