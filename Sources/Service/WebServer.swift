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

  init(model: ServerModel, now: Moment) {
    self.model = model
    cores = ProcessorSharing(
      capacity: model.speed * Double(model.cores), jobRate: model.speed, now: now)
  }

  var hasRoom: Bool { connections < model.workers + model.backlog }
  var hasFreeWorker: Bool { connections - backlog.count < model.workers }
  var busyCores: Int { min(cores.count, model.cores) }
}
