import Quantities

/// Hours of the week in which something is done: a shift, a maintenance window.
package struct WeeklyWindow: Hashable, Sendable, Codable {
  /// By weekday from Monday: whether it is open at all.
  package var days: [Bool]
  /// From this hour of the day.
  package var fromHour: Int
  /// Until this hour of the day, 24 for midnight.
  package var toHour: Int

  /// A window of the days from Monday (0) to Sunday (6).
  package init(days: ClosedRange<Int>, fromHour: Int, toHour: Int) {
    precondition(
      fromHour >= 0 && fromHour < toHour && toHour <= 24,
      "hours from \(fromHour) to \(toHour) are not within a day")
    self.days = (0..<7).map { days.contains($0) }
    self.fromHour = fromHour
    self.toHour = toHour
  }

  /// All hours of all days.
  package static let always = WeeklyWindow(days: 0...6, fromHour: 0, toHour: 24)
  /// Monday to Friday, 8 to 18.
  package static let weekdays = WeeklyWindow(days: 0...4, fromHour: 8, toHour: 18)

  private static let day: Int64 = 86_400_000_000_000
  private static let hour: Int64 = 3_600_000_000_000

  /// Days since 1 January 1970, a Thursday, and nanoseconds into the day, of a world whose clock
  /// shows this time.
  private func parts(_ moment: Moment) -> (day: Int64, nanoseconds: Int64) {
    let rest = moment.nanoseconds % Self.day
    let positive = rest < 0 ? rest + Self.day : rest
    return ((moment.nanoseconds - positive) / Self.day, positive)
  }

  private func isWorkday(_ day: Int64) -> Bool { days[Int(((day + 3) % 7 + 7) % 7)] }

  /// The first moment from this one on at which it is open; nil if it never is.
  package func opening(from moment: Moment) -> Moment? {
    let (today, time) = parts(moment)
    let start = Int64(fromHour) * Self.hour
    let end = Int64(toHour) * Self.hour
    if isWorkday(today), time < end {
      return time >= start ? moment : moment + TimeSpan(nanoseconds: start - time)
    }
    return (1...7).lazy.map { today + $0 }.first(where: isWorkday).map {
      Moment(nanoseconds: $0 * Self.day + start)
    }
  }
}

/// A part that was replaced.
package struct Repair: Hashable, Sendable, Codable {
  /// The failure.
  package var failure: ComponentFailure
  /// When somebody began.
  package var started: Moment
  /// When the new part ran.
  package var finished: Moment
}

