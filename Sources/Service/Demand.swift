import Quantities

/// How many visitors the shop draws, and when.
///
/// Visits start as a Poisson process whose rate is constant within each hour:
///
///     rate = visitsPerDay / 24 h · hour of day · day of week · season · factor · campaigns
///
/// The first three shapes have mean 1 (the season over a calendar year), so `visitsPerDay` is the
/// year's average and the rest multiplies it. What it leaves out: visitors who come because others
/// did (flash crowds), and growth within a scenario.
package struct Demand: Hashable, Sendable, Codable {
  /// Visits a day, averaged over a year, before `factor` and the campaigns.
  package var visitsPerDay: Double
  /// The learner's own multiple: `demand 8` is eight times the visits.
  package var factor: Double
  /// Further multiples, each for a while; where they overlap they multiply.
  package var campaigns: [Campaign]
  /// Whether visits follow the clock and the calendar.
  package var rhythm: Rhythm

  /// How visits spread over the year.
  package enum Rhythm: String, Sendable, Codable {
    /// By hour, weekday and season.
    case calendar
    /// Evenly: what a textbook's queue assumes.
    case steady
  }

  /// The course's shop: about 0.7 page views a second on average (8 pages a visit).
  ///
  /// `Chosen:` so that a T1 is idle most of the year and busy in the holiday weeks' evenings.
  package static let courseVisitsPerDay = 7_560.0

  /// A demand of so many visits a day.
  /// - Precondition: the numbers are finite and not negative.
  package init(
    visitsPerDay: Double = Demand.courseVisitsPerDay, factor: Double = 1,
    campaigns: [Campaign] = [], rhythm: Rhythm = .calendar
  ) {
    precondition(
      visitsPerDay >= 0 && visitsPerDay.isFinite && factor >= 0 && factor.isFinite,
      "visits a day \(visitsPerDay) and factor \(factor) must be finite and not negative")
    self.visitsPerDay = visitsPerDay
    self.factor = factor
    self.campaigns = campaigns
    self.rhythm = rhythm
  }

  /// The demand of so many page views a second on average, for visits of the usual length.
  package init(pageViewsPerSecond: Double, rhythm: Rhythm = .calendar) {
    self.init(
      visitsPerDay: pageViewsPerSecond * 86_400 / Visitors.pagesPerVisitMean, rhythm: rhythm)
  }

  /// Visits a second that start around a moment, on average.
  package func rate(at moment: Moment) -> Rate {
    Rate(perSecond: segment(at: moment).visitsPerNanosecond * 1e9)
  }

  /// The rate at a moment, and until when it stays what it is.
  func segment(at moment: Moment) -> (visitsPerNanosecond: Double, end: Moment) {
    let hour = TimeSpan.hours(1).nanoseconds
    let date = moment.date
    let hourOfDay = moment.hour
    var end = Moment(date) + TimeSpan(nanoseconds: Int64(hourOfDay + 1) * hour)
    var rate = visitsPerDay * factor / 86_400e9
    if rhythm == .calendar {
      rate *= DemandShape.hourOfDay[hourOfDay] * DemandShape.dayOfWeek[moment.weekday.rawValue]
      rate *= DemandShape.season(on: date)
    }
    for campaign in campaigns {
      if campaign.start <= moment, moment < campaign.end {
        rate *= campaign.factor
        end = min(end, campaign.end)
      } else if moment < campaign.start {
        end = min(end, campaign.start)
      }
    }
    return (rate, end)
  }

  /// Visits that start from one moment to another, on average.
  /// - Complexity: O(hours between · campaigns)
  package func expectedVisits(from start: Moment, to end: Moment) -> Double {
    var sum = 0.0
    var moment = start
    while moment < end {
      let segment = segment(at: moment)
      let stop = min(segment.end, end)
      sum += segment.visitsPerNanosecond * Double((stop - moment).nanoseconds)
      moment = stop
    }
    return sum
  }
}

/// A time in which the shop draws more visitors, or fewer: an advertisement, a mention in the press.
package struct Campaign: Hashable, Sendable, Codable {
  /// When it starts.
  package var start: Moment
  /// The moment from which on it is over.
  package var end: Moment
  /// By how much it multiplies the visits.
  package var factor: Double

  /// A campaign from `start` up to `end`.
  /// - Precondition: `factor` is finite and not negative.
  package init(start: Moment, end: Moment, factor: Double) {
    precondition(factor >= 0 && factor.isFinite, "a factor of \(factor) makes no visits")
    self.start = start
    self.end = end
    self.factor = factor
  }
}
