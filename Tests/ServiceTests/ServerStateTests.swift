import Quantities
import Testing

@testable import Service

@Suite("A server that is switched off, slowed down or watched")
struct ServerStateTests {
  @Test("drops what it holds when it goes off, and is asked again when it comes back")
  func offAndOn() throws {
    // On a line that is wide enough, so that requests wait for the servers.
    var shop = courseShop(
      start: evening, factor: 12, uplink: .bitsPerSecond(44_736_000), servers: 2)
    shop.run(to: evening + .minutes(30))
    let refused = shop.accounts.total.requestsRefused
    shop.setServer(1, isUp: false)
    expectConsistent(shop)
    #expect(shop.accounts.total.requestsRefused > refused)
    #expect(!shop.isServerUp(1))
    shop.setServer(0, isUp: false)
    shop.run(to: evening + .minutes(40))
    expectConsistent(shop)
    // Nobody serves, so in a minute of it nothing is answered but what is on the line.
    let dark = try #require(shop.accounts.lastMinute)
    #expect(dark.requests > 0 && dark.requestsRefused == dark.requests)
    shop.setServer(0, isUp: true)
    shop.setServer(1, isUp: true)
    shop.run(to: evening + .minutes(60))
    expectConsistent(shop)
    #expect(try #require(shop.accounts.lastMinute).requestsAnswered > 0)
    #expect(shop.servers.count == 2)
  }

  @Test("at half its pace does exactly what a server of half the speed does")
  func paceIsSpeed() throws {
    var paced = courseShop(servers: 0)
    paced.addServers(ServerModel(id: "a", cores: 2, speed: 1))
    paced.setServer(0, pace: 0.5)
    var slow = courseShop(servers: 0)
    slow.addServers(ServerModel(id: "a", cores: 2, speed: 0.5))
    for shop in [paced, slow] { #expect(shop.accounts.total.requests == 0) }
    paced.run(to: spring + .days(1))
    slow.run(to: spring + .days(1))
    #expect(paced.accounts.total == slow.accounts.total)
    #expect(paced.pace(ofServer: 0) == 0.5)
  }

  @Test("changes its pace in the middle of its work without losing any of it")
  func paceInTheMiddle() throws {
    var shop = courseShop(start: evening, factor: 4, servers: 1)
    for minute in 1...20 {
      shop.setServer(0, pace: minute.isMultiple(of: 2) ? 1 : 0.4)
      shop.run(to: evening + .minutes(minute))
      expectConsistent(shop)
    }
    #expect(try #require(shop.accounts.lastMinute).requestsAnswered > 0)
  }

  @Test("has worked as long as the accounts say")
  func busyTime() throws {
    var shop = courseShop(start: evening, factor: 2, servers: 3)
    shop.run(to: evening + .minutes(20) + TimeSpan(nanoseconds: 5))
    let busy = (0..<3).reduce(TimeSpan.zero) { $0 + shop.busyTime(ofServer: $1) }
    let share = try #require(shop.accounts.total.utilization(of: .servers))
    // Three servers of one core each.
    #expect(abs(busy.seconds - share * shop.accounts.total.span.seconds * 3) < 1e-6)
    shop.removeServer(at: 0)
    expectConsistent(shop)
    #expect(shop.servers.count == 2)
  }
}
