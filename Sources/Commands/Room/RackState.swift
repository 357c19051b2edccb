import Facility
import Quantities
import WorldModel

/// How a rack fares, in a word, and since which event.
struct RackState {
  /// `running`, `throttled`, `tripped`, `dark`, `cut off` or `empty`.
  let name: String
  /// The event that brought it about, if it is one of the room.
  let event: RoomEvent?

  init(_ room: MachineRoom, rack: Int, now: Moment) {
    let state = room.room.racks[rack]
    func last(_ matches: (RoomEvent.Occurrence) -> Bool) -> RoomEvent? {
      room.room.log.last { matches($0.occurrence) }
    }
    if state.groups.isEmpty {
      (name, event) = ("empty", nil)
    } else if !state.isLive {
      name = "dark"
      event = last { if case .rackDark(rack) = $0 { true } else { false } }
    } else if state.groups.contains(where: { $0.state == .tripped }) {
      name = "tripped"
      event = last { if case .tripped(rack, _) = $0 { true } else { false } }
    } else if state.groups.contains(where: { $0.state == .throttled }) {
      name = "throttled"
      event = last { if case .throttled(rack, _) = $0 { true } else { false } }
    } else if room.cutOff[rack] != nil {
      (name, event) = ("cut off", nil)
    } else {
      (name, event) = ("running", nil)
    }
  }
}
