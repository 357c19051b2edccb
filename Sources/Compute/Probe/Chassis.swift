/// What a machine is built as, as far as what it weighs and draws depends on it.
package enum Chassis: String, Hashable, Sendable, Codable {
  /// With a battery and a screen.
  case laptop
  /// A box that stands on or under a desk.
  case desktop
  /// Made for a rack.
  case server

  /// What the number of a chassis says; nil where it says nothing of the kind.
  ///
  /// - Source: DMTF, System Management BIOS Reference Specification (DSP0134) 3.4.0, 2020, section 7.4.1.
  package init?(systemManagementBIOS number: Int) {
    switch number {
    case 8...10, 14, 30...32: self = .laptop
    case 3...7, 13, 15, 16, 24, 35, 36: self = .desktop
    case 17, 23, 25, 28, 29: self = .server
    default: return nil
    }
  }

  /// That of this machine, as Linux passes it on from the firmware.
  static func ofThisMachine() -> Chassis? {
    ProbeFile.text("/sys/class/dmi/id/chassis_type").flatMap { Int($0) }
      .flatMap(Chassis.init(systemManagementBIOS:))
  }
}
