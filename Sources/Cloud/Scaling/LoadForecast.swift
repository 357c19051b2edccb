import Quantities

/// What load is expected, by the same hour of the day before and of the week before.
///
/// Loads are in machines that are fully busy. What a week has not seen, it does not expect: the first day
/// nothing is known, and a Friday after Thanksgiving comes as a surprise.
package struct LoadForecast: Hashable, Codable, Sendable {
  /// How far ahead it looks.
  package var lead: TimeSpan
  /// The mean load of each hour of the week when it came last, from Monday 0 o'clock on; below 0 if never.
  private var loads = [Double](repeating: -1, count: 168)
  /// The hour that is under way, and what was seen in it.
  private var hour: Moment?
  private var (sum, looks) = (0.0, 0)

  private enum CodingKeys: CodingKey { case lead, loads, hour, sum, looks }

  /// A forecast that has seen nothing yet.
  package init(lead: TimeSpan) { self.lead = lead }

  /// Takes in the load that was seen at a moment.
  package mutating func observe(_ load: Double, at now: Moment) {
    let begun = now.startOfDay + .hours(now.hour)
    if let hour, hour != begun {
      loads[LoadForecast.index(hour)] = sum / Double(looks)
      (sum, looks) = (0, 0)
    }
    hour = begun
    sum += load
    looks += 1
  }

  /// What is expected when the lead has passed; nil if nothing is known of such an hour.
  package func expected(after now: Moment) -> Double? {
    let index = LoadForecast.index(now + lead)
    let known = [loads[index], loads[(index + 144) % 168]].filter { $0 >= 0 }
    return known.max()
  }

  private static func index(_ moment: Moment) -> Int {
    moment.weekday.rawValue * 24 + moment.hour
  }
}
