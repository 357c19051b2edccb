import Quantities

/// How many machines there are, by itself.
///
/// It looks each minute. What it asks for at once is the largest of three: what the reaction makes of the use
/// that it sees, what the clock says, and what is expected in a while. It gives back one at a time. After any
/// change it waits for the cooldown, and machines that are still starting count as there, or it would ask for
/// them again. It gives back only what it has not wanted for as long as the stabilization lasts.
package struct Autoscaler: Hashable, Codable, Sendable {
  /// How use that is seen becomes a number of machines.
  package enum Reaction: String, Hashable, Codable, Sendable, CaseIterable {
    /// As many as bring the use to the target.
    case target
    /// Some more when it is beyond the target, more when it is far beyond, one fewer when it is far below.
    case step
  }

  /// More machines in some hours of each day.
  package struct Schedule: Hashable, Codable, Sendable {
    /// The first hour, 0 to 23.
    package var from: Int
    /// The hour with which it ends, 1 to 24; one below `from` lies on the next day.
    package var to: Int
    /// How many machines there are at least.
    package var count: Int

    /// A schedule as given.
    package init(from: Int, to: Int, count: Int) {
      self.from = from
      self.to = to
      self.count = count
    }

    /// Whether an hour of the day lies in it.
    package func includes(hour: Int) -> Bool {
      from < to ? from <= hour && hour < to : hour >= from || hour < to
    }
  }

  /// The share of their time that machines should be busy.
  package var target: Double
  /// How use becomes a number of machines.
  package var reaction: Reaction
  /// The fewest machines.
  package var minimum: Int
  /// The most machines.
  package var maximum: Int
  /// How long it waits after a change.
  package var cooldown: TimeSpan
  /// For how long fewer machines must have been enough before one is given back.
  package var stabilization: TimeSpan
  /// More in some hours; nil for none.
  package var schedule: Schedule?
  /// What is expected by the days before; nil for nothing.
  package var forecast: LoadForecast?
  /// When it last changed something.
  package private(set) var lastChange: Moment?
  /// What it wanted within the stabilization, the latest last; only falling numbers are kept.
  private var wanted: [Wanted] = []

  private struct Wanted: Hashable, Codable, Sendable {
    var moment: Moment
    var count: Int
  }

  /// A rule as given.
  package init(
    target: Double, reaction: Reaction = .target, minimum: Int, maximum: Int, cooldown: TimeSpan,
    stabilization: TimeSpan = .zero, schedule: Schedule? = nil, forecast: LoadForecast? = nil
  ) {
    precondition(
      target > 0 && target <= 1 && minimum >= 0 && minimum <= maximum, "a rule of nothing")
    self.target = target
    self.reaction = reaction
    self.minimum = minimum
    self.maximum = maximum
    self.cooldown = cooldown
    self.stabilization = stabilization
    self.schedule = schedule
    self.forecast = forecast
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
    let load = Double(running) * utilization
    forecast?.observe(load, at: now)
    let desired = min(maximum, max(minimum, floor(at: now), reacted(load, running, starting)))
    remember(desired, now)
    // Bounds and the clock do not wait.
    let least = min(maximum, max(minimum, floor(at: now)))
    if there < least { return change(least - there, now) }
    if there > maximum { return change(maximum - there, now) }
    guard lastChange.map({ now - $0 >= cooldown }) ?? true else { return 0 }
    if desired > there { return change(desired - there, now) }
    let steady = wanted.first?.count ?? desired
    if starting == 0, max(steady, desired) < there { return change(-1, now) }
    return 0
  }

  /// What clock and forecast ask for.
  private func floor(at now: Moment) -> Int {
    let scheduled = schedule.map { $0.includes(hour: now.hour) ? $0.count : 0 } ?? 0
    let expected = forecast?.expected(after: now).map { machines(for: $0) } ?? 0
    return max(scheduled, expected)
  }

  private func machines(for load: Double) -> Int {
    Int(min((load / target - 1e-9).rounded(.up), 1e6))
  }

  /// Far beyond the target, and far below it.
  ///
  /// `Chosen:` a fifth of the time, as examples of providers have it.
  private static let far = 0.2
  /// By how much step scaling grows far beyond the target.
  ///
  /// `Chosen:` three tenths, and two machines at least.
  private static let leap = 0.3

  private func reacted(_ load: Double, _ running: Int, _ starting: Int) -> Int {
    let there = running + starting
    guard reaction == .step else { return machines(for: load) }
    guard running > 0 else { return there }
    let use = load / Double(running)
    if use > target + Autoscaler.far {
      return there + max(2, Int((Double(there) * Autoscaler.leap).rounded(.up)))
    }
    if use > target { return there + 1 }
    return use < target - Autoscaler.far ? there - 1 : there
  }

  /// Keeps the largest number of the time that counts in front.
  private mutating func remember(_ desired: Int, _ now: Moment) {
    guard stabilization > .zero else { return }
    wanted.removeAll { $0.count <= desired || now - $0.moment > stabilization }
    wanted.append(Wanted(moment: now, count: desired))
  }

  private mutating func change(_ count: Int, _ now: Moment) -> Int {
    lastChange = now
    return count
  }
}
