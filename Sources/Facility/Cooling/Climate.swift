import Quantities
import Randomness

/// The air outside at a moment.
package struct Weather: Hashable, Sendable, Codable {
  /// Its temperature.
  package var dryBulb: Temperature
  /// Its dew point, never above the temperature.
  package var dewPoint: Temperature
  /// What a wet thermometer shows.
  package var wetBulb: Temperature

  /// A weather by temperature and dew point.
  package init(dryBulb: Temperature, dewPoint: Temperature) {
    self.dryBulb = dryBulb
    self.dewPoint = min(dewPoint, dryBulb)
    wetBulb = Psychrometrics.wetBulb(dryBulb, dewPoint: self.dewPoint)
  }
}

/// The weather of a place by month and hour, with warm and cold spells drawn from a seed.
///
/// Between mid-months the daily highest and lowest go along straight lines; the hour takes its share
/// of the day's range; a spell shifts temperature and dew point alike. It leaves out that spells are
/// longer in winter, that nights under clouds cool less, and everything else about rain and wind.
package struct Climate: Hashable, Sendable, Codable {
  /// The mean daily highest of each month, °C.
  package var highs: [Double]
  /// The mean daily lowest of each month, °C.
  package var lows: [Double]
  /// The mean dew point of each month, °C.
  package var dewPoints: [Double]
  /// The standard deviation of a day from its month, K.
  package var spell: Double
  /// The seed of the spells.
  package var seed: UInt64

  /// A climate by twelve months.
  /// - Precondition: each list has twelve entries.
  package init(highs: [Double], lows: [Double], dewPoints: [Double], spell: Double, seed: UInt64) {
    precondition(
      highs.count == 12 && lows.count == 12 && dewPoints.count == 12,
      "a climate of \(highs.count), \(lows.count) and \(dewPoints.count) months")
    self.highs = highs
    self.lows = lows
    self.dewPoints = dewPoints
    self.spell = spell
    self.seed = seed
  }

  /// How far below the day's highest each hour is, as a share of the day's range, hours 1 to 24.
  ///
  /// - Source: ASHRAE Research Project 1363, "Generation of Hourly Design-Day Weather Data", 2008: one
  ///   profile serves all climates and seasons; printed as "Fraction of Daily Temperature Range" in
  ///   ASHRAE Handbook, Fundamentals, 2009, chapter 14, table 6.
  package static let hourShares = [
    0.88, 0.92, 0.95, 0.98, 1.00, 0.98, 0.91, 0.74, 0.55, 0.38, 0.23, 0.13,
    0.05, 0.00, 0.00, 0.06, 0.14, 0.24, 0.39, 0.50, 0.59, 0.68, 0.75, 0.82,
  ]

  /// The weather at a moment.
  package func weather(at moment: Moment) -> Weather {
    let (before, after, share) = Climate.months(at: moment)
    func between(_ months: [Double]) -> Double {
      months[before] + (months[after] - months[before]) * share
    }
    let shift = spell == 0 ? 0 : spell * deviation(at: moment)
    let high = between(highs)
    let low = between(lows)
    let hours = moment.timeOfDay.seconds / 3_600
    let hour = Int(hours)
    let shares = Climate.hourShares
    // Entry 0 is 1 o'clock, so the share at midnight is the last.
    let (first, second) = (shares[(hour + 23) % 24], shares[hour % 24])
    let cold = first + (second - first) * (hours - Double(hour))
    return Weather(
      dryBulb: Temperature(celsius: high - (high - low) * cold + shift),
      dewPoint: Temperature(celsius: between(dewPoints) + shift))
  }

  /// The months whose middles lie around a moment, and how far it is on the way.
  private static func months(at moment: Moment) -> (before: Int, after: Int, share: Double) {
    let date = moment.date
    let length = Double(CivilDate.dayCount(year: date.year, month: date.month))
    let day = Double(date.day - 1) + moment.timeOfDay.seconds / 86_400
    let position = day / length - 0.5
    let month = date.month - 1
    return position < 0
      ? ((month + 11) % 12, month, position + 1) : (month, (month + 1) % 12, position)
  }

  /// How many standard deviations the days around a moment are warmer than usual.
  ///
  /// A day is the sum of five days' draws with the weights below, so days five apart know nothing of
  /// each other; from noon to noon it goes along a straight line.
  private func deviation(at moment: Moment) -> Double {
    let stream = RandomStream(seed: seed, name: "weather")
    let noons = moment.nanoseconds - TimeSpan.hours(12).nanoseconds
    let day = Moment(nanoseconds: noons).daysSince1970
    let share = Moment(nanoseconds: noons).timeOfDay.seconds / 86_400
    let (first, second) = (Climate.spell(of: day, stream), Climate.spell(of: day + 1, stream))
    return first + (second - first) * share
  }

  /// A sum of twelve uniform numbers has variance 1 and is near enough to normal, and stays within 6.
  private static func spell(of day: Int, _ stream: RandomStream) -> Double {
    // Squares of the weights add up to one: (1 + 2 + 3 + 2 + 1)² shapes over √19.
    let weights = [1.0, 2, 3, 2, 1]
    var sum = 0.0
    for (offset, weight) in weights.enumerated() {
      let draws = stream.entity(day - offset)
      var normal = -6.0
      for draw in 0..<12 { normal += draws.uniform(draw) }
      sum += weight * normal
    }
    return sum / Portable.sqrt(19)
  }
}

