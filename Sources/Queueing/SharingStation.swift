import Quantities
import Randomness
import SimulationKernel

/// Servers that work on everybody at once: processor sharing.
///
/// With n customers and c servers each is served at speed min(1, c/n), all the same. So let virtual
/// time V run at that speed: a customer who brings the work x at virtual time V is done when virtual
/// time reaches its tag V + x, whoever comes or goes meanwhile. The next to be done is the one with
/// the least tag, and an arrival costs O(log n) instead of an update of all n.
///
/// A tick is an event at which somebody may be done. It may come early (somebody came in meanwhile
/// and slowed things down): then it looks and finds nothing to do. It never comes late.
struct SharingStation<Service: Distribution>: Model {
  enum Event {
    case arrival
    case tick
    /// The patience of whoever has this place is at its end.
    case giveUp(Int32)
  }

  private struct Job {
    var arrival: Moment
    var service: TimeSpan
    /// When the patience ends; tells a customer from the one who had the place before.
    var deadline: Moment
    var isPresent: Bool
  }

  private let stream: CustomerStream<Service>
  private let servers: Int
  private let capacity: Int
  private var jobs: [Job] = []
  private var freePlaces: [Int32] = []
  private var tags = TagHeap()
  private var present = 0
  /// Virtual time, in nanoseconds of a server working for one customer alone.
  private var virtualTime = 0.0
  private var updated = Moment.origin
  private var nextTick = Moment.distantFuture
  var record: QueueRecord

  init(_ parameters: QueueParameters, service: Service) {
    stream = CustomerStream(parameters, service: service)
    servers = parameters.servers
    capacity = parameters.capacity ?? .max
    record = QueueRecord(parameters)
  }

  mutating func handle(_ event: Event, _ schedule: inout Schedule<Event>) {
    advance(to: schedule.now)
    switch event {
    case .arrival: arrive(&schedule)
    case .tick: finish(at: schedule.now)
    case .giveUp(let place): giveUp(place, at: schedule.now)
    }
    scheduleTick(&schedule)
  }

  private var speed: Double { present <= servers ? 1 : Double(servers) / Double(present) }

  /// Lets virtual time catch up.
  private mutating func advance(to now: Moment) {
    virtualTime += Double((now - updated).nanoseconds) * speed
    updated = now
    // Large numbers would swallow small steps.
    if virtualTime > 0x1p44 {
      tags.subtract(virtualTime)
      virtualTime = 0
    }
  }

  private mutating func arrive(_ schedule: inout Schedule<Event>) {
    let now = schedule.now
    let customer = record.arrivals
    record.arrive(at: now)
    if present < capacity {
      let service = stream.serviceTime(of: customer)
      let patience = stream.patience(of: customer)
      let job = Job(
        arrival: now, service: service, deadline: patience.map { now + $0 } ?? .distantFuture,
        isPresent: true)
      let place = put(job)
      tags.insert(virtualTime + Double(service.nanoseconds), place: place)
      if patience != nil { schedule.at(job.deadline, .giveUp(place)) }
      setPresent(present + 1, at: now)
    } else {
      record.lose()
    }
    if customer + 1 < stream.count {
      schedule.after(stream.interArrivalTime(of: customer + 1), .arrival)
    }
  }

  private mutating func put(_ job: Job) -> Int32 {
    if let place = freePlaces.popLast() {
      jobs[Int(place)] = job
      return place
    }
    jobs.append(job)
    return Int32(jobs.count - 1)
  }

  private mutating func setPresent(_ count: Int, at now: Moment) {
    present = count
    record.setBusy(min(count, servers), at: now)
  }

  /// Lets everybody go whose tag is reached.
  private mutating func finish(at now: Moment) {
    // Half a nanosecond of tolerance for what rounding took from virtual time.
    while let first = tags.first, first.tag <= virtualTime + 0.5 {
      tags.removeFirst()
      freePlaces.append(first.place)
      let job = jobs[Int(first.place)]
      guard job.isPresent else { continue }
      jobs[Int(first.place)].isPresent = false
      let response = now - job.arrival
      record.serve(wait: max(response - job.service, .zero), response: response)
      setPresent(present - 1, at: now)
    }
    if tags.first == nil { virtualTime = 0 }
  }

  /// Leaves, unless done before; the tag stays behind and frees the place when it is reached.
  private mutating func giveUp(_ place: Int32, at now: Moment) {
    let job = jobs[Int(place)]
    guard job.isPresent, job.deadline == now else { return }
    jobs[Int(place)].isPresent = false
    record.lose()
    setPresent(present - 1, at: now)
  }

  /// Sees to it that a tick comes no later than the next tag is reached.
  private mutating func scheduleTick(_ schedule: inout Schedule<Event>) {
    if nextTick <= schedule.now { nextTick = .distantFuture }
    guard let first = tags.first else { return }
    let remaining = max(first.tag - virtualTime, 0) / speed
    // Cut and one more: the next whole nanosecond after. Far beyond a year a tick may come early.
    let due = schedule.now + TimeSpan(nanoseconds: Int64(min(remaining, 1e18)) + 1)
    guard due < nextTick else { return }
    nextTick = due
    schedule.at(due, .tick)
  }
}

/// Tags with the places of those who bear them, the least first: a binary heap.
struct TagHeap {
  struct Entry {
    var tag: Double
    var place: Int32
  }

  private var entries: [Entry] = []

  var first: Entry? { entries.first }

  /// - Complexity: O(log count)
  mutating func insert(_ tag: Double, place: Int32) {
    let entry = Entry(tag: tag, place: place)
    entries.append(entry)
    entries.withUnsafeMutableBufferPointer { entries in
      var hole = entries.count - 1
      while hole > 0 {
        let parent = (hole - 1) / 2
        guard tag < entries[parent].tag else { break }
        entries[hole] = entries[parent]
        hole = parent
      }
      entries[hole] = entry
    }
  }

  /// - Complexity: O(log count)
  mutating func removeFirst() {
    let last = entries.removeLast()
    entries.withUnsafeMutableBufferPointer { entries in
      guard !entries.isEmpty else { return }
      var hole = 0
      var child = 1
      while child < entries.count {
        if child + 1 < entries.count, entries[child + 1].tag < entries[child].tag { child += 1 }
        guard entries[child].tag < last.tag else { break }
        entries[hole] = entries[child]
        hole = child
        child = 2 * hole + 1
      }
      entries[hole] = last
    }
  }

  /// Moves all tags; their order stays.
  mutating func subtract(_ amount: Double) {
    for index in entries.indices { entries[index].tag -= amount }
  }
}
