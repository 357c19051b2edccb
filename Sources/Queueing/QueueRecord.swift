import Quantities
import SimulationKernel

/// What is written down while a queue runs: the same for every discipline.
///
/// The run is cut at arrivals, into a warm-up and 20 batches of equally many arrivals. What happens
/// until the next cut counts to the batch, so the work of a record is to add to the open batch.
struct QueueRecord {
  private let plan: BatchPlan
  private let servers: Int
  private var arrived = 0
  private var nextCut: Int
  private var cuts = 0
  private var lost = 0
  /// Over the whole run, the warm-up included: what laws of conservation are about.
  private(set) var totals = Totals()

  struct Totals {
    var served = 0
    var lost = 0
    /// In nanoseconds.
    var responses: Int128 = 0
  }

  private var lostByBatch: [Int] = []
  private var utilizationByBatch: [Double] = []
  private var waits = BatchMeans()
  private var responses = BatchMeans()
  private var percentiles = BatchPercentiles()
  /// Servers at work.
  private(set) var busy = TimeWeightedMean(start: .origin)
  private var lastArrival = Moment.origin
  private var busyUntilLastArrival: Int128 = 0
  private var batchStart = Moment.origin
  private var busyUntilBatchStart: Int128 = 0
  private var windowStart = Moment.origin
  private var busyUntilWindowStart: Int128 = 0

  init(_ parameters: QueueParameters) {
    plan = BatchPlan(observations: parameters.customers)
    servers = parameters.servers
    nextCut = plan.warmUp
  }

  /// How many have arrived.
  var arrivals: Int { arrived }

  /// A customer arrives, to stay or not.
  mutating func arrive(at now: Moment) {
    if arrived == nextCut { cut(at: now) }
    arrived &+= 1
    if arrived == plan.warmUp &+ plan.batchCount &* plan.batchLength {
      lastArrival = now
      busyUntilLastArrival = busy.integral(until: now)
    }
  }

  /// A customer is served, having waited so long and been here so long.
  mutating func serve(wait: TimeSpan, response: TimeSpan) {
    waits.record(wait)
    responses.record(response)
    percentiles.record(response)
    totals.served &+= 1
    totals.responses &+= Int128(response.nanoseconds)
  }

  /// A customer is turned away or gives up.
  mutating func lose() {
    lost &+= 1
    totals.lost &+= 1
  }

  /// So many servers more (or fewer) are at work.
  mutating func changeBusy(_ change: Int, at now: Moment) { busy.add(change, at: now) }

  /// So many servers are at work.
  mutating func setBusy(_ level: Int, at now: Moment) { busy.set(level, at: now) }

  /// Ends a batch: the next arrival belongs to the next one.
  private mutating func cut(at now: Moment) {
    let integral = busy.integral(until: now)
    if cuts == 0 {
      waits.discard()
      responses.discard()
      percentiles.discard()
      windowStart = now
      busyUntilWindowStart = integral
    } else {
      closeBatch(at: now, busyUntilNow: integral)
    }
    lost = 0
    batchStart = now
    busyUntilBatchStart = integral
    cuts += 1
    nextCut += plan.batchLength
  }

  private mutating func closeBatch(at now: Moment, busyUntilNow: Int128) {
    waits.closeBatch()
    responses.closeBatch()
    if cuts % 2 == 0 { percentiles.closeBatch() }
    lostByBatch.append(lost)
    let span = Double((now - batchStart).nanoseconds) * Double(servers)
    utilizationByBatch.append(Double(busyUntilNow - busyUntilBatchStart) / max(span, 1))
  }

  /// Ends the last batch, after the last customer has left, and sums up.
  ///
  /// Utilization counts until the last arrival: the emptying afterwards is no steady state.
  mutating func finish() -> QueueMeasures {
    closeBatch(at: lastArrival, busyUntilNow: busyUntilLastArrival)
    let span = Double((lastArrival - windowStart).nanoseconds) * Double(servers)
    let utilization = Double(busyUntilLastArrival - busyUntilWindowStart) / max(span, 1)
    let perBatch = Double(plan.batchLength)
    let shares = lostByBatch.map { Double($0) / perBatch }
    let lostShare =
      Double(lostByBatch.reduce(0, +)) / (perBatch * Double(plan.batchCount))
    return QueueMeasures(
      waitMean: waits.estimate,
      responseMean: responses.estimate,
      responseP50: percentiles.estimate(0.5),
      responseP95: percentiles.estimate(0.95),
      responseP99: percentiles.estimate(0.99),
      utilization: Estimate(value: utilization, batches: utilizationByBatch),
      lostShare: Estimate(value: lostShare, batches: shares))
  }
}
