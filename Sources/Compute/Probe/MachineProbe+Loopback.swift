import Glibc

extension MachineProbe {
  /// Sends bytes to itself over TCP on 127.0.0.1: one there and one back for the round trip, many
  /// for the rate.
  ///
  /// Both ends are in this thread, so what is timed is the system's network stack.
  ///
  /// Where no socket can be had the readings are nil, as without permission.
  func measureLoopback() throws
    -> (roundTrip: MachineMeasurement.Reading, rate: MachineMeasurement.Reading)?
  {
    guard scope.usesLoopback, let pair = LoopbackPair() else { return nil }
    var roundTrips: [Double] = []
    var rates: [Double] = []
    for _ in 0..<MachineProbe.repetitions {
      try checkpoint()
      guard let roundTrip = pair.roundTrip(count: 500), let rate = pair.rate(bytes: 8 << 20) else {
        return nil
      }
      roundTrips.append(roundTrip)
      rates.append(rate)
    }
    return (MachineMeasurement.Reading(roundTrips), MachineMeasurement.Reading(rates))
  }
}

/// Two ends of a TCP connection from this process to itself.
///
/// A class, because the descriptors have one owner and are closed with it.
private final class LoopbackPair {
  private let near: Int32
  private let far: Int32

  /// A connection, or nil if the system gives none.
  init?() {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { return nil }
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        bind(listener, generic, length) == 0 && listen(listener, 1) == 0
          && getsockname(listener, generic, &length) == 0
      }
    }
    guard isBound else { return nil }
    let near = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    let isConnected = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(near, $0, length) == 0 }
    }
    let far = isConnected ? accept(listener, nil, nil) : -1
    guard far >= 0 else {
      close(near)
      return nil
    }
    self.near = near
    self.far = far
    var one: Int32 = 1
    for end in [near, far] {
      setsockopt(end, Int32(IPPROTO_TCP), TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }
  }

  deinit {
    close(near)
    close(far)
  }

  /// Seconds for one byte there and one back.
  func roundTrip(count: Int) -> Double? {
    var byte: UInt8 = 1
    let start = MachineProbe.now()
    for _ in 0..<count {
      guard send(near, &byte, 1, 0) == 1, recv(far, &byte, 1, 0) == 1, send(far, &byte, 1, 0) == 1,
        recv(near, &byte, 1, 0) == 1
      else { return nil }
    }
    return (MachineProbe.now() - start) / Double(count)
  }

  /// Bytes a second from one end to the other, in pieces that fit into the system's buffers.
  func rate(bytes: Int) -> Double? {
    var piece = [UInt8](repeating: 7, count: 32_768)
    let start = MachineProbe.now()
    for _ in 0..<bytes / piece.count {
      guard send(near, piece, piece.count, 0) == piece.count else { return nil }
      var received = 0
      while received < piece.count {
        let count = recv(far, &piece, piece.count - received, 0)
        guard count > 0 else { return nil }
        received += count
      }
    }
    return Double(bytes) / (MachineProbe.now() - start)
  }
}
