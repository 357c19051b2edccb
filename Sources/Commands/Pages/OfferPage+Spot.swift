import Cloud
import Quantities
import Reports

// What the sale of the idle rest brings, where it is asked for.
extension OfferPage {
  /// What a spot machine pays of the price.
  ///
  /// `Chosen:` 35 %; savings were "as high as 66%" (W. Vogels, All Things Distributed, July 2011).
  static let usualSpotShare = 0.35

  var spotRevenue: Money {
    .dollars(tally.spot.coreSeconds / 3_600 * price.dollars * spotShareOfPrice)
  }

  var spotBlocks: [Block] {
    guard parameters.spot > 0 else { return [] }
    return [.table(spotTable), .paragraph(spotSentence)]
  }

  private var spotTable: Table {
    let spot = tally.spot
    return Table(
      key: "offer.spot", columns: [.init("the idle rest"), .init("")],
      rows: [
        [.words("cores in use without it"), .value(.share(result.coreShare))],
        [.words("with it"), .value(.share(usedShare))],
        [.words("spot machines asked for"), .value(.count(spot.asked))],
        [.words("  found nothing idle"), .value(.count(spot.refused))],
        [.words("  done with their work"), .value(.count(spot.departed))],
        [.words("  taken back"), .value(.count(spot.interrupted))],
        [.words("  lost with their host"), .value(.count(spot.lost))],
        [.words("  there at the end"), .value(.count(spot.live))],
      ])
  }

  private var spotSentence: String {
    let share = revenue > .zero ? spotRevenue.dollars / revenue.dollars : 0
    let brought =
      "At \(FactValue.share(spotShareOfPrice).text) of the price the idle rest brings "
      + "\(FactValue.money(spotRevenue).text), \(FactValue.share(share).text) of the revenue. "
    guard tally.spot.waited > 0 else { return brought + "Nobody needed its room." }
    return brought
      + "\(counted(tally.spot.waited, "machine")) that pay in full found no room but that of spot machines, "
      + "and started two minutes later, when those had left."
  }

  var spotFacts: [Fact] {
    let spot = tally.spot
    let isSold = parameters.spot > 0
    let none = FactValue.undefined("no idle cores were sold; add spot=30%")
    return [
      fact("cores.paid", .share(result.coreShare)),
      fact("spot.cores", isSold ? .share(result.spotShare) : none),
      fact("spot.asked", isSold ? .count(spot.asked) : none),
      fact("spot.refused", isSold ? .count(spot.refused) : none),
      fact(
        "spot.interrupted",
        isSold ? spot.interruptedShare.map { .share($0) } ?? .undefined("none ended") : none),
      fact("spot.revenue", isSold ? .money(spotRevenue) : none),
    ]
  }
}
