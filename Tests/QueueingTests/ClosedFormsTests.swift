import Foundation
import Testing

@testable import Queueing

@Suite struct ClosedFormsTests {
  @Test func `Erlang's loss formula gives the published capacity of 15 lines`() {
    // Published Erlang B tables: 15 lines carry 8.108 Erlang at a loss of 1 %.
    #expect(abs(ClosedForms.erlangB(servers: 15, offeredLoad: 8.108) - 0.01) < 1e-5)
  }

  @Test func `three servers and a load of two, by hand`() {
    // a³/6 over 1 + a + a²/2 + a³/6 = (8/6)/(19/3) = 4/19; C = B/(1 − ρ(1 − B)) = 4/9.
    #expect(abs(ClosedForms.erlangB(servers: 3, offeredLoad: 2) - 4.0 / 19) < 1e-15)
    #expect(abs(ClosedForms.erlangC(servers: 3, offeredLoad: 2) - 4.0 / 9) < 1e-15)
  }

  /// Textbook values at ρ = 0.8 and μ = 1.
  @Test(arguments: [
    (1, 0.8, 4.0), (2, 0.71111111, 1.77777778), (4, 0.59643247, 0.74554059),
    (10, 0.40918015, 0.20459008),
  ])
  func `M/M/c waits at 80 % load`(servers: Int, delayed: Double, wait: Double) {
    let load = 0.8 * Double(servers)
    #expect(abs(ClosedForms.erlangC(servers: servers, offeredLoad: load) - delayed) < 5e-9)
    let mean = ClosedForms.waitMean(arrivalRate: load, serviceRate: 1, servers: servers)
    #expect(abs(mean - wait) < 5e-9)
  }

  @Test func `M/M/1 responses are exponential`() {
    // −ln(1 − p)/(μ − λ): 14.9787 and 23.0259 at ρ = 0.8.
    for (p, expected) in [(0.5, 3.465736), (0.95, 14.978661), (0.99, 23.025851)] {
      let response = ClosedForms.responsePercentile(
        p, arrivalRate: 0.8, serviceRate: 1, servers: 1)
      #expect(abs(response - expected) < 1e-6)
    }
  }

  @Test func `M/M/c responses pass through the case of equal rates without a jump`() {
    // δ = μ where λ = (c − 1)μ.
    func median(_ rate: Double) -> Double {
      ClosedForms.responsePercentile(0.9, arrivalRate: rate, serviceRate: 1, servers: 3)
    }
    #expect(abs(median(2) - median(2 - 1e-6)) < 1e-5)
    #expect(abs(median(2) - median(2 + 1e-6)) < 1e-5)
  }

  @Test(arguments: [(0.5, 0.5), (0.8, 2.0), (0.95, 9.5)])
  func `M/D/1 waits half as long as M/M/1`(utilization: Double, wait: Double) {
    let mean = ClosedForms.pollaczekKhinchine(
      utilization: utilization, serviceMean: 1, coefficientOfVariation: 0)
    #expect(abs(mean - wait) < 1e-12)
  }

  @Test func `a queue with K places loses what the textbook says`() throws {
    // M/M/1/K: (1 − ρ)ρ^K / (1 − ρ^(K+1)).
    for (rho, places) in [(0.8, 5), (1.5, 10), (3.0, 2)] {
      let queue = try #require(
        BirthDeathQueue(
          arrivalRate: rho, serviceRate: 1, servers: 1, capacity: places, impatience: 0,
          isSharing: false))
      let expected = (1 - rho) * pow(rho, Double(places)) / (1 - pow(rho, Double(places + 1)))
      #expect(abs(queue.lostShare - expected) < 1e-12)
      // Little's law in line, for those who find room.
      var inLine = 0.0
      for (n, p) in queue.probabilities.enumerated() { inLine += p * Double(max(n - 1, 0)) }
      #expect(abs(queue.servedWaitMean - inLine / (rho * (1 - expected))) < 1e-12)
    }
  }

  @Test func `patience as short as service makes an endless number of servers`() throws {
    // With θ = μ everybody present leaves at rate μ: M/M/∞, a Poisson number with mean λ/μ. One
    // server is busy unless it is 0: utilization 1 − 1/e, and served is what the server serves.
    let queue = try #require(
      BirthDeathQueue(
        arrivalRate: 1, serviceRate: 1, servers: 1, capacity: nil, impatience: 1, isSharing: false))
    #expect(abs(queue.utilization - (1 - exp(-1))) < 1e-12)
    #expect(abs(queue.lostShare - exp(-1)) < 1e-12)
    #expect(abs(queue.customersMean - 1) < 1e-12)
  }

  @Test func `what is not lost is served, with places, patience and servers of any kind`() throws {
    for isSharing in [false, true] {
      for (rate, capacity, impatience) in [(7.0, 12, 0.3), (2.0, 4, 2.0), (5.0, nil, 0.1)] {
        let queue = try #require(
          BirthDeathQueue(
            arrivalRate: rate, serviceRate: 1, servers: 4, capacity: capacity,
            impatience: impatience, isSharing: isSharing))
        #expect(abs(rate * (1 - queue.lostShare) - 4 * queue.utilization) < 1e-10)
      }
    }
  }

  @Test func `a chain with too many states has no theory`() {
    let endless = QueueParameters(
      arrivalRate: 100, serviceRate: 1, patience: .days(300))
    #expect(QueueTheory(endless).waitMean == nil)
  }

  @Test func `each queue has the theory that exists for it`() {
    func formula(
      _ servers: Int = 1, _ law: ServiceLaw = .exponential, _ discipline: QueueDiscipline = .fcfs,
      capacity: Int? = nil, isPatient: Bool = true
    ) -> QueueFormula? {
      QueueTheory(
        QueueParameters(
          arrivalRate: 0.8 * Double(servers), serviceRate: 1, servers: servers, law: law,
          discipline: discipline, capacity: capacity, patience: isPatient ? nil : .seconds(3))
      ).waitMean?.formula
    }
    #expect(formula() == .erlangC)
    #expect(formula(3) == .erlangC)
    #expect(formula(1, .deterministic) == .pollaczekKhinchine)
    #expect(formula(2, .lognormal) == .allenCunneen)
    #expect(formula(2, .hyperexponential, .ps) == .processorSharing)
    #expect(formula(2, .erlang, capacity: 2) == .erlangB)
    #expect(formula(2, capacity: 5) == .birthDeath)
    #expect(formula(2, isPatient: false) == .birthDeath)
    #expect(formula(2, .erlang, capacity: 5) == nil)
    #expect(formula(2, .erlang, .ps, capacity: 5) == .processorSharing)
    #expect(formula(2, .erlang, .ps, isPatient: false) == nil)
  }
}
