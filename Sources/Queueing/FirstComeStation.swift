import DequeModule
import Quantities
import Randomness
import SimulationKernel

/// Servers and a line in front of them: first come, first served.
struct FirstComeStation<Service: Distribution>: Model {
  enum Event {
    /// The next customer comes.
    case arrival
    /// A server is done.
    case departure
    /// A customer's patience is at its end.
    case giveUp(Int32)
  }

  /// A place in the line; who gives up leaves the place behind, to be skipped.
  private struct Place {
    let arrival: Moment
    let customer: Int32
    var isGone = false
  }

  private let stream: CustomerStream<Service>
  private let servers: Int
  private let capacity: Int
  private var line = Deque<Place>()
  private var waiting = 0
  private var busy = 0
  var record: QueueRecord

  init(_ parameters: QueueParameters, service: Service) {
    stream = CustomerStream(parameters, service: service)
    servers = parameters.servers
    capacity = parameters.capacity ?? .max
    record = QueueRecord(parameters)
  }

  mutating func handle(_ event: Event, _ schedule: inout Schedule<Event>) {
    switch event {
    case .arrival: arrive(&schedule)
    case .departure: depart(&schedule)
    case .giveUp(let customer): giveUp(customer)
    }
  }

  private mutating func arrive(_ schedule: inout Schedule<Event>) {
    let now = schedule.now
    let customer = record.arrivals
    record.arrive(at: now)
    if busy < servers {
      busy += 1
      record.changeBusy(1, at: now)
      serve(customer, since: now, &schedule)
    } else if busy + waiting < capacity {
      waiting += 1
      line.append(Place(arrival: now, customer: Int32(truncatingIfNeeded: customer)))
      if let patience = stream.patience(of: customer) {
        schedule.after(patience, .giveUp(Int32(truncatingIfNeeded: customer)))
      }
    } else {
      record.lose()
    }
    if customer + 1 < stream.count {
      schedule.after(stream.interArrivalTime(of: customer + 1), .arrival)
    }
  }

  /// Begins a service, by which it is known how long the customer will have been here.
  private mutating func serve(
    _ customer: Int, since arrival: Moment, _ schedule: inout Schedule<Event>
  ) {
    let wait = schedule.now - arrival
    let service = stream.serviceTime(of: customer)
    record.serve(wait: wait, response: wait + service)
    schedule.after(service, .departure)
  }

  private mutating func depart(_ schedule: inout Schedule<Event>) {
    while let next = line.popFirst() {
      guard !next.isGone else { continue }
      waiting -= 1
      serve(Int(next.customer), since: next.arrival, &schedule)
      return
    }
    busy -= 1
    record.changeBusy(-1, at: schedule.now)
  }

  /// Leaves the line, unless it was the customer's turn before.
  /// - Complexity: O(log n): the line is in order of the customers' numbers.
  private mutating func giveUp(_ customer: Int32) {
    var low = line.startIndex
    var high = line.endIndex
    while low < high {
      let middle = (low + high) / 2
      if line[middle].customer < customer { low = middle + 1 } else { high = middle }
    }
    guard low < line.endIndex, line[low].customer == customer else { return }
    line[low].isGone = true
    waiting -= 1
    record.lose()
  }
}
