import Randomness

/// What queueing theory knows without simulating.
package enum ClosedForms {
  /// Erlang's loss formula: the share that finds all lines busy, offered load in Erlang.
  ///
  /// Holds for any law of the service times with the same mean.
  /// - Source: A. K. Erlang, 1917; the recursion B_k = a·B_(k−1) / (k + a·B_(k−1)) in Kleinrock,
  ///   "Queueing Systems", volume 1, 1975, section 3.6. Insensitivity: Sevastyanov, 1957.
  package static func erlangB(servers: Int, offeredLoad a: Double) -> Double {
    var blocked = 1.0
    for k in 1...servers { blocked = a * blocked / (Double(k) + a * blocked) }
    return blocked
  }

  /// Erlang's delay formula: the share that has to wait when nobody is lost.
  /// - Source: A. K. Erlang, 1917; Kleinrock, section 3.5. Exponential service, load below servers.
  package static func erlangC(servers: Int, offeredLoad a: Double) -> Double {
    let blocked = erlangB(servers: servers, offeredLoad: a)
    let utilization = a / Double(servers)
    return blocked / (1 - utilization * (1 - blocked))
  }

  /// The mean wait in M/M/c, in the unit of 1/rate.
  package static func waitMean(arrivalRate: Double, serviceRate: Double, servers: Int) -> Double {
    erlangC(servers: servers, offeredLoad: arrivalRate / serviceRate)
      / (Double(servers) * serviceRate - arrivalRate)
  }

  /// The response time in M/M/c, first come, first served, that the share `p` do not exceed.
  ///
  /// The wait is 0 with 1 − C and otherwise exponential with rate δ = cμ − λ; the service is added.
  /// Found by halving an interval, as the sum has no inverse in closed form.
  package static func responsePercentile(
    _ p: Double, arrivalRate: Double, serviceRate mu: Double, servers: Int
  ) -> Double {
    let waits = erlangC(servers: servers, offeredLoad: arrivalRate / mu)
    let delta = Double(servers) * mu - arrivalRate
    func tail(_ t: Double) -> Double {
      let service = Portable.exp(-mu * t)
      guard abs(delta - mu) > 1e-7 * mu else { return service * (1 + waits * mu * t) }
      let sum = (delta * service - mu * Portable.exp(-delta * t)) / (delta - mu)
      return (1 - waits) * service + waits * sum
    }
    var low = 0.0
    var high = 1 / mu
    while tail(high) > 1 - p { high *= 2 }
    for _ in 0..<100 {
      let middle = (low + high) / 2
      if tail(middle) > 1 - p { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  /// The mean wait in M/G/1, first come, first served.
  /// - Source: Pollaczek, 1930, and Khinchine, 1932: W = ρ/(1 − ρ) · (1 + cv²)/2 · E[S]; Kleinrock,
  ///   section 5.6.
  package static func pollaczekKhinchine(
    utilization: Double, serviceMean: Double, coefficientOfVariation cv: Double
  ) -> Double {
    utilization / (1 - utilization) * (1 + cv * cv) / 2 * serviceMean
  }

  /// About the mean wait in M/G/c, first come, first served: M/M/c's, times (1 + cv²)/2.
  ///
  /// An approximation: exact for cv = 1 and for one server, some per cent off otherwise.
  /// - Source: Allen, "Probability, Statistics, and Queueing Theory", 2nd edition, 1990, chapter 5
  ///   (Allen and Cunneen).
  package static func allenCunneen(
    arrivalRate: Double, serviceRate: Double, servers: Int, coefficientOfVariation cv: Double
  ) -> Double {
    waitMean(arrivalRate: arrivalRate, serviceRate: serviceRate, servers: servers)
      * (1 + cv * cv) / 2
  }
}

/// M/M/c with a limit: the number of customers goes up and down by one, and the share of time at
/// each number follows from the balance of the two: p(n+1) · deaths(n+1) = p(n) · λ.
///
/// - Source: Kleinrock, "Queueing Systems", volume 1, 1975, chapter 3 (birth–death queueing systems);
///   with impatience Palm, 1957, and Garnett, Mandelbaum, Reiman, "Designing a Call Center with
///   Impatient Customers", Manufacturing & Service Operations Management 4, 2002 (Erlang A).
package struct BirthDeathQueue {
  package let arrivalRate: Double
  package let serviceRate: Double
  package let servers: Int
  package let capacity: Int?
  /// How fast a customer who is exposed to it gives up; 0 for never.
  package let impatience: Double
  /// Whether customers in service give up as well (processor sharing) or only those in line.
  package let isSharing: Bool
  /// The share of time with n customers.
  package let probabilities: [Double]

  /// `Chosen:` 16 MB of states; a line of millions is past any use.
  static let stateCountMax = 2_000_000

  /// The steady state; nil if it has too many states to count.
  package init?(
    arrivalRate: Double, serviceRate: Double, servers: Int, capacity: Int?, impatience: Double,
    isSharing: Bool
  ) {
    precondition(capacity != nil || impatience > 0, "without a limit the states have no end")
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.servers = servers
    self.capacity = capacity
    self.impatience = impatience
    self.isSharing = isSharing

    var weights = [1.0]
    var sum = 1.0
    while weights.count - 1 < capacity ?? .max {
      let n = weights.count
      let exposed = isSharing ? n : max(n - servers, 0)
      let deaths = Double(min(n, servers)) * serviceRate + Double(exposed) * impatience
      let next = weights[n - 1] * arrivalRate / deaths
      // Past the top, deaths outnumber births ever more: what follows is less than a geometric sum.
      if arrivalRate < deaths / 2, next < 1e-18 * sum { break }
      guard n < BirthDeathQueue.stateCountMax else { return nil }
      weights.append(next)
      sum += next
      if next > 1e250 {
        // Weights rise up to here, so before one that is too small for a Double all are.
        var index = weights.count - 1
        while index >= 0, weights[index] > 0 {
          weights[index] *= 1e-250
          index -= 1
        }
        sum *= 1e-250
      }
    }
    probabilities = weights.map { $0 / sum }
  }

  private func mean(_ value: (Int) -> Double) -> Double {
    var sum = 0.0
    for (n, probability) in probabilities.enumerated() { sum += probability * value(n) }
    return sum
  }

  /// The share of the servers at work.
  package var utilization: Double { mean { Double(min($0, servers)) } / Double(servers) }

  /// The mean number of customers.
  package var customersMean: Double { mean { Double($0) } }

  /// The share that finds no room.
  package var blockedShare: Double {
    guard let capacity, capacity < probabilities.count else { return 0 }
    return probabilities[capacity]
  }

  /// The share that finds no room or gives up.
  package var lostShare: Double {
    let exposed = isSharing ? customersMean : mean { Double(max($0 - servers, 0)) }
    return blockedShare + impatience * exposed / arrivalRate
  }

  /// The mean wait of those who are served, first come, first served.
  ///
  /// Who finds k in line passes k + 1 stages. Stage j, with j left to go, ends at rate cμ + jθ; it
  /// ends with giving up at rate θ, which leaves cμ/(cμ + (k+1)θ) over all stages. How a stage ends
  /// does not depend on how long it took.
  package var servedWaitMean: Double {
    let work = Double(servers) * serviceRate
    var served = 0.0
    var waited = 0.0
    var stages = 0.0
    for (n, probability) in probabilities.enumerated() where n < capacity ?? .max {
      if n < servers {
        served += probability
      } else {
        let rate = work + Double(n - servers + 1) * impatience
        stages += 1 / rate
        served += probability * work / rate
        waited += probability * work / rate * stages
      }
    }
    return waited / served
  }
}
