import CommandLanguage
import Quantities
import Reports
import Testing

@testable import Commands

@Suite struct OfferCommandTests {
  private let small = "offer hosts=60 days=6"

  @Test func itSaysNothingOfWhatWasNotAskedFor() throws {
    let page = try lastReport(small).words
    for word in ["idle rest", "rival", "promise", "orders", "replaced", "quota", "years"] {
      #expect(!page.contains(word), "\(word)")
    }
    let session = try played(small)
    for key in [
      "offer.spot.revenue", "offer.demand", "offer.cheaper", "offer.refresh.best",
      "offer.refused.quota", "offer.promised.refused.share", "offer.slowdown.mean",
      "offer.oldest.hosts", "offer.newest.core-hour", "offer.retired.hosts", "offer.retired.saved",
    ] {
      guard case .undefined = try value(key, in: session) else {
        Issue.record("\(key) has a value")
        continue
      }
    }
  }

  // What is not typed is not written down either, so logs of older sessions read as before.
  @Test func itsStatementNamesNoDefaultOfWhatCameLater() throws {
    let canonical = try lastReport(small).statement
    #expect(canonical.hasSuffix("together=no price=$0.04"), "\(canonical)")
  }

  // Share of the cores · 60 hosts · 32 cores · 144 hours · 4 cents · 35 %.
  @Test func theIdleRestBringsItsSharesWorth() throws {
    let session = try played(small + " spot=50%")
    let cores = try number("offer.spot.cores", in: session)
    let revenue = try number("offer.spot.revenue", in: session)
    #expect(cores > 0.2)
    #expect(abs(revenue - cores * 60 * 32 * 144 * 0.04 * 0.35) < 0.01)
    let paid = try number("offer.cores.paid", in: session)
    #expect(abs(try number("offer.cores.used", in: session) - paid - cores) < 1e-9)
    let all = try number("offer.revenue", in: session)
    #expect(abs(all - revenue - paid * 60 * 32 * 144 * 0.04) < 0.01)
    #expect(try lastReport(small + " spot=50%").words.contains("the idle rest brings"))
  }

  @Test func thePartsOfWhatIsSavedAddUp() throws {
    let session = try played(small + " why=yes")
    let parts = try ["use", "effectiveness", "people", "purchase"].map {
      try number("offer.cheaper.\($0)", in: session)
    }
    let all = try number("offer.cheaper", in: session)
    #expect(abs(parts.reduce(0, +) - all) < 1e-9)
    let here = try number("offer.core-hour", in: session)
    #expect(abs(try number("offer.room.core-hour", in: session) - all - here) < 1e-4)
    #expect(try lastReport(small + " why=yes").words.contains("average over all orders"))
  }

  @Test func aZoneIsOffAsLongAsWhatBrokeTakesIt() throws {
    let month = "offer hosts=60 days=10 outage=2"
    let feeds = try played(month)
    // Four hours, and three minutes until hosts that are switched on serve.
    #expect(try number("offer.dark", in: feeds) == 4 * 3_600 + 180)
    #expect(try number("offer.lasted", in: feeds) == 0)
    let cooling = try played(month + " cause=cooling")
    #expect(try number("offer.lasted", in: cooling) > 0)
    #expect(try number("offer.inlet.max", in: cooling) >= 45)
    let page = try lastReport(month + " cause=cooling").words
    #expect(page.contains("all that cools broke in zone 2, for 4 h."), "\(page)")
    #expect(page.contains("too hot and went off"), "\(page)")
  }

  @Test func airThatIsHeldWarmerIsBreathedWarmer() throws {
    let cool = try played(small + " setpoint=18C")
    let warm = try played(small + " setpoint=27C")
    let difference = try number("offer.inlet", in: warm) - number("offer.inlet", in: cool)
    // By nine degrees at most: from 25 °C on fans turn faster, and less of what hosts blow out comes round.
    #expect(difference > 3 && difference <= 9, "\(difference)")
    // It takes less work to carry heat out of warm air, and more of the year the outside is cold enough.
    #expect(try number("offer.pue", in: warm) < number("offer.pue", in: cool))
  }

