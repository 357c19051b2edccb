import Quantities
import Randomness
import SimulationKernel

// Who comes, who is let in, and who goes over to the rival.
extension CloudModel {
  mutating func deploy(shortShare: Double, _ schedule: inout Schedule<Event>) {
    let number = nextDeployment
    let draws = deploymentStream.entity(number)
    let size = deploymentSize(draws.uniform(0))
    let shape = shape(of: draws.uniform(1))
    let deployment = size > 1 ? Int32(truncatingIfNeeded: number) : -1
    nextDeployment += 1
    let account = account(of: number)
    if account >= 0, isGone[Int(account)] {
      tally.choseRival += size
      return
    }
    let isPromised =
      parameters.promised > 0 && accountStream.entity(number).uniform(1) < parameters.promised
    for member in 0..<size {
      tally.asked += 1
      tally.promisedAsked += isPromised ? 1 : 0
      let found = admit(shape, deployment, account, isPromised)
      guard case .host(let host, let isFree) = found else {
        if case .refused(let reason) = found { tally.refusals[reason, default: 0] += 1 }
        tally.promisedRefused += isPromised ? 1 : 0
        continue
      }
      let machine = add(
        Machine(
          host: -1, number: 0, shape: shape, standing: isFree ? .paid : .waiting,
          isPromised: isPromised, deployment: deployment, account: account, next: -1, previous: -1),
        on: host)
      if !isFree { claim(machine, &schedule) }
      tally.placed += 1
      let mean =
        draws.uniform(2 + 2 * member) < shortShare ? CloudParameters.short.mean : longMean
      let life = mean.seconds * draws.exponential(3 + 2 * member)
      let wait = isFree ? 0 : CloudParameters.notice.seconds
      schedule.after(
        .seconds(min(life, 3e9) + wait),
        .departure(machine: machine, number: machines[Int(machine)].number))
    }
  }

  func deploymentSize(_ draw: Double) -> Int {
    var sum = 0.0
    for (size, share) in CloudParameters.deployments {
      sum += share
      if draw < sum { return size }
    }
    return 1
  }

  func shape(of draw: Double) -> UInt8 {
    UInt8(shapeShares.firstIndex { draw < $0 } ?? shapes.count - 1)
  }

  /// Whose a deployment is: few accounts have most of them.
  private func account(of deployment: Int) -> Int32 {
    guard !isGone.isEmpty else { return -1 }
    let draw = accountStream.entity(deployment).uniform(0)
    let share = Portable.pow(draw, CloudParameters.accountPower)
    return Int32(min(Double(isGone.count - 1), share * Double(isGone.count)))
  }

  /// What became of a request.
  enum Admission {
    /// It goes to a host, where there is room or where spot machines have to leave first.
    case host(Int, isFree: Bool)
    case refused(PlacementRefusal)
  }

  private mutating func admit(
    _ shape: UInt8, _ deployment: Int32, _ account: Int32, _ isPromised: Bool
  ) -> Admission {
    let wanted = shapes[Int(shape)].resources
    if let quota = parameters.quota, account >= 0,
      coresOfAccount[Int(account)] + Int64(wanted[0]) > Int64(quota * 100)
    {
      return .refused(.quota)
    }
    if parameters.keepsZone, !leavesZone(wanted) { return .refused(.failover) }
    if !isPromised, !leavesPromised(wanted) { return .refused(.promised) }
    if let host = place(shape, deployment) { return .host(host, isFree: true) }
    if let host = placeBesideSpot(shape, deployment) { return .host(host, isFree: false) }
    return .refused((beside ?? index).refusal(of: wanted, peers: peersOf(deployment)))
  }

  /// Whether the other zones could still take what a zone has, as far as sums say.
  private func leavesZone(_ wanted: Resources) -> Bool {
    guard parameters.zones > 1 else { return false }
    let largest = soldInZone.reduce(SIMD4(repeating: 0)) { pointwiseMax($0, $1) }
    let rest = soldInAll &- largest
    return !any(rest .< tally.booked &+ SIMD4<Int64>(truncatingIfNeeded: wanted))
  }

  /// Whether there is room beside what was promised to others and is not taken yet.
  private func leavesPromised(_ wanted: Resources) -> Bool {
    guard parameters.promised > 0 else { return true }
    let promise =
      parameters.promised * parameters.load * CloudParameters.promiseOverUse * totalCores * 100
    let open = max(0, promise - Double(tally.bookedPromised))
    return Double(tally.booked[0]) + Double(wanted[0]) + open <= Double(soldInAll[0])
  }

  // MARK: - The rival

  mutating func cutByRival(_ schedule: inout Schedule<Event>) {
    guard let competition = parameters.competition else { return }
    demand = competition.demandAfterCut
    guard !competition.isDearer(afterCut: false), competition.isDearer(afterCut: true) else {
      return
    }
    schedule.after(.days(1), .day)
  }

  /// Tenants of a cloud that is dearer than its rival go over to it, a few in a year.
  mutating func switchTenants(_ schedule: inout Schedule<Event>) {
    day += 1
    schedule.after(.days(1), .day)
    guard let competition = parameters.competition else { return }
    let daily = 1 - Portable.pow(1 - competition.switching, 1 / 365.25)
    var anyone = false
    for account in isGone.indices
    where !isGone[account] && switchingStream.entity(account).uniform(day) < daily {
      isGone[account] = true
      anyone = true
    }
    guard anyone else { return }
    for machine in machines.indices
    where machines[machine].host >= 0 && machines[machine].account >= 0
      && isGone[Int(machines[machine].account)]
    {
      remove(Int32(machine))
      tally.switched += 1
    }
  }
}
