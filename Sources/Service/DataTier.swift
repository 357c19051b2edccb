import DequeModule
import Quantities

/// The data tier and its disk: one query at a time, first come first served, then one disk access.
///
/// A single first-come-first-served server needs no event of its own, only the moment at which it is
/// free: `free = max(now, free) + service`. A page that finds the data tier free thus knows at once
/// when it will leave the disk. A page that finds it busy waits in `line`, where it can still be
/// taken out when the visitor leaves; a query that has begun is carried through, disk and all.
struct DataTier: Sendable, Codable {
  /// The pages that wait for the data tier, by the number of their visit.
  var line: Deque<Int32> = []
  /// When the data tier has done all that it has begun.
  private(set) var free: Moment
  private var dataBooked: Int64 = 0
  private var dataCounted: Int64 = 0

  private var diskFree: Moment
  /// When the disk starts the last access that was booked, and until when those before it last.
  private var lastAccess: Moment
  private var diskFreeBeforeLast: Moment
  private var diskBooked: Int64 = 0
  private var diskCounted: Int64 = 0

  init(now: Moment) {
    free = now
    diskFree = now
    lastAccess = now
    diskFreeBeforeLast = now
  }

  /// Begins a query and returns when its data will have come from the disk, and how long it will
  /// have been at the disk.
  /// - Precondition: the data tier is free.
  mutating func begin(
    at now: Moment, data: TimeSpan, disk: TimeSpan
  ) -> (stored: Moment, atDisk: TimeSpan) {
    precondition(now >= free, "the data tier is busy until \(free), now is \(now)")
    free = now + data
    dataBooked += data.nanoseconds
    diskFreeBeforeLast = diskFree
    lastAccess = max(free, diskFree)
    diskFree = lastAccess + disk
    diskBooked += disk.nanoseconds
    return (diskFree, diskFree - free)
  }

  /// How long data tier and disk were busy since the last call.
  ///
  /// What was booked, less what lies in the future: the data tier is busy without a gap until it is
  /// free; the disk may pause before the access that was booked last.
  mutating func takeBusy(until now: Moment) -> (data: Int64, disk: Int64) {
    let data = dataBooked - after(now, free)
    let future =
      lastAccess > now
      ? (diskFree - lastAccess).nanoseconds + after(now, diskFreeBeforeLast) : after(now, diskFree)
    let disk = diskBooked - future
    defer {
      dataCounted = data
      diskCounted = disk
    }
    return (data - dataCounted, disk - diskCounted)
  }

  private func after(_ now: Moment, _ end: Moment) -> Int64 {
    max(0, end.nanoseconds - now.nanoseconds)
  }
}
