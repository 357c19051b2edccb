import Quantities
import Randomness
import SimulationKernel

/// Why a part failed.
package enum FailureCause: Hashable, Sendable, Codable {
  /// Its own life was over.
  case life
  /// A firmware roll-out, by its number.
  case rollout(Int)
  /// Somebody pulled it, to see what happens.
  case hand
}

/// A part that failed.
package struct ComponentFailure: Hashable, Sendable, Codable {
  /// When.
  package var moment: Moment
  /// Which part: its number in the fleet.
  package var component: Int
  /// What it was.
  package var kind: ComponentKind
  /// The zone that it is in.
  package var zone: Int
  /// How long it had been aging, at 20 °C: what its law goes by.
  package var age: TimeSpan
  /// Why.
  package var cause: FailureCause
}

/// A part as it is installed.
package struct ComponentPlace: Hashable, Sendable, Codable {
  /// What it is.
  package var kind: ComponentKind
  /// Where: parts of a zone share an inlet temperature.
  package var zone: Int
  /// How old it is at the start, in time at 20 °C.
  package var age: TimeSpan

  /// A part in a zone.
  package init(_ kind: ComponentKind, zone: Int, age: TimeSpan = .zero) {
    self.kind = kind
    self.zone = zone
    self.age = age
  }
}