  // 3.5 to 10.5 W for each of 32 cores: one host in one of three zones.
  @Test func aZoneWithoutHostsHasNoHall() throws {
    let session = try played("offer hosts=1 days=2 load=50%")
    let power = try number("offer.power", in: session)
    #expect(power >= 112 && power <= 336, "\(power) W")
    #expect(try problem("offer hosts=1 outage=2").message.hasPrefix("There are hosts in 1 zone"))
  }

  @Test func aCloudToWhichNobodyComesIsEmpty() throws {
    let session = try played("offer hosts=10 days=2 arrivals=0")
    #expect(try number("offer.asked", in: session) == 0)
    #expect(try number("offer.cores.used", in: session) == 0)
  }

  @Test func aCauseWithoutAnOutageIsRefused() throws {
    let diagnostic = try problem(small + " cause=mains")
    #expect(diagnostic.message == "'cause' means nothing without 'outage'.")
  }

  // (4 / 4)^−2 and, after a cut by a fifth, (4 / 3.2)^−2.
  @Test func aRivalsCutTakesNewTenants() throws {
    let session = try played(small + " rival=$0.04 rival-cut=20%")
    #expect(try number("offer.demand", in: session) == 1)
    #expect(abs(try number("offer.demand.after", in: session) - 0.64) < 1e-12)
    #expect(try number("offer.tenants.lost", in: session) > 0)
    #expect(try number("offer.tenants.switched", in: session) == 0)
    // 4 cents · √0.6.
    #expect(abs(try number("offer.price.best", in: session) - 0.030984) < 1e-5)
    let page = try lastReport(small + " rival=$0.04 rival-cut=20%").words
    #expect(page.contains("nobody went over: new tenants choose, old ones hardly move"))
  }

  // 32 cores and 10.5 W a core when new; 20 % less in each year of age: 15.43 after four, 336 W on 15 cores.
  @Test func hostsOfFiveYearsStandSideBySide() throws {
    let session = try played(small + " load=80% generations=5")
    #expect(try number("offer.oldest.cores", in: session) == 15)
    #expect(abs(try number("offer.oldest.watts", in: session) - 22.4) < 1e-9)
    #expect(try number("offer.newest.cores", in: session) == 32)
    #expect(try number("offer.newest.watts", in: session) == 10.5)
    #expect(try number("offer.oldest.hosts", in: session) == 12)
    #expect(try number("offer.newest.hosts", in: session) == 12)
    guard case .undefined = try value("offer.retired.hosts", in: session) else {
      Issue.record("nothing was retired")
      return
    }
    #expect(try lastReport(small + " generations=5").words.contains("W a core"))
  }

  // Of two years, 30 hosts each, for 144 hours: what an hour costs, by the hours in use.
  @Test func whatTheYearsCostIsAllThatItCosts() throws {
    let session = try played(small + " load=80% generations=2")
    let parts = try ["oldest", "newest"].map { side in
      try number("offer.\(side).core-hour", in: session) / 100
        * number("offer.\(side).used", in: session) * 30
        * number("offer.\(side).cores", in: session) * 144
    }
    let cost = try number("offer.cost", in: session)
    #expect(abs(parts[0] + parts[1] - cost) < 0.01)
  }

