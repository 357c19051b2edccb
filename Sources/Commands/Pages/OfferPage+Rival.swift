import Cloud
import Quantities
import Reports

// A price beside a rival's, quotas and promises, where they are asked for.
extension OfferPage {
  var rivalBlocks: [Block] {
    guard let competition = parameters.competition else { return [] }
    var sentences = [
      "At \(RateText.text(price)) beside the rival's \(RateText.text(competition.rival)) "
        + "\(FactValue.share(competition.demand).text) of the tenants come who would at equal prices."
    ]
    if let best = priceOfMostRevenue {
      sentences.append(
        "At \(RateText.text(best)) all cores would just be asked for, and revenue would be highest: "
          + "below it hosts are full and each hour brings less, above it they stand empty.")
    }
    var blocks: [Block] = [.paragraph(sentences.joined(separator: " "))]
    if competition.cut > 0 { blocks.append(.paragraph(cutSentence(competition))) }
    if tally.switched > 0 || competition.cut > 0 {
      blocks.append(.paragraph(switchedSentence(competition)))
    }
    return blocks
  }

  private var priceOfMostRevenue: Money? {
    parameters.competition?.priceOfMostRevenue(load: parameters.load / parameters.oversubscription)
  }

  private func cutSentence(_ competition: PriceCompetition) -> String {
    "In mid-time the rival went down to \(RateText.text(competition.rivalAfterCut)). From then on "
      + "\(FactValue.share(competition.demandAfterCut).text) of the new tenants came, and "
      + "\(counted(tally.choseRival, "machine")) started at the rival's."
  }

  private func switchedSentence(_ competition: PriceCompetition) -> String {
    "Of those who were there, "
      + (tally.switched > 0
        ? "\(counted(tally.switched, "machine")) went over with their tenants" : "nobody went over")
      + ": new tenants choose, old ones hardly move, \(FactValue.share(competition.switching).text) of them in a year."
  }

  var rivalFacts: [Fact] {
    let none = FactValue.undefined("there is no rival; add rival=$0.04")
    let noCut = FactValue.undefined("the rival kept its price; add rival-cut=20%")
    let competition = parameters.competition
    let hasCut = (competition?.cut ?? 0) > 0
    return [
      fact("demand", competition.map { .share($0.demand) } ?? none),
      fact(
        "demand.after", competition.map { hasCut ? .share($0.demandAfterCut) : noCut } ?? none),
      fact("tenants.lost", competition.map { _ in .count(tally.choseRival) } ?? none),
      fact("tenants.switched", competition.map { _ in .count(tally.switched) } ?? none),
      fact(
        "price.best",
        competition.map { _ in
          priceOfMostRevenue.map { .rate($0) }
            ?? .undefined("with so little elasticity the dearer, the more")
        } ?? none),
    ]
  }

  // MARK: - Who is let in

  var admissionBlocks: [Block] {
    guard parameters.promised > 0 else { return [] }
    return [
      .paragraph(
        "Of \(QuantityText.grouped(tally.promisedAsked)) machines whose tenants paid for the promise of room, "
          + (tally.promisedRefused > 0
            ? "\(QuantityText.grouped(tally.promisedRefused)) were refused." : "none was refused."))
    ]
  }

  var admissionFacts: [Fact] {
    func refusals(_ reason: PlacementRefusal, _ isAsked: Bool, _ how: String) -> FactValue {
      isAsked ? .count(tally.refusals[reason] ?? 0) : .undefined(how)
    }
    let noPromise = "nothing was promised; add promised=20%"
    return [
      fact(
        "refused.quota",
        refusals(.quota, parameters.quota != nil, "there is no quota; add quota=64")),
      fact(
        "refused.failover",
        refusals(.failover, parameters.keepsZone, "whoever found room was let in")),
      fact(
        "refused.promised", refusals(.promised, parameters.promised > 0, noPromise)),
      fact(
        "promised.refused.share",
        parameters.promised > 0
          ? .share(
            tally.promisedRefused, of: tally.promisedAsked, else: "no such tenant came")
          : .undefined(noPromise)),
    ]
  }
}
