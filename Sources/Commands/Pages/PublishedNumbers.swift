import Facility
import Quantities
import Queueing

/// A number that somebody published or worked out by hand, beside what this program makes of it.
struct PublishedNumber {
  /// What it is about.
  enum Subject: String, CaseIterable {
    case queues, durability, network, cost, cooling, failures, cloud
  }

  var subject: Subject
  /// What it is.
  var label: String
  /// The number as published.
  var published: Double
  /// How far off it may be: half a unit of its last digit, or what is said there.
  var tolerance: Double
  /// What this build computes.
  var value: Double
  /// The unit of both.
  var unit: Unit
  /// Who published it, and when.
  var source: String

  /// Whether both are the same as far as was published.
  var agrees: Bool { abs(value - published) <= tolerance }
  /// How far off this build's is, as a share.
  var error: Double { value / published - 1 }
}

extension PublishedNumber {
  /// All of them, by subject.
  static var all: [PublishedNumber] {
    queues + durability + network + cost + cooling + failures + cloud
  }

  private static var queues: [PublishedNumber] {
    func row(
      _ label: String, _ published: Double, _ tolerance: Double, _ value: Double,
      _ source: String, _ unit: Unit = .none
    ) -> PublishedNumber {
      PublishedNumber(
        subject: .queues, label: label, published: published, tolerance: tolerance, value: value,
        unit: unit, source: source)
    }
    func response(_ share: Double) -> Double {
      ClosedForms.responsePercentile(share, arrivalRate: 0.8, serviceRate: 1, servers: 1)
    }
    func constant(_ utilization: Double) -> Double {
      ClosedForms.pollaczekKhinchine(
        utilization: utilization, serviceMean: 1, coefficientOfVariation: 0)
    }
    return [
      row(
        "15 lines, 8.108 Erlang: lost", 0.01, 5e-5,
        ClosedForms.erlangB(servers: 15, offeredLoad: 8.108), "Erlang B tables", .percent),
      row(
        "3 servers, load 2: who waits", 4.0 / 9, 1e-12,
        ClosedForms.erlangC(servers: 3, offeredLoad: 2), "by hand, 4/9", .percent),
      row(
        "2 servers at 80%: mean wait", 1.77777778, 5e-9,
        ClosedForms.waitMean(arrivalRate: 1.6, serviceRate: 1, servers: 2), "by hand, 16/9"),
      row("1 server at 80%: 95% done in", 14.9787, 5e-5, response(0.95), "by hand, 5 ln 20"),
      row("1 server at 80%: 99% done in", 23.0259, 5e-5, response(0.99), "by hand, 5 ln 100"),
      row("constant work at 50%: mean wait", 0.5, 1e-12, constant(0.5), "by hand, ρ/2(1 − ρ)"),
      row("constant work at 80%: mean wait", 2, 1e-12, constant(0.8), "by hand, ρ/2(1 − ρ)"),
      row("constant work at 95%: mean wait", 9.5, 1e-12, constant(0.95), "by hand, ρ/2(1 − ρ)"),
    ]
  }