extension Climate {
  /// Washington, Reagan National Airport: hot humid summers, winters about freezing.
  ///
  /// - Source: NOAA US Climate Normals 1991–2020 for the station, °F as published; the National
  ///   Weather Service gives July a mean of 81.0 °F. `Chosen:` dew points in whole °C, spells of 4 K.
  package static func washington(seed: UInt64) -> Climate {
    Climate(
      highs: celsius([44.8, 48.3, 56.5, 68.0, 76.5, 85.1, 89.6, 87.8, 80.7, 69.4, 58.2, 48.8]),
      lows: celsius([30.1, 31.8, 38.6, 48.4, 58.2, 67.5, 72.4, 71.0, 64.1, 52.2, 41.6, 34.5]),
      dewPoints: [-6, -5, -1, 4, 11, 16, 19, 19, 15, 8, 2, -3], spell: 4, seed: seed)
  }

  /// Phoenix, Arizona: the hottest large city of the United States, and dry.
  ///
  /// - Source: "Climate of Phoenix", climate chart in whole °F of the National Weather Service's
  ///   normals 1991–2020, seen 2026-11-25. `Chosen:` dew points in whole °C, spells of 3 K.
  package static func phoenix(seed: UInt64) -> Climate {
    Climate(
      highs: celsius([68, 71, 78, 86, 95, 104, 107, 105, 100, 89, 77, 66]),
      lows: celsius([46, 49, 55, 61, 70, 79, 85, 84, 78, 66, 54, 45]),
      dewPoints: [0, 0, 0, 0, 1, 4, 13, 14, 10, 5, 1, 0], spell: 3, seed: seed)
  }

  /// A cool oceanic climate, where outside air could cool machines nearly all year.
  ///
  /// `Chosen:` whole degrees as near Dublin; not a station's record.
  package static func oceanic(seed: UInt64) -> Climate {
    Climate(
      highs: [8, 8, 10, 12, 15, 18, 20, 19, 17, 14, 10, 8],
      lows: [2, 2, 3, 5, 7, 10, 12, 12, 10, 7, 5, 3],
      dewPoints: [3, 3, 3, 4, 7, 9, 12, 12, 10, 8, 5, 3], spell: 2.5, seed: seed)
  }

  /// The same air all year: for experiments.
  package static func constant(_ temperature: Temperature, dewPoint: Temperature) -> Climate {
    let (high, dew) = (temperature.celsius, dewPoint.celsius)
    return Climate(
      highs: .init(repeating: high, count: 12), lows: .init(repeating: high, count: 12),
      dewPoints: .init(repeating: dew, count: 12), spell: 0, seed: 0)
  }

  private static func celsius(_ fahrenheit: [Double]) -> [Double] {
    fahrenheit.map { Temperature.fahrenheit($0).celsius }
  }
}