  // 12 of 60 hosts of 15 cores go, at four years and a few days; $4,800 each, of which a fifth is left.
  @Test func theOldestGoAndTheirTenantsStay() throws {
    let statement = small + " load=40% generations=5 retire=yes"
    let session = try played(statement)
    #expect(try number("offer.retired.hosts", in: session) == 12)
    #expect(try number("offer.retired.waiting", in: session) == 0)
    #expect(try number("offer.oldest.hosts", in: session) == 0)
    #expect(try number("offer.retired.moved", in: session) > 0)
    #expect(try number("offer.retired.price", in: session) == 57_600)
    let unwritten = try number("offer.retired.unwritten", in: session)
    #expect(abs(unwritten - 57_600.0 / 5 * (1 - 3 / 365.25)) < 20)
    #expect(try number("offer.retired.cores", in: session) == 12 * 17)
    // 180 cores are 5.625 new hosts; 0.048 · 2.2 of the old ones fail.
    let fewer = try number("offer.retired.failures.saved", in: session)
    #expect(abs(fewer - (12 * 0.048 * 2.2 - 5.625 * 0.048)) < 0.01)
    #expect(try number("offer.retired.electricity.saved", in: session) > 0)
    #expect(try lastReport(statement).words.contains("For the same cores new hosts"))
  }

  // A host can only be emptied while the others have room.
  @Test func aFullCloudKeepsItsOldestLonger() throws {
    let session = try played(small + " load=150% generations=5 retire=yes")
    #expect(try number("offer.retired.waiting", in: session) > 0)
  }

  // The faster hosts improve the sooner they go; providers wrote them off over 3 to 6 years.
  @Test func slowProgressKeepsHostsLonger() throws {
    func best(_ improvement: Int) throws -> Double {
      try number(
        "offer.refresh.best", in: try played(small + " refresh=5 improvement=\(improvement)%"))
    }
    let lives = try [60, 25, 15, 5].map(best)
    #expect(lives == lives.sorted() && lives[0] < lives[3])
    #expect((3...6).contains(lives[1]) && (3...6).contains(lives[2]))
  }

  @Test(arguments: [
    ("offer rival-cut=20%", "'rival-cut' means nothing without 'rival'.", 17),
    ("offer elasticity=3", "'elasticity' means nothing without 'rival'.", 18),
    ("offer switching=3%", "'switching' means nothing without 'rival'.", 17),
    ("offer spot-price=30%", "'spot-price' means nothing without 'spot'.", 18),
    (
      "offer improvement=30%", "'improvement' means nothing without 'refresh' or 'generations'.", 19
    ),
    ("offer retire=yes", "'retire' means nothing without 'generations'.", 14),
    ("offer hosts=2 generations=3", "2 hosts cannot be of 3 years.", 27),
    (
      "offer generations=3 why=yes", "'why' compares hosts that are all new, and these are not.", 25
    ),
    ("offer price=$0 rival=$0.04", "At a price of $0 all the world would come.", 13),
    (
      "offer price=$0.01 rival=$0.04",
      "So cheap beside the rival, tenants would ask for 960% of the cores.", 13
    ),
    (
      "offer zones=1 admit=failover",
      "With one zone there is no other that could take its machines.", 21
    ),
  ])
  func itRefusesWhatMeansNothing(statement: String, sentence: String, column: Int) throws {
    let problem = try problem(statement)
    #expect(problem.code == "offer-parameter")
    #expect(problem.message == sentence)
    #expect(problem.span?.column == column)
  }

  @Test func itsProgressCountsNoEventsThatItDoesNotKnow() throws {
    final class Seen { var progress: [CommandContext.Progress] = [] }
    let seen = Seen()
    var context = CommandContext(host: NoHost())
    context.progress = { seen.progress.append($0) }
    var session = Session()
    _ = try session.run(Source(text: small), context)
    #expect(!seen.progress.isEmpty && seen.progress.allSatisfy { $0.events == nil })
    #expect(seen.progress.last?.share == 1)
  }

  @Test func quotasAndPromisesRefuseForReasonsOfTheirOwn() throws {
    let session = try played("offer hosts=60 days=6 load=95% quota=16 promised=30% admit=failover")
    let reasons = try ["quota", "failover", "promised"].map {
      try number("offer.refused.\($0)", in: session)
    }
    #expect(reasons[0] > 0)
    #expect(reasons.reduce(0, +) >= (try number("offer.refused", in: session)))
    #expect(try number("offer.cores.used", in: session) <= 2 / 3.0)
    #expect(try number("offer.promised.refused.share", in: session) <= 1)
  }
}
