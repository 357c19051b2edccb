import Quantities

/// One page view with nobody else on the way: what each part of the stack takes for it.
///
/// Left out: the greeting of the two computers before the first byte, detours, and all waiting.
package struct PageTrip: Hashable, Sendable {
  /// How far away the visitor is.
  package var distance: Length
  /// The line between the shop and the Internet.
  package var line: DataRate
  /// How much data the page has.
  package var page: DataSize
  /// How fast the processor is; the server of 2004 is 1.
  package var speed: Double
  /// What a page asks of the parts of a server.
  package var work: PageWork

  /// The speed of light in a vacuum over the group index of glass fibre, in metres a second.
  ///
  /// - Source: 299,792,458 m/s is exact (BIPM, The International System of Units, 2019). The index 1.468
  ///   is the usual figure for the single-mode fibre of ITU-T G.652; makers' data sheets differ in the
  ///   fourth digit.
  package static let metersPerSecondInFiber = 299_792_458 / 1.468

  /// A page view as given.
  /// - Precondition: the line, the page and the speed are above zero, the distance not below.
  package init(
    distance: Length, line: DataRate, page: DataSize, speed: Double = 1, work: PageWork = PageWork()
  ) {
    precondition(
      distance.meters >= 0 && line.bytesPerSecond > 0 && page.bytes > 0 && speed > 0,
      "a page of \(page.bytes) B at \(line.bytesPerSecond) B/s over \(distance.meters) m")
    self.distance = distance
    self.line = line
    self.page = page
    self.speed = speed
    self.work = work
  }

  /// The question's way to the shop and the answer's way back, in seconds: twice the distance over
  /// the speed of light in glass.
  package var waySeconds: Double { 2 * distance.meters / PageTrip.metersPerSecondInFiber }

  /// How long the page takes to pass the line, in seconds: its bytes over the bytes a second.
  package var lineSeconds: Double { page.bytes / line.bytesPerSecond }

  /// How long the processor works on it, in seconds.
  package var processorSeconds: Double { work.web.seconds / speed }

  /// How long the data tier works on it, in seconds.
  package var dataSeconds: Double { work.data.seconds }

  /// How long the disk works on it, in seconds.
  package var diskSeconds: Double { work.disk.seconds }

  /// From the click to the last byte, in seconds.
  package var totalSeconds: Double {
    waySeconds + lineSeconds + processorSeconds + dataSeconds + diskSeconds
  }

  /// How many such pages the line carries, one behind the other.
  package var pageRate: Rate { Rate(perSecond: line.bytesPerSecond / page.bytes) }
}
