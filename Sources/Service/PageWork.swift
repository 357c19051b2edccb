import Quantities

/// What one page view asks of each part of the shop, on average.
package struct PageWork: Hashable, Sendable, Codable {
  /// Time on one core of speed 1, exponential.
  ///
  /// `Chosen:` 120 ms, a page of a 2004 script interpreter, so that one core carries about 8 page
  /// views a second.
  package var web = TimeSpan.seconds(0.120)
  /// Time in the data tier, exponential.
  ///
  /// `Chosen:` 12 ms, some queries on indexed tables.
  package var data = TimeSpan.seconds(0.012)
  /// Time on the data tier's disk, uniform from a half to one and a half of this.
  ///
  /// `Chosen:` 8 ms, one random access of a 2004 disk: about 4 ms to the track and 4 ms for half a
  /// turn at 7,200/min.
  package var disk = TimeSpan.seconds(0.008)
  /// The first page of a visit, with pictures and style.
  ///
  /// `Chosen:` 100 KB.
  package var firstPage = DataSize.kilobytes(100)
  /// Each later page: the browser has kept the logo and the style.
  ///
  /// `Chosen:` 25 KB.
  package var laterPage = DataSize.kilobytes(25)
  /// What of a first page are pictures and style, the same for all visitors.
  ///
  /// `Chosen:` four fifths, as on pages of a shop: some text, and the rest is to be looked at.
  package var firstPictures = DataSize.kilobytes(80)
  /// What of a later page are pictures.
  ///
  /// `Chosen:` three fifths, as the style is there already.
  package var laterPictures = DataSize.kilobytes(15)

  /// The course's pages.
  package init() {}
}
