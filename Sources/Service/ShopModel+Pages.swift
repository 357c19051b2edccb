import Quantities
import SimulationKernel

// The path of one page view, station by station.
extension ShopModel {
  /// A visitor asks for a page, for the first time or once more.
  mutating func request(_ place: Int32, _ schedule: inout Schedule<Event>) {
    let now = schedule.now
    records.minute[.requests] += 1
    if !visits[Int(place)].isRetrying { visits[Int(place)].clicked = now }
    guard hasData, isReachable, let server = leastConnected() else {
      records.minute[.refused] += 1
      fail(place, &schedule)
      return
    }
    requestsInFlight += 1
    visits[Int(place)].attempt &+= 1
    visits[Int(place)].asked = now
    visits[Int(place)].server = Int32(server)
    visits[Int(place)].deadline = ShopModel.onPatienceGrid(now + visits[Int(place)].patience)
    schedulePatienceTick(visits[Int(place)].deadline, &schedule)

    occupancy.settle(at: now)
    occupancy.atServers += 1
    let hasFreeWorker = servers[server].hasFreeWorker
    servers[server].connections += 1
    if hasFreeWorker {
      startOnCores(place, server, &schedule)
    } else {
      visits[Int(place)].stage = .backlog
      servers[server].backlog.append(place)
    }
  }

  /// The server with the fewest connections that has room for one more; of several the first.
  private func leastConnected() -> Int? {
    var best: Int?
    var fewest = Int.max
    for index in servers.indices
    where servers[index].connections < fewest && servers[index].hasRoom {
      best = index
      fewest = servers[index].connections
    }
    return best
  }

  private mutating func startOnCores(
    _ place: Int32, _ server: Int, _ schedule: inout Schedule<Event>
  ) {
    let visit = visits[Int(place)]
    let work =
      Double(work.web.nanoseconds)
      * visitors.webWork(visit: visit.number, page: Int(visit.page))
    visits[Int(place)].stage = .cores
    visits[Int(place)].started = schedule.now
    occupancy.settle(at: schedule.now)
    occupancy.busyCores -= servers[server].busyCores
    servers[server].advance(to: schedule.now)
    servers[server].cores.add(place, work: work)
    occupancy.busyCores += servers[server].busyCores
    scheduleCoresTick(server, &schedule)
  }

  mutating func coresTick(_ server: Int, _ schedule: inout Schedule<Event>) {
    // The server may have been sold.
    guard server < servers.count else { return }
    let now = schedule.now
    occupancy.settle(at: now)
    servers[server].cores.tickCame(at: now)
    servers[server].advance(to: now)
    occupancy.busyCores -= servers[server].busyCores
    while let place = servers[server].cores.popFinished() { askForData(place, &schedule) }
    occupancy.busyCores += servers[server].busyCores
    scheduleCoresTick(server, &schedule)
  }

  mutating func scheduleCoresTick(_ server: Int, _ schedule: inout Schedule<Event>) {
    if let due = servers[server].cores.tickToSchedule() {
      schedule.at(due, .cores(server: Int32(server)))
    }
  }

  private mutating func askForData(_ place: Int32, _ schedule: inout Schedule<Event>) {
    occupancy.atServers -= 1
    visits[Int(place)].computed = schedule.now
    guard dataTier.line.isEmpty, schedule.now >= dataTier.free else {
      visits[Int(place)].stage = .dataLine
      occupancy.inDataLine += 1
      dataTier.line.append(place)
      if dataTier.line.count == 1 { schedule.at(max(dataTier.free, schedule.now), .dataFree) }
      return
    }
    beginData(place, &schedule)
  }

  private mutating func beginData(_ place: Int32, _ schedule: inout Schedule<Event>) {
    let visit = visits[Int(place)]
    let page = Int(visit.page)
    let dataWork = visitors.dataWork(visit: visit.number, page: page) / dataSpeed
    let diskWork = visitors.diskWork(visit: visit.number, page: page) / (diskPace * dataSpeed)
    let query = dataTier.begin(
      at: schedule.now,
      data: TimeSpan(nanoseconds: Int64(Double(work.data.nanoseconds) * dataWork + 0.5)),
      disk: TimeSpan(nanoseconds: Int64(Double(work.disk.nanoseconds) * diskWork + 0.5)))
    records.minute[.diskStay] += query.atDisk.nanoseconds
    visits[Int(place)].stage = .data
    visits[Int(place)].queried = schedule.now
    schedule.at(query.stored, .stored(visit: place, attempt: visit.attempt))
  }

  mutating func serveDataLine(_ schedule: inout Schedule<Event>) {
    // Pages that left the line may have left a tick behind.
    guard schedule.now >= dataTier.free, let place = dataTier.line.popFirst() else { return }
    occupancy.settle(at: schedule.now)
    occupancy.inDataLine -= 1
    beginData(place, &schedule)
    if !dataTier.line.isEmpty { schedule.at(dataTier.free, .dataFree) }
  }

