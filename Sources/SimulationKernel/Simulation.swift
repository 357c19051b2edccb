import Quantities

/// What is simulated: a value that changes when an event happens to it.
///
/// `Event` is a small enum; `handle` switches over it, changes the model and schedules what follows.
/// A model holds no clock and no generator: the time is the schedule's, and random numbers are
/// functions of who draws them (`Randomness`).
public protocol Model {
  /// What can happen.
  associatedtype Event

  /// Lets one event happen at `schedule.now`.
  mutating func handle(_ event: Event, _ schedule: inout Schedule<Event>)
}

/// The clock and the future of a simulation, as a model sees them.
public struct Schedule<Event> {
  /// The current moment.
  @inlinable public var now: Moment { clock }
  @usableFromInline var clock: Moment
  @usableFromInline var queue = EventQueue<Event>()

  /// A clock that stands at `start`, and an empty future.
  @inlinable
  public init(start: Moment) { clock = start }

  /// Lets `event` happen at a moment, which must not lie in the past.
  @inlinable
  public mutating func at(_ moment: Moment, _ event: Event) {
    precondition(moment >= clock, "an event was scheduled in the past")
    queue.push(event, due: moment)
  }

  /// Lets `event` happen a span from now; the span must not be negative.
  @inlinable
  public mutating func after(_ span: TimeSpan, _ event: Event) { at(now + span, event) }

  /// How many events are pending.
  @inlinable
  public var pendingCount: Int { queue.count }
}

/// A model together with its schedule: all that is needed to go on.
///
/// It is a struct, so a copy is a snapshot; two copies advanced alike end alike.
public struct Simulation<M: Model> {
  /// The model.
  public var model: M
  /// Its clock and its future.
  public var schedule: Schedule<M.Event>

  /// A model at the start of its time.
  @inlinable
  public init(model: M, start: Moment) {
    self.model = model
    schedule = Schedule(start: start)
  }

  /// Lets events happen up to `end`, at most `budget` of them, and returns how many did.
  ///
  /// With budget to spare the clock lands on `end`; events due at `end` itself belong to what comes
  /// after. Up to `.distantFuture` means until nothing is left, and the clock stays on the last event.
  /// A stop is not an event: it draws no sequence number, so two halves equal the whole.
  ///
  /// Call it on the concrete model, in slices of 2^14 to 2^16 events, with a look at Ctrl-C between
  /// two: fewer events than the budget means that `end` is reached.
  @inlinable
  public mutating func advance(to end: Moment, budget: Int = .max) -> Int {
    var handled = 0
    while handled < budget {
      guard let next = schedule.queue.popFirst(before: end) else {
        if schedule.clock < end, end != .distantFuture { schedule.clock = end }
        break
      }
      schedule.clock = next.due
      model.handle(next.event, &schedule)
      handled += 1
    }
    return handled
  }
}

extension Schedule: Sendable where Event: Sendable {}
extension Schedule: Equatable where Event: Equatable {}
extension Schedule: Encodable where Event: Encodable {}
extension Schedule: Decodable where Event: Decodable {}

extension Simulation: Sendable where M: Sendable, M.Event: Sendable {}
extension Simulation: Equatable where M: Equatable, M.Event: Equatable {}
extension Simulation: Encodable where M: Encodable, M.Event: Encodable {}
extension Simulation: Decodable where M: Decodable, M.Event: Decodable {}
