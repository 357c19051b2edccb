import Quantities
import Testing

@testable import Service

@Test("a shop of the usual size answers nearly everybody on two ordinary days")
func ordinaryDays() throws {
  var shop = Shop(
    start: Moment(year: 2004, month: 3, day: 1), seed: 1, demand: Demand(),
    uplink: .bitsPerSecond(1_544_000))
  shop.addServers(ServerModel(id: "a", cores: 2, speed: 1))
  let events = shop.run(to: Moment(year: 2004, month: 3, day: 3))
  let total = shop.accounts.total
  print(events, total.visits, total.requests, total.requestsAnswered, shop.requestsInFlight)
  print(total.answeredIn2s ?? -1, total.responseMean?.seconds ?? -1, total.orders, total.revenue)
  for station in Station.allCases {
    print(station, total.utilization(of: station) ?? -1, total.shareOfTime(at: station) ?? -1)
  }
  print(try shop.accounts.bottleneck(in: shop.accounts.wholeTime))
  print(try shop.accounts.demandPeak(in: shop.accounts.wholeTime) ?? -1)
  #expect(total.visits > 0)
}
