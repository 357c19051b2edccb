import DequeModule
import Quantities

/// One web server: cores shared by the requests that have a worker, and a line for the others.
struct WebServer: Sendable, Codable {
  let model: ServerModel
  /// The requests that its cores work on, by the number of their visit.
  var cores: ProcessorSharing
  /// The requests that wait for a worker.
  var backlog: Deque<Int32> = []
  /// All requests that it has accepted and not yet answered or dropped, wherever they are.
  var connections = 0
  /// Whether it runs; if not, it takes no request.
  var isUp = true
  /// Whether it finishes what it has and takes nothing new, as it will be gone soon.
  var isDraining = false
  /// Whether it stands elsewhere, and sends over another line than the shop's own.
  var isRemote = false
  /// The share of its full speed at which its cores run.
  private(set) var pace = 1.0
  /// How long its cores have worked since it was added, summed over them, in nanoseconds.
  private var busyTime: Int64 = 0
  private var busyUntil: Moment

  init(model: ServerModel, now: Moment) {
    self.model = model
    busyUntil = now
    cores = ProcessorSharing(
      capacity: model.speed * Double(model.cores), jobRate: model.speed, now: now)
  }

  /// Lets its cores work up to `now`.
  mutating func advance(to now: Moment) {
    busyTime = busyTime(until: now)
    busyUntil = now
    cores.advance(to: now)
  }

  /// Changes the speed of its cores from now on; call `advance` first.
  mutating func setPace(_ pace: Double) {
    self.pace = pace
    let speed = model.speed * pace
    cores.setRates(capacity: speed * Double(model.cores), jobRate: speed)
  }

  /// How long its cores have worked up to a moment at which nothing has changed since.
  func busyTime(until now: Moment) -> Int64 {
    busyTime &+ (now.nanoseconds &- busyUntil.nanoseconds) &* Int64(busyCores)
  }

  var hasRoom: Bool { isUp && !isDraining && connections < model.workers + model.backlog }
  var hasFreeWorker: Bool { connections - backlog.count < model.workers }
  var busyCores: Int { min(cores.count, model.cores) }
}
