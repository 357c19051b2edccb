import Quantities

/// The law of the service times.
package enum ServiceLaw: String, CaseIterable, Hashable, Sendable, Codable {
  case exponential, deterministic, erlang, hyperexponential, lognormal

  /// The coefficient of variation when none is asked for.
  ///
  /// `Chosen:` where the law leaves a choice, a clear step away from the exponential law's 1.
  package var usualCoefficientOfVariation: Double {
    switch self {
    case .exponential, .lognormal: 1
    case .deterministic: 0
    case .erlang: 0.5
    case .hyperexponential: 2
    }
  }

  /// The coefficients of variation that the law can have (Erlang's: 1/√k for whole k).
  ///
  /// `Chosen:` at most 20. Beyond, the mean of a run hangs on a handful of customers.
  package var coefficientsOfVariation: ClosedRange<Double> {
    switch self {
    case .exponential: 1...1
    case .deterministic: 0...0
    case .erlang: 0.1...1
    case .hyperexponential: 1...20
    case .lognormal: 0...20
    }
  }
}

/// Who is served when more customers are present than servers.
package enum QueueDiscipline: String, CaseIterable, Hashable, Sendable, Codable {
  /// First come, first served: the others wait in line.
  case fcfs
  /// Processor sharing: everybody is served at once, each at an equal share of the servers and at
  /// most at the speed of one.
  case ps
}

/// One stationary queue: who comes, who serves, and who is turned away or gives up.
///
/// Customers come at random (Poisson). Customer i's inter-arrival time, service and patience are
/// functions of seed and i alone, so two queues that differ in servers or discipline meet the same
/// customers.
package struct QueueParameters: Hashable, Sendable, Codable {
  /// Customers a second.
  package var arrivalRate: Double
  /// Customers a second that one server can serve.
  package var serviceRate: Double
  /// How many servers there are.
  package var servers: Int
  /// How many customers come.
  package var customers: Int
  /// The law of the service times.
  package var law: ServiceLaw
  /// Standard deviation over mean of the service times; nil for the law's usual one.
  package var coefficientOfVariation: Double?
  /// Who is served.
  package var discipline: QueueDiscipline
  /// How many customers find room, those in service included; nil for any number.
  ///
  /// Who finds none is lost.
  package var capacity: Int?
  /// The mean of the customers' patience, which is exponential; nil if it has no end.
  ///
  /// First come, first served: who has waited so long in line leaves it, lost; who is being served
  /// stays. Processor sharing, where nobody waits in line: who is not done after so long leaves.
  package var patience: TimeSpan?
  /// The seed of all random numbers.
  package var seed: UInt64

  package init(
    arrivalRate: Double, serviceRate: Double, servers: Int = 1, customers: Int = 1_000_000,
    law: ServiceLaw = .exponential, coefficientOfVariation: Double? = nil,
    discipline: QueueDiscipline = .fcfs, capacity: Int? = nil, patience: TimeSpan? = nil,
    seed: UInt64 = 1
  ) {
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.servers = servers
    self.customers = customers
    self.law = law
    self.coefficientOfVariation = coefficientOfVariation
    self.discipline = discipline
    self.capacity = capacity
    self.patience = patience
    self.seed = seed
  }

  /// The load that is offered to each server, ρ = λ/(cμ): from 1 on, work comes in faster than it
  /// can be done.
  package var offeredUtilization: Double { arrivalRate / (Double(servers) * serviceRate) }

  /// The coefficient of variation in force.
  package var serviceVariation: Double {
    coefficientOfVariation ?? law.usualCoefficientOfVariation
  }

  /// Erlang's number of phases that comes nearest to the coefficient of variation.
  var phases: Int {
    let cv = serviceVariation
    return max(1, Int(1 / (cv * cv) + 0.5))
  }

  /// How many customers a batch must hold before intervals can be had from it, in relaxation times:
  /// after (1 + cv²)/(1 − ρ)² customers the queue has forgotten most of what it was; nil with a
  /// limit, where there is no such simple rule.
  /// - Source: the heavy-traffic limit, reflected Brownian motion (Whitt, "Planning Queueing
  ///   Simulations", Management Science 35, 1989).
  var relaxationCustomers: Double? {
    guard capacity == nil, patience == nil else { return nil }
    let idle = 1 - offeredUtilization
    return (1 + serviceVariation * serviceVariation) / (idle * idle)
  }
}
