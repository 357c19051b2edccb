import Quantities

/// When the next visit begins: a Poisson process by inversion.
///
/// Visit i begins when the integral of the rate since visit i − 1 has reached the visit's own
/// exponential number. The rate is constant within each hour, so the inversion is exact, one number
/// a visit is all that is drawn, and visitors do not change when the machines do.
struct Arrivals: Sendable, Codable {
  /// The number of the visit that begins next.
  private(set) var visit = 0
  /// What of the visit's exponential number was left at `anchor`.
  private var remaining: Double
  private var anchor: Moment
  /// When the visit begins or, if `isLookout`, until when it certainly does not.
  private(set) var due: Moment
  private(set) var isLookout = false

  /// How many pieces of constant rate are searched at once: about a week of hours.
  private static let segmentsPerSearch = 168

  init(start: Moment, demand: Demand, visitors: Visitors) {
    remaining = visitors.gap(beforeVisit: 0)
    anchor = start
    due = start
    search(demand)
  }

  /// Goes on to the next visit, once this one has begun.
  mutating func advance(demand: Demand, visitors: Visitors) {
    visit += 1
    remaining = visitors.gap(beforeVisit: visit)
    anchor = due
    search(demand)
  }

  /// Goes on with the search when a lookout has come to its end without a visit.
  mutating func lookFurther(_ demand: Demand) { change(from: demand, to: demand, at: due) }

  /// Changes the demand from `now` on: what has passed of the visitor's number has passed.
  mutating func change(from old: Demand, to new: Demand, at now: Moment) {
    remaining = max(0, remaining - old.expectedVisits(from: anchor, to: now))
    anchor = now
    search(new)
  }

  private mutating func search(_ demand: Demand) {
    var left = remaining
    due = anchor
    for _ in 0..<Arrivals.segmentsPerSearch {
      let segment = demand.segment(at: due)
      let length = Double((segment.end - due).nanoseconds)
      let passing = segment.visitsPerNanosecond * length
      if left < passing {
        let span = min(left / segment.visitsPerNanosecond, length)
        due += TimeSpan(nanoseconds: Int64(span + 0.5))
        isLookout = false
        return
      }
      left -= passing
      due = segment.end
    }
    isLookout = true
  }
}
