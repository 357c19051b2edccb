import Testing

@testable import Service

/// Checks what must be true of every shop at every moment.
///
/// Nothing is lost uncounted, and all that count the same thing agree.
func expectConsistent(_ shop: Shop, sourceLocation: SourceLocation = #_sourceLocation) {
  let total = shop.accounts.total
  let model = shop.simulation.model
  let occupancy = model.occupancy
  func present(_ stages: Visit.Stage...) -> Int {
    model.visits.count { stages.contains($0.stage) }
  }
  func atServers(_ count: (WebServer) -> Int) -> Int { model.servers.map(count).reduce(0, +) }
  func check(_ name: Comment, _ a: Int, _ b: Int) {
    #expect(a == b, name, sourceLocation: sourceLocation)
  }
  let decided = total.requestsAnswered + total.requestsRefused + total.requestsAbandoned
  check("requests", total.requests, decided + shop.requestsInFlight)
  check("visits", total.visits, total.visitsEnded + shop.visitsUnderWay)
  check("in flight", shop.requestsInFlight, model.visits.count { $0.isInFlight })
  check("connections", atServers(\.connections), present(.backlog, .cores, .dataLine, .data))
  check("time at servers", occupancy.atServers, present(.backlog, .cores))
  check("on cores", atServers(\.cores.count), present(.cores))
  check("in backlogs", atServers(\.backlog.count), present(.backlog))
  check("busy cores", occupancy.busyCores, atServers(\.busyCores))
  check("cores", occupancy.cores, atServers { $0.isUp ? $0.model.cores : 0 })
  check("off", atServers { $0.isUp ? 0 : $0.connections }, 0)
  check("in the data line", model.dataTier.line.count, present(.dataLine))
  check("time in the data line", occupancy.inDataLine, present(.dataLine))
  check("on the uplink", model.uplink.count, present(.uplink))
  check("time on the uplink", occupancy.onUplink, present(.uplink))
  check("vacant places", model.vacantVisits.count, present(.vacant))
  let fates = total.visitsLost + total.visitsAnsweredIn2s
  #expect(total.visitsEnded >= fates, sourceLocation: sourceLocation)
}