/// Technicians with shifts and spare parts, who replace what failed, first come, first served among
/// what can be done now.
///
/// A job needs a technician on shift, a spare of its kind, and a maintenance window if its kind can
/// wait for one. Who has begun finishes, even past the end of a shift. For each part that fails another
/// is ordered at once: it fills the place on the shelf, or where the shelf was empty, it is waited for.
package struct RepairShop: Hashable, Sendable, Codable {
  /// How a kind of part is dealt with.
  package struct Policy: Hashable, Sendable, Codable {
    /// How long a replacement takes.
    package var work: TimeSpan
    /// How many spares are kept.
    package var spares: Int
    /// How long an order takes.
    package var leadTime: TimeSpan
    /// When it may be done; nil for whenever there is a shift.
    package var window: WeeklyWindow?

    /// A policy as given.
    package init(work: TimeSpan, spares: Int, leadTime: TimeSpan, window: WeeklyWindow? = nil) {
      precondition(work > .zero && leadTime > .zero, "work and deliveries take time")
      self.work = work
      self.spares = spares
      self.leadTime = leadTime
      self.window = window
    }
  }

  private struct Order: Hashable, Sendable, Codable {
    var arrives: Moment
    var kind: ComponentKind
  }

  /// How many technicians are on a shift.
  package internal(set) var technicians: Int
  /// When they are there.
  package internal(set) var shift: WeeklyWindow
  private let policies: [Policy]
  private var stock: [Int]
  private var waiting: [ComponentFailure] = []
  private var busy: [Repair] = []
  private var orders: [Order] = []
  private var now: Moment

  /// A shop with full shelves.
  package init(
    technicians: Int, shift: WeeklyWindow, start: Moment, policy: (ComponentKind) -> Policy
  ) {
    self.technicians = technicians
    self.shift = shift
    policies = ComponentKind.allCases.map(policy)
    stock = policies.map(\.spares)
    now = start
  }

  /// How parts of a kind are usually dealt with.
  ///
  /// `Chosen:` half an hour a part, two hours a board or a switch; two weeks for a spare; redundant
  /// fans and supplies in the nights of Tuesday to Thursday. No published times were found, so all
  /// of these are assumptions.
  package static func usualPolicy(_ kind: ComponentKind, spares: Int) -> Policy {
    let night = WeeklyWindow(days: 1...3, fromHour: 0, toHour: 6)
    return switch kind {
    case .disk, .memory:
      Policy(work: .minutes(30), spares: spares, leadTime: .days(14))
    case .fan, .powerSupply:
      Policy(work: .minutes(30), spares: spares, leadTime: .days(14), window: night)
    case .board, .networkSwitch:
      Policy(work: .hours(2), spares: spares, leadTime: .days(14))
    }
  }

  /// How many failures wait for somebody to begin.
  package var waitingCount: Int { waiting.count }

  /// How many spares of a kind lie on the shelf.
  package func spares(_ kind: ComponentKind) -> Int { stock[Self.number(kind)] }

  /// Puts spares of a kind on the shelf.
  mutating func stock(_ kind: ComponentKind, _ count: Int) { stock[Self.number(kind)] += count }

  /// Forgets the failure of a part, and whoever works on it.
  mutating func forget(_ component: Int) {
    guard
      let failure = waiting.first(where: { $0.component == component })
        ?? busy.first(where: { $0.failure.component == component })?.failure
    else { return }
    waiting.removeAll { $0.component == component }
    busy.removeAll { $0.failure.component == component }
    // What was ordered for it is not needed any more.
    if let order = orders.firstIndex(where: { $0.kind == failure.kind }) {
      orders.remove(at: order)
    }
  }

  private static func number(_ kind: ComponentKind) -> Int {
    ComponentKind.allCases.firstIndex(of: kind) ?? 0
  }

  /// Takes in a failure at its moment.
  package mutating func accept(_ failure: ComponentFailure) {
    precondition(failure.moment >= now, "a failure came after what follows it")
    now = failure.moment
    waiting.append(failure)
    let lead = policies[Self.number(failure.kind)].leadTime
    orders.append(Order(arrives: now + lead, kind: failure.kind))
    begin()
  }

  /// The next moment at which something happens here.
  package var nextDue: Moment? {
    guard !(waiting.isEmpty && busy.isEmpty && orders.isEmpty) else { return nil }
    var due: Moment?
    func consider(_ moment: Moment?, after past: Moment) {
      if let moment, moment > past, due.map({ moment < $0 }) ?? true { due = moment }
    }
    // What is due in this very moment is still to come; what could begin in it has begun.
    let past = now - TimeSpan(nanoseconds: 1)
    for repair in busy { consider(repair.finished, after: past) }
    for order in orders { consider(order.arrives, after: past) }
    if busy.count < technicians {
      for kind in ComponentKind.allCases where stock[Self.number(kind)] > 0 {
        if waiting.contains(where: { $0.kind == kind }) { consider(opening(for: kind), after: now) }
      }
    }
    return due
  }

  /// When a job of a kind may next begin, as far as shift and window say.
  private func opening(for kind: ComponentKind) -> Moment? {
    var moment = now
    // Two weekly windows meet within a few days, or never.
    for _ in 0..<16 {
      guard let there = shift.opening(from: moment) else { return nil }
      guard let window = policies[Self.number(kind)].window else { return there }
      guard let open = window.opening(from: there) else { return nil }
      if open == there { return open }
      moment = open
    }
    return nil
  }

  /// The repairs that finish at the next moment before `end` at which something happens; nil if
  /// nothing does.
  package mutating func next(before end: Moment) -> [Repair]? {
    guard let due = nextDue, due < end else { return nil }
    now = due
    let finished = busy.filter { $0.finished == now }
    busy.removeAll { $0.finished == now }
    for order in orders where order.arrives == now { stock[Self.number(order.kind)] += 1 }
    orders.removeAll { $0.arrives == now }
    begin()
    return finished
  }

  private mutating func begin() {
    var index = 0
    while index < waiting.count, busy.count < technicians {
      let failure = waiting[index]
      let number = Self.number(failure.kind)
      guard stock[number] > 0, opening(for: failure.kind) == now else {
        index += 1
        continue
      }
      waiting.remove(at: index)
      stock[number] -= 1
      busy.append(
        Repair(failure: failure, started: now, finished: now + policies[number].work))
    }
  }
}
