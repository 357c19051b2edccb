import CComputeKernels
import Glibc
import Synchronization

/// What a pool and its threads share.
///
/// One word, `gate`, says whether a piece of work is open, which one, and how many workers are at it:
/// bit 0, bits 16 and up, bits 1 to 15. A worker enters by adding itself while the gate is open, and
/// nothing of the work changes before the gate is closed and the last worker has left. So a worker
/// that comes late finds the gate closed and touches nothing, and nobody waits for a worker that never
/// entered.
///
/// `@unchecked Sendable`: `work` and `chunks` are written only by the thread that holds `isBusy`, while
/// the gate is closed and empty, and read only by threads that have entered; the gate's
/// releasing store and acquiring exchange order the two. Everything else is atomic, or a lock.
final class Crew: @unchecked Sendable {
  private let gate = Atomic<UInt64>(0)
  private let next = Atomic<Int>(0)
  private let isBusy = Atomic<Bool>(false)
  private let sleeping = Atomic<Int>(0)
  private let isDismissed = Atomic<Bool>(false)
  private let bell = Bell()
  private var work: ((_ chunk: Int, _ worker: Int) -> Void)?
  private var chunks = 0

  private static let open: UInt64 = 1
  private static let worker: UInt64 = 2
  private static let workers: UInt64 = 0xfffe
  private static let turn: UInt64 = 0x1_0000
  /// `Chosen:` longer than the work between two pieces of a small transformer, short against what
  /// a sleeping thread's core could do for others.
  private static let patience: UInt64 = 50_000

  /// How many workers sleep now.
  var sleepingWorkers: Int { sleeping.load(ordering: .relaxed) }

  // MARK: - The caller

  /// Whether the caller may run; then it must.
  func begins() -> Bool { !isBusy.exchange(true, ordering: .acquiring) }

  /// Opens the work, takes part as worker 0, and waits for those that entered.
  func run(chunks count: Int, _ body: (_ chunk: Int, _ worker: Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      work = body
      chunks = count
      next.store(0, ordering: .relaxed)
      gate.add(Crew.open + Crew.turn, ordering: .sequentiallyConsistent)
      if sleeping.load(ordering: .sequentiallyConsistent) > 0 { bell.ring() }
      takeChunks(as: 0)
      gate.subtract(Crew.open, ordering: .acquiringAndReleasing)
      waitUntilEmpty()
      work = nil
    }
    isBusy.store(false, ordering: .releasing)
  }

  /// Waits awake for as long as a worker may need for its last chunk, and then lets others have the
  /// core: perhaps one of them is that worker.
  private func waitUntilEmpty() {
    var spins = 0
    while gate.load(ordering: .acquiring) & Crew.workers != 0 {
      spins += 1
      if spins < 2_000 { compute_pause() } else { sched_yield() }
    }
  }

  // A function of its own, so that its hold on the closure ends with it.
  @inline(never)
  private func takeChunks(as worker: Int) {
    guard let work else { return }
    while true {
      let chunk = next.add(1, ordering: .relaxed).oldValue
      guard chunk < chunks else { return }
      work(chunk, worker)
    }
  }

  // MARK: - Workers

  /// Starts a thread that works, under a number above 0, until dismissed; false if the system has none
  /// left.
  ///
  /// Signals stay with the threads that were there before.
  static func startWorker(_ number: Int, of crew: Crew) -> Bool {
    var everySignal = sigset_t()
    var before = sigset_t()
    sigfillset(&everySignal)
    pthread_sigmask(SIG_SETMASK, &everySignal, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let context = Unmanaged.passRetained(Post(crew: crew, number: number))
    let failure = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        let post = Unmanaged<Post>.fromOpaque(context).takeRetainedValue()
        post.crew.serve(as: post.number)
        return nil
      }, context.toOpaque())
    guard failure == 0 else {
      context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }

  /// Where a thread begins.
  private final class Post {
    let crew: Crew
    let number: Int

    init(crew: Crew, number: Int) {
      self.crew = crew
      self.number = number
    }
  }

  /// Has all workers end; none is at work.
  func dismiss() {
    isDismissed.store(true, ordering: .sequentiallyConsistent)
    bell.ring()
  }

  private func serve(as number: Int) {
    var lastTurn: UInt64 = 0
    while true {
      let seen = awaitWork(after: lastTurn)
      if isDismissed.load(ordering: .acquiring) { return }
      guard
        gate.compareExchange(
          expected: seen, desired: seen + Crew.worker, ordering: .acquiringAndReleasing
        ).exchanged
      else { continue }
      takeChunks(as: number)
      gate.subtract(Crew.worker, ordering: .acquiringAndReleasing)
      lastTurn = seen / Crew.turn
    }
  }

  private func isNew(_ seen: UInt64, after turn: UInt64) -> Bool {
    seen & Crew.open != 0 && seen / Crew.turn != turn
      || isDismissed.load(ordering: .sequentiallyConsistent)
  }

  /// The gate when it is open for work that this worker has not been at, or anything once dismissed.
  private func awaitWork(after turn: UInt64) -> UInt64 {
    let start = clock_gettime_nsec()
    var spins = 0
    while true {
      let seen = gate.load(ordering: .acquiring)
      if isNew(seen, after: turn) { return seen }
      compute_pause()
      spins += 1
      if spins % 32 == 0, clock_gettime_nsec() - start > Crew.patience { break }
    }
    return bell.sleep { isAsleep in
      sleeping.add(isAsleep ? 1 : -1, ordering: .sequentiallyConsistent)
    } until: {
      let seen = gate.load(ordering: .sequentiallyConsistent)
      return isNew(seen, after: turn) ? seen : nil
    }
  }

  private func clock_gettime_nsec() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
