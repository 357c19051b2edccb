import Quantities

/// The rhythm of an American web shop's visits: hours, weekdays and the holiday season.
enum DemandShape {
  /// Visits by hour of day over the day's mean; the mean of the 24 is 1.
  ///
  /// `Chosen:` quiet at night, a plateau through the working day, and a peak of 2.11 × the mean after
  /// dinner: with it the year's average of one page view a second fills 38 % of a T1 in the evening.
  static let hourOfDay: [Double] = [
    0.50, 0.30, 0.18, 0.12, 0.10, 0.14, 0.28, 0.50, 0.80, 1.05, 1.20, 1.32,
    1.38, 1.32, 1.22, 1.20, 1.20, 1.25, 1.45, 1.80, 2.11, 2.00, 1.55, 1.03,
  ]

  /// Visits by day of week from Monday on, over the week's mean; the mean of the seven is 1.
  ///
  /// `Chosen:` Sunday and Monday ahead, Friday and Saturday behind, by less than a tenth.
  static let dayOfWeek: [Double] = [1.06, 1.03, 1.01, 0.98, 0.92, 0.93, 1.07]

  /// How much busier a day of the holiday weeks is than the same day of the week elsewhere.
  ///
  /// `Chosen:` quilts are gifts; 2.3 brings the evening of a shop with one page view a second on
  /// average close to what a T1 carries.
  static let holidayFactor = 2.3

  /// The visits of a date's season over the calendar year's mean.
  ///
  /// The holiday weeks run from the Monday before Thanksgiving to 23 December, after which a parcel
  /// no longer arrives in time. The other days are lowered so that the year's mean is 1 (up to the
  /// 0.3 % by which the weekdays of the holiday weeks differ from a whole number of weeks).
  static func season(on date: CivilDate) -> Double {
    let day = date.daysSince1970
    let first = thanksgiving(in: date.year).daysSince1970 - 3
    let end = CivilDate(year: date.year, month: 12, day: 24).daysSince1970
    let yearLength = CivilDate.isLeap(date.year) ? 366.0 : 365.0
    let ordinary = yearLength / (yearLength + (holidayFactor - 1) * Double(end - first))
    return first <= day && day < end ? ordinary * holidayFactor : ordinary
  }

  /// US Thanksgiving: the fourth Thursday of November.
  /// - Source: 5 U.S.C. § 6103(a), "Thanksgiving Day, the fourth Thursday in November".
  static func thanksgiving(in year: Int) -> CivilDate {
    let first = Moment(year: year, month: 11, day: 1).weekday
    let toThursday = (Weekday.thursday.rawValue - first.rawValue + 7) % 7
    return CivilDate(year: year, month: 11, day: 1 + toThursday + 21)
  }
}
