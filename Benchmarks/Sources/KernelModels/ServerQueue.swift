import DequeModule
import Quantities
import Randomness
import SimulationKernel

/// M/M/c, first come, first served, with statistics on: the model that the C++ peer runs, and what
/// a report needs of it besides.
struct ServerQueue: Model {
  enum Event {
    case arrival
    case departure
  }

  struct Place {
    let arrival: Moment
    let customer: Int
  }

  let servers: Int
  let customers: Int
  let interArrivalMean: Double
  let arrivals: RandomStream
  let services: RandomStream
  let plan: BatchPlan

  var line = Deque<Place>()
  var arrived = 0
  var busy = TimeWeightedMean(start: .origin)
  var nextCut: Int
  var cuts = 0
  var waits = BatchMeans()
  var responses = BatchPercentiles()

  init(servers: Int, customers: Int, seed: UInt64 = 1) {
    arrivals = RandomStream(seed: seed, name: "arrivals")
    services = RandomStream(seed: seed, name: "service")
    self.servers = servers
    self.customers = customers
    interArrivalMean = 1 / (0.8 * Double(servers))
    plan = BatchPlan(observations: customers)
    nextCut = plan.warmUp
  }

  mutating func handle(_ event: Event, _ schedule: inout Schedule<Event>) {
    switch event {
    case .arrival:
      if arrived == nextCut { cut() }
      let customer = arrived
      arrived += 1
      if arrived < customers {
        let span = interArrivalMean * arrivals.entity(arrived).exponential(0)
        schedule.after(.seconds(span), .arrival)
      }
      if busy.level < servers {
        busy.add(1, at: schedule.now)
        serve(customer, since: schedule.now, &schedule)
      } else {
        line.append(Place(arrival: schedule.now, customer: customer))
      }
    case .departure:
      if let next = line.popFirst() {
        serve(next.customer, since: next.arrival, &schedule)
      } else {
        busy.add(-1, at: schedule.now)
      }
    }
  }

  private mutating func serve(
    _ customer: Int, since arrival: Moment, _ schedule: inout Schedule<Event>
  ) {
    let service = TimeSpan.seconds(services.entity(customer).exponential(0))
    let wait = schedule.now - arrival
    waits.record(wait)
    responses.record(wait + service)
    schedule.after(service, .departure)
  }

  private mutating func cut() {
    if cuts == 0 {
      waits.discard()
      responses.discard()
    } else {
      closeBatch()
    }
    cuts += 1
    nextCut += plan.batchLength
  }

  /// Ends a batch; the last one when all customers have left.
  mutating func closeBatch() {
    waits.closeBatch()
    if cuts % 2 == 0 { responses.closeBatch() }
  }
}