  private static var durability: [PublishedNumber] {
    func parameters(_ scheme: StorageScheme, _ rate: Double, _ hours: Double) -> StorageParameters {
      StorageParameters(scheme: scheme, annualFailureRate: rate, repairHours: hours)
    }
    func years(
      _ label: String, _ scheme: StorageScheme, _ published: Double, _ source: String
    ) -> PublishedNumber {
      PublishedNumber(
        subject: .durability, label: "\(label): years to loss", published: published,
        tolerance: 0.02 * published,
        value: DurabilityChain(parameters(scheme, 0.0157, 24)).meanYearsToLoss, unit: .none,
        source: source)
    }
    func nines(
      _ label: String, _ rate: Double, _ published: Double, byChain: Bool, _ source: String
    ) -> PublishedNumber {
      let vault = parameters(.erasureCode(data: 17, parity: 3), rate, 156)
      return PublishedNumber(
        subject: .durability, label: label, published: published, tolerance: 0.05,
        value: byChain ? DurabilityChain(vault).nines : WindowDurability(vault).nines,
        unit: .none, source: source)
    }
    let chain = "worked out apart"
    return [
      years("2 copies", .replicas(2), 7.29e5, "by hand, (3λ + μ)/2λ²"),
      years("3 copies", .replicas(3), 1.12e10, chain),
      years("6 + 3 parts", .erasureCode(data: 6, parity: 3), 1.54e12, chain),
      nines("17 + 3, 0.41%: nines, windows", 0.0041, 11.1, byChain: false, "Backblaze 2018"),
      nines("17 + 3, 0.41%: nines, chain", 0.0041, 10.5, byChain: true, chain),
      nines(
        "17 + 3, 1.57%: nines, windows", 0.0157, 8.8, byChain: false,
        "Backblaze's way"),
      nines("17 + 3, 1.57%: nines, chain", 0.0157, 8.2, byChain: true, chain),
    ]
  }

  private static var network: [PublishedNumber] {
    let tree = NetworkTopology.fatTree(ports: 48, rate: .bitsPerSecond(1e9))
    func row(_ label: String, _ published: Double, _ value: Int) -> PublishedNumber {
      PublishedNumber(
        subject: .network, label: label, published: published, tolerance: 0, value: Double(value),
        unit: .none, source: "Al-Fares et al. 2008")
    }
    return [
      row("fat-tree of 48 ports: hosts", 27_648, tree.hosts),
      row("fat-tree of 48 ports: switches", 2_880, tree.switches),
    ]
  }

  private static var cost: [PublishedNumber] {
    let warehouse = WarehouseCost.hennessyPatterson
    let source = "Hennessy, Patterson 2012"
    let shares: [(WarehouseCost.Item, Double)] = [
      (.servers, 0.53), (.powerAndCooling, 0.20), (.power, 0.13), (.network, 0.08),
      (.building, 0.04), (.people, 0.02),
    ]
    let total = PublishedNumber(
      subject: .cost, label: "warehouse of 8 MW: a month", published: 3_786_017, tolerance: 1,
      value: warehouse.monthly.dollars, unit: .dollar, source: "by hand from their inputs")
    let loan = PublishedNumber(
      subject: .cost, label: "$10,000 at 6%, 30 years: a month", published: 59.96,
      tolerance: 0.005,
      value: Loan(principal: .dollars(10_000), annualRate: 0.06, months: 360).payment.dollars,
      unit: .dollar, source: "payment tables")
    return [loan, total]
      + shares.map { item, share in
        PublishedNumber(
          subject: .cost, label: "  of it: \(item.words)", published: share, tolerance: 0.005,
          value: warehouse.share(of: item), unit: .percent, source: source)
      }
  }

  private static var cooling: [PublishedNumber] {
    [
      PublishedNumber(
        subject: .cooling, label: "5 kW a cabinet, cooling lost: off after", published: 189,
        // Theirs is one trial; 10 % is what such trials repeat to.
        tolerance: 19, value: CoolingLoss.timeToShutdown(.kilowatts(5))?.seconds ?? .infinity,
        unit: .second, source: "Opengate 2007")
    ]
  }

  private static var failures: [PublishedNumber] {
    let year = ComponentLife.yearSeconds
    let third = ComponentKind.disk.life.failureShare(
      ageSeconds: 2 * year, withinSeconds: year)
    let daly = CheckpointInterval.daly(save: .minutes(5), meanTimeToFailure: .hours(24))
    return [
      PublishedNumber(
        subject: .failures, label: "disks that fail in year three", published: 0.086,
        tolerance: 0.002, value: third, unit: .percent, source: "Pinheiro 2007 (fitted)"),
      PublishedNumber(
        subject: .failures, label: "5 min a save, a failure a day: every",
        published: 117 * 60, tolerance: 30, value: daly.seconds, unit: .second,
        source: "Daly 2006"),
    ]
  }
}
