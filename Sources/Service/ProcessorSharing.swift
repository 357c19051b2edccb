import Quantities

/// A station that works on all its jobs at once and gives each the same share.
///
/// Jobs progress at min(`jobRate`, `capacity` / n) of work a nanosecond each. So one number, the
/// work V that a job would have received since the station was last empty, tells how far all of them
/// are: a job that came at V₀ with work w is finished when V reaches V₀ + w, its tag. A heap on tags
/// makes arrivals and departures O(log n) instead of O(n).
///
/// The station says when the first job will be finished (`completion`). A tick may come early (a
/// later arrival slowed everyone down), then it just looks again; never late.
/// - Source: virtual time as in Parekh and Gallager, "A Generalized Processor Sharing Approach to
///   Flow Control in Integrated Services Networks", IEEE/ACM Transactions on Networking 1(3), 1993.
struct ProcessorSharing: Sendable, Codable {
  private struct Job: Sendable, Codable {
    var tag: Double
    var id: Int32

    func precedes(_ other: Job) -> Bool { tag < other.tag || (tag == other.tag && id < other.id) }
  }

  /// Work a nanosecond for all jobs together.
  private var capacity: Double
  /// Work a nanosecond that one job can take up alone.
  private var jobRate: Double
  /// Work a nanosecond that each job takes up now; kept because divisions are what this costs.
  private var rate: Double
  private var virtualWork = 0.0
  private var updated: Moment
  private var heap: [Job] = []
  /// When the earliest pending tick falls due; `distantFuture` if none is pending.
  private var tickDue = Moment.distantFuture

  init(capacity: Double, jobRate: Double, now: Moment) {
    self.capacity = capacity
    self.jobRate = jobRate
    rate = jobRate
    updated = now
  }

  /// How many jobs it works on.
  var count: Int { heap.count }

  private mutating func updateRate() { rate = min(jobRate, capacity / Double(heap.count)) }

  /// Lets the jobs progress up to `now`.
  mutating func advance(to now: Moment) {
    let span = now.nanoseconds &- updated.nanoseconds
    updated = now
    guard span > 0, !heap.isEmpty else { return }
    virtualWork += Double(span) * rate
    // Keeps V small, so that a nanosecond's work does not vanish in its last digit however long the
    // station is never empty: 4 s of work at full speed.
    if virtualWork > 4e9 * jobRate {
      for index in heap.indices { heap[index].tag -= virtualWork }
      virtualWork = 0
    }
  }

  /// Changes the speed from now on; call `advance` first.
  mutating func setRates(capacity: Double, jobRate: Double) {
    self.capacity = capacity
    self.jobRate = jobRate
    updateRate()
  }

  /// Takes in a job; call `advance` first.
  /// - Complexity: O(log count)
  mutating func add(_ id: Int32, work: Double) {
    if heap.isEmpty { virtualWork = 0 }
    heap.append(Job(tag: virtualWork + work, id: id))
    siftUp(from: heap.count - 1)
    updateRate()
  }

  /// Takes out a job that is finished, or nil if none is; call `advance` first.
  mutating func popFinished() -> Int32? {
    // A nanosecond's work of tolerance: moments are whole nanoseconds, and V is rounded.
    guard let first = heap.first, first.tag - virtualWork <= rate else { return nil }
    remove(at: 0)
    return first.id
  }

  /// Takes out a job before it is finished; call `advance` first.
  /// - Complexity: O(count): only who gives up pays it.
  mutating func remove(_ id: Int32) {
    guard let index = heap.firstIndex(where: { $0.id == id }) else {
      preconditionFailure("job \(id) is not among the \(heap.count) jobs of the station")
    }
    remove(at: index)
  }

  /// The moment of a tick that has to be scheduled now, or nil if one that is pending comes in time.
  mutating func tickToSchedule() -> Moment? {
    guard let first = heap.first else { return nil }
    let span = (first.tag - virtualWork) / rate
    guard span < 1e18 else { return nil }
    // Rounded up, and one more: early would be harmless but costs an event.
    let due = updated + TimeSpan(nanoseconds: Int64(max(span, 0)) + 2)
    guard due < tickDue else { return nil }
    tickDue = due
    return due
  }

  /// Notes that a tick has come.
  mutating func tickCame(at now: Moment) {
    if now >= tickDue { tickDue = .distantFuture }
  }

  /// Forgets all ticks that are pending, because nobody will hear them.
  mutating func forgetTicks() { tickDue = .distantFuture }

  private mutating func remove(at index: Int) {
    let last = heap.removeLast()
    updateRate()
    guard index < heap.count else { return }
    heap[index] = last
    siftUp(from: index)
    siftDown(from: index)
  }

  private mutating func siftUp(from start: Int) {
    var index = start
    while index > 0 {
      let parent = (index - 1) / 2
      guard heap[index].precedes(heap[parent]) else { return }
      heap.swapAt(index, parent)
      index = parent
    }
  }

  private mutating func siftDown(from start: Int) {
    var index = start
    while true {
      var child = 2 * index + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1].precedes(heap[child]) { child += 1 }
      guard heap[child].precedes(heap[index]) else { return }
      heap.swapAt(index, child)
      index = child
    }
  }
}