/// Parts that fail one by one, each at the age that its own random numbers give it.
///
/// A part's age at failure is drawn once, when it is installed. In each zone each kind has a clock that
/// runs faster the warmer it is; a part fails when that clock gets to its due. So a change of temperature
/// is one number a kind, and work is done for failures only, however many parts there are and however
/// long they run.
package struct ComponentFleet: Equatable, Sendable, Codable {
  private struct Part: Hashable, Sendable, Codable {
    var kind: ComponentKind
    var zone: Int32
    /// How often it was replaced: the number of its next draw.
    var generation: Int32
    var isDown: Bool
    /// Whether it left the fleet.
    var isRetired = false
    /// The reading of the zone's clock at which it had age 0.
    var birth: Moment
  }

  private struct Due: Hashable, Sendable, Codable {
    var part: Int32
    var generation: Int32
  }

  /// The clock that parts of one kind in one zone age by, and those that will fail by it.
  private struct Clock: Equatable, Sendable, Codable {
    var pace = 1.0
    /// A moment, and what the clock read then.
    var anchor: Moment
    var anchorReading = Moment.origin
    private var queue = EventQueue<Due>()
    /// The reading at which the first is due; `distantFuture` if none is.
    private var firstDue = Moment.distantFuture
    /// When the clock will get there.
    private(set) var nextDue = Moment.distantFuture

    init(start: Moment) { anchor = start }

    func reading(at moment: Moment) -> Moment {
      anchorReading + TimeSpan(nanoseconds: Self.scaled(moment - anchor, by: pace))
    }

    private static func scaled(_ span: TimeSpan, by pace: Double) -> Int64 {
      pace == 1 ? span.nanoseconds : Int64(Double(span.nanoseconds) * pace + 0.5)
    }

    mutating func setPace(_ new: Double, at moment: Moment) {
      anchorReading = reading(at: moment)
      anchor = moment
      pace = new
      findNext()
    }

    mutating func push(_ entry: Due, due: Moment) {
      queue.push(entry, due: due)
      guard due < firstDue else { return }
      firstDue = due
      findNext()
    }

    /// Takes out the first of those that are due, whenever that is.
    mutating func popFirst() -> (event: Due, due: Moment)? {
      guard let entry = queue.popFirst(before: .distantFuture) else { return nil }
      firstDue = queue.nextDue() ?? .distantFuture
      findNext()
      return (entry.event, entry.due)
    }

    /// Changes of temperature are many, so this asks the queue nothing.
    private mutating func findNext() {
      guard pace > 0, firstDue < .distantFuture else {
        nextDue = .distantFuture
        return
      }
      let ahead = max(0, Double((firstDue - anchorReading).nanoseconds) / pace)
      let isBeyond = ahead > Double(Int64.max - anchor.nanoseconds) - 4e9
      nextDue = isBeyond ? .distantFuture : anchor + TimeSpan(nanoseconds: Int64(ahead + 0.5))
    }
  }

  /// Parts that share a temperature.
  private struct Zone: Equatable, Sendable, Codable {
    /// How many times as often its parts fail as at 20 °C.
    var factor = 1.0
    /// By the order of the kinds.
    var clocks: [Clock]
    /// When the first of its parts fails, and by which clock.
    var nextDue = Moment.distantFuture
    var nextClock = 0

    init(start: Moment) {
      clocks = ComponentKind.allCases.map { _ in Clock(start: start) }
    }

    mutating func findNext() {
      nextClock = 0
      for clock in clocks.indices where clocks[clock].nextDue < clocks[nextClock].nextDue {
        nextClock = clock
      }
      nextDue = clocks[nextClock].nextDue
    }
  }

  /// The lives of all kinds, in their order.
  private static let lives = ComponentKind.allCases.map(\.life)

  private let stream: RandomStream
  private var parts: [Part] = []
  private var zones: [Zone]
  /// The moment up to which everything has happened.
  package private(set) var now: Moment

  /// Parts at a start, in zones at 20 °C.
  package init(_ places: [ComponentPlace], zones count: Int, start: Moment, seed: UInt64) {
    stream = RandomStream(seed: seed, name: "component lives")
    zones = Array(repeating: Zone(start: start), count: count)
    now = start
    parts.reserveCapacity(places.count)
    for place in places {
      precondition(place.zone < count, "zone \(place.zone) of \(count)")
      parts.append(
        Part(
          kind: place.kind, zone: Int32(place.zone), generation: 0, isDown: false,
          birth: .origin - place.age))
      schedule(parts.count - 1)
    }
    for zone in zones.indices { zones[zone].findNext() }
  }

  /// How many parts there are and were: their numbers are below.
  package var count: Int { parts.count }

  /// Whether a part has left the fleet.
  package func isRetired(_ component: Int) -> Bool { parts[component].isRetired }

  /// Installs a part more.
  /// - Returns: its number.
  package mutating func add(_ place: ComponentPlace, at moment: Moment) -> Int {
    precondition(moment >= now, "a part cannot have been installed before")
    precondition(place.zone < zones.count, "zone \(place.zone) of \(zones.count)")
    now = moment
    parts.append(
      Part(
        kind: place.kind, zone: Int32(place.zone), generation: 0, isDown: false,
        birth: reading(place.kind, zone: place.zone, at: moment) - place.age))
    schedule(parts.count - 1)
    zones[place.zone].findNext()
    return parts.count - 1
  }

  /// Takes a part out for good.
  package mutating func retire(_ component: Int) {
    parts[component].isRetired = true
    parts[component].isDown = true
  }

  /// Opens a zone more, at 20 °C.
  package mutating func addZone(at moment: Moment) {
    zones.append(Zone(start: moment))
  }

  /// Whether a part is waiting for its replacement.
  package func isDown(_ component: Int) -> Bool { parts[component].isDown }

  /// What a part is.
  package func kind(_ component: Int) -> ComponentKind { parts[component].kind }

  /// How old a part is at a moment, in time at 20 °C.
  package func age(_ component: Int, at moment: Moment) -> TimeSpan {
    let part = parts[component]
    return reading(part.kind, zone: Int(part.zone), at: moment) - part.birth
  }

  private func reading(_ kind: ComponentKind, zone: Int, at moment: Moment) -> Moment {
    zones[zone].clocks[kind.index].reading(at: moment)
  }

  /// When the next part fails if no temperature changes.
  package var nextDue: Moment? {
    guard !zones.isEmpty else { return nil }
    let first = zones[nextZone].nextDue
    return first == .distantFuture ? nil : first
  }

  private var nextZone: Int {
    var next = 0
    for zone in zones.indices where zones[zone].nextDue < zones[next].nextDue { next = zone }
    return next
  }

  /// Lets a zone have another temperature from a moment on.
  package mutating func setInlet(_ inlet: Temperature, zone: Int, at moment: Moment) {
    setFactor(InletTemperatureFactor.factor(at: inlet), zone: zone, at: moment)
  }

  /// Lets the parts of a zone fail so many times as often as at 20 °C from a moment on; 0 for switched off.
  package mutating func setFactor(_ factor: Double, zone: Int, at moment: Moment) {
    precondition(moment >= now, "the past has its temperature")
    precondition(factor >= 0, "nothing fails \(factor) times as often")
    guard zones[zone].factor != factor else { return }
    zones[zone].factor = factor
    let paces = ComponentFleet.lives.map { $0.pace(factor: factor) }
    for clock in paces.indices { zones[zone].clocks[clock].setPace(paces[clock], at: moment) }
    zones[zone].findNext()
  }

  /// The next part that fails before `end`; nil if none does, and then the time is `end`.
  ///
  /// - Complexity: the number of zones, and a logarithm of the number of parts.
  package mutating func next(before end: Moment) -> ComponentFailure? {
    guard !zones.isEmpty else {
      now = max(now, end)
      return nil
    }
    while true {
      let zone = nextZone
      let due = zones[zone].nextDue
      let clock = zones[zone].nextClock
      guard due < end,
        let entry = zones[zone].clocks[clock].popFirst()
      else {
        now = max(now, end)
        return nil
      }
      zones[zone].findNext()
      let index = Int(entry.event.part)
      // A part that something else has broken meanwhile leaves its old due behind.
      guard parts[index].generation == entry.event.generation, !parts[index].isDown else {
        continue
      }
      now = max(now, due)
      parts[index].isDown = true
      return ComponentFailure(
        moment: now, component: index, kind: parts[index].kind, zone: zone,
        age: entry.due - parts[index].birth, cause: .life)
    }
  }

  /// Breaks a part that still runs; nil if it is down already.
  package mutating func fail(
    _ component: Int, at moment: Moment, cause: FailureCause
  ) -> ComponentFailure? {
    precondition(moment >= now, "a part cannot have failed before")
    guard !parts[component].isDown else { return nil }
    parts[component].isDown = true
    return ComponentFailure(
      moment: moment, component: component, kind: parts[component].kind,
      zone: Int(parts[component].zone), age: age(component, at: moment), cause: cause)
  }

  /// Puts a new part in the place of one that is down.
  package mutating func replace(_ component: Int, at moment: Moment) {
    precondition(moment >= now, "a part cannot have been replaced before")
    precondition(
      parts[component].isDown && !parts[component].isRetired,
      "part \(component) runs, or has left")
    let zone = Int(parts[component].zone)
    parts[component].isDown = false
    parts[component].generation += 1
    let kind = parts[component].kind
    parts[component].birth = reading(kind, zone: zone, at: moment)
    schedule(component)
    zones[zone].findNext()
  }

  private mutating func schedule(_ index: Int) {
    let part = parts[index]
    let zone = Int(part.zone)
    let age = (reading(part.kind, zone: zone, at: now) - part.birth).seconds
    let exponential = stream.entity(index).exponential(Int(part.generation))
    let life = ComponentFleet.lives[part.kind.index].ageAtFailure(
      ageSeconds: max(0, age), exponential: exponential)
    guard life < ComponentLife.lifeMaxSeconds else { return }
    zones[zone].clocks[part.kind.index].push(
      Due(part: Int32(index), generation: part.generation),
      due: part.birth + .seconds(life))
  }
}
