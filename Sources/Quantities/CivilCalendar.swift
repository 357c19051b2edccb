/// A day of the proleptic Gregorian calendar.
public struct CivilDate: Hashable, Sendable, Codable {
  /// The year, 2004 for 2004.
  public var year: Int
  /// The month, 1 to 12.
  public var month: Int
  /// The day of the month, 1 to 31.
  public var day: Int

  /// A date as given; `isValid` tells whether the calendar has it.
  public init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The years that virtual time can hold, with room for a span on either side.
  public static let years = 1700...2250

  /// Whether the calendar has this day, and virtual time can hold it.
  public var isValid: Bool {
    CivilDate.years.contains(year) && (1...12).contains(month)
      && (1...CivilDate.dayCount(year: year, month: month)).contains(day)
  }

  /// How many days a month has.
  public static func dayCount(year: Int, month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether the year has a 29 February.
  public static func isLeap(_ year: Int) -> Bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
  }

  /// Whole days from 1970-01-01 to this date.
  ///
  /// Counts in years that start on 1 March, so that the leap day comes last.
  /// - Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013, days_from_civil.
  public var daysSince1970: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date so many whole days after 1970-01-01.
  /// - Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013, civil_from_days.
  public init(daysSince1970: Int) {
    let days = daysSince1970 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthIndex = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthIndex + 2) / 5 + 1
    month = monthIndex < 10 ? monthIndex + 3 : monthIndex - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The same day so many months later, or the last day of that month where it has no such day.
  public func adding(months: Int) -> CivilDate {
    let index = year * 12 + (month - 1) + months
    let newYear = index >= 0 ? index / 12 : (index - 11) / 12
    let newMonth = index - newYear * 12 + 1
    let last = CivilDate.dayCount(year: newYear, month: newMonth)
    return CivilDate(year: newYear, month: newMonth, day: min(day, last))
  }
}

/// A day of the week; raw values count from Monday = 0.
public enum Weekday: Int, CaseIterable, Sendable, Codable {
  case monday
  case tuesday
  case wednesday
  case thursday
  case friday
  case saturday
  case sunday

  /// Three letters: `Mon`.
  public var abbreviation: String {
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][rawValue]
  }
}

extension Moment {
  /// Midnight at the start of a date.
  public init(_ date: CivilDate) {
    self.init(nanoseconds: Int64(date.daysSince1970) * TimeSpan.days(1).nanoseconds)
  }

  /// A moment of a date.
  public init(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0
  ) {
    let midnight = Moment(CivilDate(year: year, month: month, day: day))
    self = midnight + .seconds(Double(hour * 3_600 + minute * 60 + second))
  }

  /// Whole days since 1970-01-01, rounded down.
  public var daysSince1970: Int {
    let day = TimeSpan.days(1).nanoseconds
    let (quotient, remainder) = nanoseconds.quotientAndRemainder(dividingBy: day)
    return Int(remainder < 0 ? quotient - 1 : quotient)
  }

  /// The date that the moment falls on.
  public var date: CivilDate { CivilDate(daysSince1970: daysSince1970) }

  /// Midnight at the start of the day that the moment falls on.
  public var startOfDay: Moment { Moment(date) }

  /// The time since midnight.
  public var timeOfDay: TimeSpan { self - startOfDay }

  /// The hour of the day, 0 to 23.
  public var hour: Int { Int(timeOfDay.nanoseconds / TimeSpan.hours(1).nanoseconds) }

  /// The minute of the hour, 0 to 59.
  public var minute: Int { Int(timeOfDay.nanoseconds / TimeSpan.minutes(1).nanoseconds) % 60 }

  /// The day of the week.
  ///
  /// 1970-01-01 was a Thursday.
  public var weekday: Weekday {
    let index = (daysSince1970 + 3) % 7
    return Weekday.allCases[index < 0 ? index + 7 : index]
  }

  /// The same time of day so many months later (the month's last day where it is shorter), or where
  /// the calendar ends if that comes first.
  public func adding(months: Int) -> Moment {
    let later = date.adding(months: months)
    guard later.isValid else { return months < 0 ? .calendarStart : .calendarEnd }
    return Moment(later) + timeOfDay
  }

  /// The moment a span later, or where the calendar begins or ends if that lies between.
  public func saturatingAdd(_ span: TimeSpan) -> Moment {
    let (sum, overflows) = nanoseconds.addingReportingOverflow(span.nanoseconds)
    guard !overflows else { return span < .zero ? .calendarStart : .calendarEnd }
    return min(max(Moment(nanoseconds: sum), .calendarStart), .calendarEnd)
  }

  /// The first moment of the first year that a date may have.
  public static let calendarStart = Moment(year: CivilDate.years.lowerBound, month: 1, day: 1)

  /// The first moment after the last year that a date may have.
  public static let calendarEnd = Moment(year: CivilDate.years.upperBound + 1, month: 1, day: 1)
}
