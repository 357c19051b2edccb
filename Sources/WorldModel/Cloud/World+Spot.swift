import Cloud
import Quantities
import Randomness

/// Machines of the idle rest that are taken back together: one size in one zone.
struct SpotPool: Hashable, Sendable {
  var provider: String
  var size: String
  var zone: Int

  /// A number for the pool, the same in every process.
  var entity: Int {
    var hash: UInt64 = 14_695_981_039_346_656_037
    for byte in "\(provider)/\(size)/\(zone)".utf8 {
      hash = (hash ^ UInt64(byte)) &* 1_099_511_628_211
    }
    return Int(truncatingIfNeeded: hash & 0x7fff_ffff_ffff_ffff)
  }
}

extension World {
  /// The pools of which something is rented, in the order of the machines.
  var spotPools: [SpotPool] {
    var pools: [SpotPool] = []
    for machine in machines {
      guard let rental = machine.rental, rental.isSpot, rental.takenAt == nil else { continue }
      let pool = SpotPool(provider: rental.provider, size: machine.model, zone: rental.zone)
      if !pools.contains(pool) { pools.append(pool) }
    }
    return pools
  }

  /// When the machines of a pool are asked back on a day; nil if they are not.
  ///
  /// Whether a day has one, and at which second, is drawn for each pool and day, so it does not matter who
  /// asks and when. Left out: a second one on a day, and that others need more machines on some days than on
  /// others.
  func interruption(of pool: SpotPool, on date: CivilDate) -> Moment? {
    let day = Moment(date)
    guard
      let perMonth = catalog.priceBook(pool.provider)?.spot.at(day)?.value.interruptions
    else { return nil }
    let draws = RandomStream(seed: seed, name: "spot").entity(pool.entity)
    let chance = 1 - Portable.exp(-perMonth * 24 / 730)
    let number = date.daysSince1970 * 2
    guard draws.uniform(number) < chance else { return nil }
    let second = (draws.uniform(number + 1) * 86_399).rounded(.down)
    return day + .seconds(second)
  }

  /// Tells and takes back machines of the idle rest whose time has come.
  mutating func takeSpotBack() {
    for pool in spotPools {
      guard let moment = interruption(of: pool, on: now.date), moment == now else { continue }
      let notice = catalog.priceBook(pool.provider)?.spot.at(now)?.value.notice ?? .zero
      var count = 0
      for index in machines.indices {
        guard let rental = machines[index].rental, rental.isSpot, rental.takenAt == nil,
          rental.provider == pool.provider, machines[index].model == pool.size,
          rental.zone == pool.zone, machines[index].bought < now
        else { continue }
        machines[index].rental?.takenAt = now + notice
        count += 1
        // A balancer sends no more visitors to a machine that will be gone.
        if notice > .zero, entrance?.door == nil { shop?.drainServer(index) }
      }
      if count > 0, notice > .zero {
        note(.notice(count: count, at: now + notice), at: pool.provider)
      }
    }
    var taken: [String] = []
    while let index = machines.firstIndex(where: {
      $0.rental?.takenAt.map { $0 <= now } ?? false
    }) {
      taken.append(machines[index].rental?.provider ?? "")
      vanish(index)
    }
    guard let provider = taken.first else { return }
    note(.taken(count: taken.count), at: provider)
    setRemoteLine()
  }
}