  mutating func dataStored(
    _ place: Int32, attempt: UInt16, _ schedule: inout Schedule<Event>
  ) {
    let visit = visits[Int(place)]
    // The visitor has given up, and may have asked again since.
    guard visit.stage == .data, visit.attempt == attempt else { return }
    let isRemote = servers[Int(visit.server)].isRemote
    releaseWorker(of: Int(visit.server), &schedule)
    visits[Int(place)].stage = .uplink
    visits[Int(place)].stored = schedule.now
    visits[Int(place)].isRemote = isRemote
    guard !isRemote else {
      remoteLine.advance(to: schedule.now)
      remoteLine.add(place, work: size(ofPage: visit.page).bytes)
      scheduleRemoteLineTick(&schedule)
      return
    }
    occupancy.settle(at: schedule.now)
    occupancy.onUplink += 1
    uplink.advance(to: schedule.now)
    uplink.add(place, work: size(ofPage: visit.page).bytes)
    scheduleUplinkTick(&schedule)
  }

  /// Gives a server's worker to the first request that waits for one.
  mutating func releaseWorker(of server: Int, _ schedule: inout Schedule<Event>) {
    servers[server].connections -= 1
    guard let next = servers[server].backlog.popFirst() else { return }
    startOnCores(next, server, &schedule)
  }

  /// What of a page the shop sends itself.
  private func size(ofPage page: Int32) -> DataSize {
    let whole = page == 0 ? work.firstPage : work.laterPage
    return isDelivered
      ? DataSize(bytes: max(0, whole.bytes - pictures(ofPage: page).bytes)) : whole
  }

  /// Its pictures, as far as they come from a content delivery network where there is one.
  private func pictures(ofPage page: Int32) -> DataSize {
    page == 0 ? work.firstPictures : work.laterPictures
  }

  mutating func uplinkTick(_ schedule: inout Schedule<Event>) {
    let now = schedule.now
    occupancy.settle(at: now)
    uplink.tickCame(at: now)
    uplink.advance(to: now)
    while let place = uplink.popFinished() {
      occupancy.onUplink -= 1
      answer(place, &schedule)
    }
    scheduleUplinkTick(&schedule)
  }

  mutating func scheduleUplinkTick(_ schedule: inout Schedule<Event>) {
    if let due = uplink.tickToSchedule() { schedule.at(due, .uplink) }
  }

  mutating func remoteLineTick(_ schedule: inout Schedule<Event>) {
    let now = schedule.now
    remoteLine.tickCame(at: now)
    remoteLine.advance(to: now)
    while let place = remoteLine.popFinished() { answer(place, &schedule) }
    scheduleRemoteLineTick(&schedule)
  }

  mutating func scheduleRemoteLineTick(_ schedule: inout Schedule<Event>) {
    if let due = remoteLine.tickToSchedule() { schedule.at(due, .remoteLine) }
  }

  private mutating func answer(_ place: Int32, _ schedule: inout Schedule<Event>) {
    let index = Int(place)
    let page = visits[index].page
    let response = schedule.now - visits[index].clicked
    requestsInFlight -= 1
    records.minute[.answered] += 1
    records.minute[visits[index].isRemote ? .bytesSentRemotely : .bytesSent] +=
      Int64(size(ofPage: page).bytes)
    if isDelivered { records.minute[.bytesDelivered] += Int64(pictures(ofPage: page).bytes) }
    records.minute[.responseTime] += response.nanoseconds
    if response.nanoseconds > records.minute[.responseMax] {
      records.minute[.responseMax] = response.nanoseconds
      if records.isSlowest(response) {
        records.noteSlow(slowPage(visits[index], answered: schedule.now))
      }
    }
    records.minuteResponses.record(response)
    if response > ShopModel.inTime { visits[index].wasSlow = true }
    visits[index].isRetrying = false
    visits[index].stage = .reading
    visits[index].page = page + 1
    guard page + 1 < visits[index].pageCount else {
      complete(place)
      return
    }
    let think = visitors.think(visit: visits[index].number, afterPage: Int(page))
    schedule.after(think, .click(visit: place))
  }

  private func slowPage(_ visit: Visit, answered: Moment) -> SlowPage {
    SlowPage(
      visit: visit.number, page: Int(visit.page) + 1, server: Int(visit.server),
      clicked: visit.clicked, asked: visit.asked, started: visit.started,
      computed: visit.computed, queried: visit.queried, stored: visit.stored, answered: answered)
  }

  /// The visitor has seen all pages: the visit is over, perhaps with an order.
  private mutating func complete(_ place: Int32) {
    let visit = visits[Int(place)]
    if visitors.buys(visit: visit.number) {
      records.minute[.orders] += 1
      records.minute[.revenue] += visitors.basket(ofVisit: visit.number).microdollars
    }
    if !visit.wasSlow { records.increment(.visitsInTime, visitBegunAt: visit.begun) }
    end(place)
  }

  /// Notes the end of a visit and frees its place.
  mutating func end(_ place: Int32) {
    records.increment(.visitsEnded, visitBegunAt: visits[Int(place)].begun)
    visits[Int(place)].stage = .vacant
    vacantVisits.append(place)
  }
}
