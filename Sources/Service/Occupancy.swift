import Quantities

/// How many pages are where right now, and the integrals of these numbers over time.
///
/// By Little's law the integral of the number present is the time that pages spent there. Integrals
/// are whole nanoseconds, so it does not matter at which moments they are brought up to date.
struct Occupancy: Sendable, Codable {
  private var updated: Moment
  /// Requests in a web server's hands or waiting for a worker.
  var atServers = 0
  /// Cores that work.
  var busyCores = 0
  /// Cores that there are.
  var cores = 0
  /// Pages that wait for the data tier.
  var inDataLine = 0
  /// Pages on their way through the uplink.
  var onUplink = 0

  /// Integrals since the last minute was closed, in nanoseconds.
  var time: Int64 = 0
  var serverTime: Int64 = 0
  var coreBusy: Int64 = 0
  var coreTime: Int64 = 0
  var dataLineTime: Int64 = 0
  var uplinkTime: Int64 = 0
  var uplinkBusy: Int64 = 0

  init(now: Moment) { updated = now }

  /// Brings the integrals up to `now`; to be called before a number changes.
  mutating func settle(at now: Moment) {
    let span = now.nanoseconds &- updated.nanoseconds
    guard span > 0 else { return }
    updated = now
    time &+= span
    serverTime &+= span &* Int64(atServers)
    coreBusy &+= span &* Int64(busyCores)
    coreTime &+= span &* Int64(cores)
    dataLineTime &+= span &* Int64(inDataLine)
    uplinkTime &+= span &* Int64(onUplink)
    if onUplink > 0 { uplinkBusy &+= span }
  }

  /// Starts the integrals again from zero.
  mutating func clearIntegrals() {
    time = 0
    serverTime = 0
    coreBusy = 0
    coreTime = 0
    dataLineTime = 0
    uplinkTime = 0
    uplinkBusy = 0
  }
}
