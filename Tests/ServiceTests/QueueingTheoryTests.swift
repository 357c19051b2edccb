import Quantities
import Testing

@testable import Service

/// The shop with steady demand, of which all parts but one take no time: theory knows the answer.
///
/// Visits that come at random, browse and come back make an open network of queues with
/// product form (Baskett, Chandy, Muntz, Palacios, "Open, Closed, and Mixed Networks of Queues with
/// Different Classes of Customers", JACM 22(2), 1975). A station with processor sharing then has the
/// mean response E[S] / (1 − ρ), whatever the distribution of its work.
@Suite("Theory")
struct QueueingTheoryTests {
  static let start = Moment(year: 2004, month: 3, day: 1)

  static func shop(pages: Double, uplink: DataRate, work: PageWork) -> Shop {
    var shop = Shop(
      start: start, seed: 11, demand: Demand(pageViewsPerSecond: pages, rhythm: .steady),
      uplink: uplink)
    shop.setWork(work)
    return shop
  }

  @Test("one core that shares its time answers in E[S]/(1 − ρ): 0.240 s at ρ = 0.5")
  func coreAlone() throws {
    var work = PageWork()
    work.data = .zero
    work.disk = .zero
    // 4.1667 page views a second of 120 ms each are 0.5.
    var shop = Self.shop(pages: 0.5 / 0.120, uplink: .bitsPerSecond(1e15), work: work)
    shop.addServers(ServerModel(id: "one core", cores: 1, speed: 1))
    shop.run(to: Self.start + .hours(7))
    let account = try shop.accounts.account(
      of: Window(Self.start + .hours(1), Self.start + .hours(7)))
    let mean = try #require(account.responseMean).seconds
    #expect(abs(mean / 0.240 - 1) < 0.04)
    // Two standard errors of the offered load over 90,000 pages in clumps of 8.
    let busy = try #require(account.utilization(of: .servers))
    #expect(abs(busy / 0.5 - 1) < 0.03)
  }

  @Test("a line shared by pages of two sizes answers in E[S]/(1 − ρ) as well")
  func uplinkAlone() throws {
    var work = PageWork()
    work.web = .zero
    work.data = .zero
    work.disk = .zero
    // The mean page has (100 + 7 · 25) / 8 = 34.375 KB: 0.17811 s on a T1. Three a second are .5343.
    var shop = Self.shop(pages: 3, uplink: .bitsPerSecond(1_544_000), work: work)
    shop.addServers(ServerModel(id: "any", cores: 1, speed: 1))
    shop.run(to: Self.start + .hours(10))
    let account = try shop.accounts.account(
      of: Window(Self.start + .hours(1), Self.start + .hours(10)))
    let mean = try #require(account.responseMean).seconds
    #expect(abs(mean / (0.17811 / (1 - 0.5343)) - 1) < 0.05)
    let busy = try #require(account.utilization(of: .uplink))
    #expect(abs(busy / 0.5343 - 1) < 0.03)
  }

  @Test("a server of four cores at half the speed is as busy as its work says")
  func fourSlowCores() throws {
    var shop = Self.shop(pages: 4, uplink: .bitsPerSecond(1e9), work: PageWork())
    shop.addServers(ServerModel(id: "slow", cores: 4, speed: 0.5))
    shop.run(to: Self.start + .hours(6))
    // In the first hour the visits that are under way still gather.
    let total = try shop.accounts.account(
      of: Window(Self.start + .hours(1), Self.start + .hours(6)))
    // 4/s · 0.12 s / (4 · 0.5) = 0.24 ; data 4/s · 12 ms = 0.048 ; disk 4/s · 8 ms = 0.032.
    for (station, load) in [(Station.servers, 0.24), (.data, 0.048), (.disk, 0.032)] {
      let busy = try #require(total.utilization(of: station))
      #expect(abs(busy / load - 1) < 0.04)
    }
  }

  @Test("the line is busy for exactly as long as the bytes that it sent take")
  func bytesAreConserved() throws {
    var shop = Self.shop(pages: 2, uplink: .bitsPerSecond(1_544_000), work: PageWork())
    shop.addServers(ServerModel(id: "fast", cores: 4, speed: 4))
    shop.run(to: Self.start + .hours(3))
    let total = shop.accounts.total
    #expect(total.requestsLost == 0)
    let seconds = total.dataSent.bytes / 193_000
    let busy = try #require(total.utilization(of: .uplink)) * 3 * 3_600
    // At most the pages under way are not sent, and each page ends up to 2 ns late.
    #expect(abs(busy - seconds) < 0.52 * Double(shop.requestsInFlight) + 1e-3)
  }

  @Test("the time that pages spend at the stations is the time that visitors wait")
  func stays() throws {
    var shop = Self.shop(pages: 2, uplink: .bitsPerSecond(1_544_000), work: PageWork())
    shop.addServers(firstServer, count: 2)
    shop.run(to: Self.start + .hours(3))
    let total = shop.accounts.total
    #expect(total.requestsLost == 0)
    let stays = Station.allCases.map { total.stay(at: $0).seconds }.reduce(0, +)
    let waits = try #require(total.responseMean).seconds * Double(total.requestsAnswered)
    // The pages that are still under way have stayed, but nobody has waited to the end for them.
    #expect(stays >= waits - 1)
    #expect(stays - waits < 10 * Double(shop.requestsInFlight) + 1)
  }

  @Test("data tier and disk are busy to the nanosecond, whenever one asks")
  func bookedTimeIsSplit() {
    let now = Moment.origin
    var tier = DataTier(now: now)
    let first = tier.begin(at: now, data: .seconds(10), disk: .seconds(30))
    #expect(first.stored == now + .seconds(40))
    // At 5 s: 5 of the data tier's 10 s; the disk has not begun.
    #expect(tier.takeBusy(until: now + .seconds(5)) == (5_000_000_000, 0))
    let second = tier.begin(at: now + .seconds(20), data: .seconds(1), disk: .seconds(2))
    // The disk is free at 40 s only.
    #expect(second.stored == now + .seconds(42))
    #expect(second.atDisk == .seconds(21))
    #expect(tier.takeBusy(until: now + .seconds(25)) == (6_000_000_000, 15_000_000_000))
    #expect(tier.takeBusy(until: now + .seconds(100)) == (0, 17_000_000_000))
  }
}
