import Cloud
import Quantities
import Reports

/// What makes hours of any size cheaper at a provider, in words.
struct TermsText {
  let book: PriceBook
  let now: Moment

  private var offers: [SavingsOffer] { book.savings.filter { $0.isOffered(at: now) } }

  /// The share of a month's price that is taken off a machine that runs through all of it.
  private var offThroughMonth: Double? {
    book.sustained.at(now).map { 1 - ShareTier.total(of: 1, $0.value) }
  }

  /// Sentences for all sizes.
  var words: [String] {
    var words = offers.map {
      "Savings plan '\($0.id)': any size is \(FactValue.share($0.discount).text) cheaper, for dollars an hour "
        + "that are owed for \(counted($0.months, "month"))."
    }
    if let off = offThroughMonth {
      words.append(
        "What runs through a whole month is \(FactValue.share(off).text) cheaper by itself, for its sustained use."
      )
    }
    return words
  }

  /// Sentences for a size that costs so much an hour.
  func words(hour price: Money) -> [String] {
    var words = offers.map {
      "\($0.id): \(RateText.text($0.hourly(price))) an hour, out of dollars an hour for any size that are owed "
        + "for \(counted($0.months, "month")), used or not. \($0.source)."
    }
    if let sustained = book.sustained.at(now), let off = offThroughMonth {
      words.append(
        "Through a whole month: \(RateText.text(.dollars(price.dollars * (1 - off)))) an hour, without being "
          + "asked for. \(sustained.source).")
    }
    return words
  }
}
