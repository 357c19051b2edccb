extension Glossary {
  /// The words of whoever runs a cloud.
  static let operatorTerms = [
    Term(
      "spot",
      "A rented machine that runs on what is idle, at a part of the price. It is taken back, with two "
        + "minutes' notice, when somebody who pays in full needs the room.",
      aliases: ["preemptible", "spot-instance"], shownBy: ["offer.spot.interrupted"]),
    Term(
      "quota",
      "The most that one account may have, so that a mistake or a thief in it cannot take all.",
      shownBy: ["offer.refused.quota"]),
    Term(
      "stranded-capacity",
      "Cores without memory beside them, or memory without cores: there, paid for, and sold to nobody.",
      shownBy: ["offer.refused.stranded"]),
    Term(
      "price-elasticity",
      "By how many percent fewer come for each percent of price. Above one, a higher price brings less "
        + "money.", aliases: ["elasticity"], shownBy: ["offer.demand"]),
    Term(
      "shapley-value",
      "A fair way to share out what several causes did together: the part of each is its average over "
        + "all orders in which they could come.", shownBy: ["offer.cheaper"]),
  ]

  /// The words of whoever rents.
  static let customerTerms = [
    Term(
      "data-gravity",
      "The more data lie in one place, the more is built beside them, and the harder they are to move.",
      shownBy: ["leave.copy"]),
    Term(
      "runway", "For how many months a young company's money lasts.", shownBy: ["runway.rent"]),
    Term(
      "cut-over",
      "The moment in which visitors are sent to the new place instead of the old one. What was not "
        + "rehearsed shows itself then.", shownBy: ["migrate.failed"]),
    Term(
      "service-level-agreement",
      "What a provider promises of its availability, and what of a bill it gives back if it was less.",
      aliases: ["SLA"], shownBy: ["cloud.credit"]),
    Term(
      "content-delivery-network",
      "Machines near the visitors, all over the world, that keep what is the same for everybody.",
      aliases: ["CDN"]),
    Term(
      "failover",
      "What waited takes over from what failed. It takes seconds to minutes, in which nobody answers."
    ),
  ]
}
