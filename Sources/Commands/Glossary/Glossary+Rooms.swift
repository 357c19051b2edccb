extension Glossary {
  static let roomTerms = [
    Term(
      "power-path",
      "The way of the electricity: utility, switchgear, uninterruptible supply, distribution, rack. "
        + "Each part has a limit and loses a little.", aliases: ["UPS", "PDU"]),
    Term(
      "heat-equals-power",
      "Every watt that a machine draws becomes a watt of heat in the room, and somebody has to carry it "
        + "out.", aliases: ["heat"]),
    Term(
      "cooling",
      "Carrying the heat out. It takes power itself, and when it stops, a full room is too hot within "
        + "minutes.", aliases: ["CRAC"]),
    Term(
      "power-usage-effectiveness",
      "The power of the whole building divided by that of its computers. 2 means one watt of overhead "
        + "for each watt of computing; the best buildings are near 1.1.", aliases: ["PUE"]),
    Term(
      "idle-power",
      "What a machine draws while it does nothing: for a server of 2004 most of what it draws at full "
        + "work."),
    Term(
      "failures-in-a-fleet",
      "A part that fails once in thirty years is no worry; a thousand of them fail every eleven days.",
      aliases: ["failure", "MTBF"]),
    Term(
      "redundancy",
      "More parts than are needed, so that one may fail: n+1. It helps only against failures that do not "
        + "come together.", aliases: ["n+1"]),
    Term(
      "backup",
      "A copy elsewhere, of an earlier moment. Redundancy protects against broken disks; only a backup "
        + "protects against a wrong command."),
    Term(
      "fixed-and-running-cost",
      "What a machine costs whether or not it is used, and what each hour of use adds.",
      shownBy: ["ledger.capital", "ledger.running"]),
    Term(
      "depreciation",
      "The price of a machine, spread over the years that it serves.", aliases: ["capital"],
      shownBy: ["ledger.capital"]),
    Term(
      "balancing",
      "Spreading requests over several machines, so that none is full while another rests.",
      aliases: ["load-balancing"], shownBy: ["servers.utilization"]),
    Term(
      "availability",
      "The share of time, or of requests, in which a service does what it should. 99.9 % is nearly nine "
        + "hours a year in which it does not.", shownBy: ["shop.answered-in-2s"]),
    Term(
      "design-for-failure",
      "Building so that the failure of any one part is an everyday event and not an outage."),
  ]

  static let cloudTerms = [
    Term(
      "metered-rent", "Paying by the hour for what is in use, rather than owning it.",
      aliases: ["pay-as-you-go"]),
    Term(
      "pooling",
      "Many customers on the same machines: their peaks do not come together, so the pool needs less "
        + "headroom than each would need by itself.", aliases: ["multiplexing"]),
    Term(
      "instance", "A part of a machine that is rented as if it were a whole one.",
      aliases: ["VM", "virtual-machine"]),
    Term(
      "who-does-what",
      "Which layers the provider looks after and which the customer does: building, machine, operating "
        + "system, program, data.", aliases: ["shared-responsibility"]),
    Term(
      "placement",
      "Deciding which machine an instance goes to. Packed tightly, fewer machines are needed; spread "
        + "out, a failure hits fewer customers.", aliases: ["bin-packing"]),
    Term(
      "region-and-zone",
      "A region is a place on the map; its zones are buildings that share neither power nor cooling, "
        + "near enough to copy data at once.", aliases: ["region", "zone"],
      shownBy: ["cloud.zones"]),
    Term(
      "economies-of-scale",
      "Why a machine costs less among a hundred thousand: cheaper power, better prices, fewer hands for "
        + "each.", shownBy: ["offer.cheaper"]),
    Term(
      "noisy-neighbor",
      "Another customer on the same machine whose work makes yours slower.",
      shownBy: ["offer.slowdown.p99"]),
    Term(
      "break-even",
      "The use at which owning and renting cost the same. Above it owning is cheaper.",
      shownBy: ["breakeven.share"]),
    Term(
      "egress", "Data that leave a provider's network, and what they cost.",
      shownBy: ["leave.egress"]),
    Term(
      "lock-in",
      "What it would cost to leave: rewriting, moving the data, learning anew. It is a price, so it can "
        + "be compared.", shownBy: ["leave.total"]),
    Term(
      "autoscaling",
      "Renting and giving back machines as the load changes. It lags behind by the time that a machine "
        + "takes to start.", shownBy: ["cloud.instances"]),
    Term(
      "capacity", "How much work a part could do at most.", shownBy: ["servers.count"]),
  ]
}
