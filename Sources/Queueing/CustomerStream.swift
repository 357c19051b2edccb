import Quantities
import Randomness

/// Who comes: the random numbers of all customers, by number.
struct CustomerStream<Service: Distribution> {
  let count: Int
  private let interArrival: Exponential
  private let service: Service
  private let patienceMean: Double?
  private let arrivals: RandomStream
  private let services: RandomStream
  private let patiences: RandomStream

  init(_ parameters: QueueParameters, service: Service) {
    count = parameters.customers
    interArrival = Exponential(mean: 1 / parameters.arrivalRate)
    self.service = service
    patienceMean = parameters.patience?.seconds
    arrivals = RandomStream(seed: parameters.seed, name: "queue.arrivals")
    services = RandomStream(seed: parameters.seed, name: "queue.service")
    patiences = RandomStream(seed: parameters.seed, name: "queue.patience")
  }

  /// The span between the customer before and this one.
  func interArrivalTime(of customer: Int) -> TimeSpan {
    span(interArrival.sample(arrivals.entity(customer)))
  }

  /// The work that the customer brings, in seconds of one server.
  func serviceTime(of customer: Int) -> TimeSpan {
    span(service.sample(services.entity(customer)))
  }

  /// How long the customer puts up with it; nil for ever.
  func patience(of customer: Int) -> TimeSpan? {
    guard let patienceMean else { return nil }
    return span(patienceMean * patiences.entity(customer).exponential(0))
  }

  /// Cut off at 20 years, so that no sum leaves virtual time: with the longest mean that is allowed,
  /// 18 days, it is 400 times the mean.
  private func span(_ seconds: Double) -> TimeSpan { .seconds(min(seconds, 6.31152e8)) }
}
