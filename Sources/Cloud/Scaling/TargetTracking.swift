import Quantities

/// As many machines as keep their use near a target.
///
/// Looks each minute; asks for more at once, and gives back one at a time. After any change it waits for the
/// cooldown, and machines that are still starting count as there, or it would ask for them again.
package struct TargetTracking: Hashable, Codable, Sendable {
  /// The share of their time that machines should be busy.
  package var target: Double
  /// The fewest machines.
  package var minimum: Int
  /// The most machines.
  package var maximum: Int
  /// How long it waits after a change.
  package var cooldown: TimeSpan
  /// When it last changed something.
  package private(set) var lastChange: Moment?

  /// A rule as given.
  package init(target: Double, minimum: Int, maximum: Int, cooldown: TimeSpan) {
    precondition(
      target > 0 && target <= 1 && minimum >= 0 && minimum <= maximum, "a rule of nothing")
    self.target = target
    self.minimum = minimum
    self.maximum = maximum
    self.cooldown = cooldown
  }

  /// How many machines to start, or to give back if negative.
  /// - Parameters:
  ///   - utilization: the share of their time that the running ones were busy in the last minute.
  ///   - running: how many serve.
  ///   - starting: how many were asked for and do not serve yet.
  package mutating func decide(
    at now: Moment, utilization: Double, running: Int, starting: Int
  ) -> Int {
    let there = running + starting
    if there < minimum { return change(minimum - there, now) }
    if there > maximum { return change(maximum - there, now) }
    guard lastChange.map({ now - $0 >= cooldown }) ?? true else { return 0 }
    let wanted = (Double(running) * utilization / target).rounded(.up)
    let desired = min(maximum, max(minimum, Int(min(wanted, 1e6))))
    if desired > there { return change(desired - there, now) }
    // One fewer must not be above the target again at once.
    let withOneLess =
      running > 1
      ? utilization * Double(running) / Double(running - 1) : utilization > 0 ? .infinity : 0
    if desired < there, there > minimum, starting == 0, withOneLess < target {
      return change(-1, now)
    }
    return 0
  }

  private mutating func change(_ count: Int, _ now: Moment) -> Int {
    lastChange = now
    return count
  }
}
