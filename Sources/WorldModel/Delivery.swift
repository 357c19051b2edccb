import Catalogs
import Facility
import Quantities

/// Machines that were paid for and are on their way.
package struct Delivery: Hashable, Codable, Sendable {
  /// When they come.
  package var arrives: Moment
  /// Their model, by its name in the catalog.
  package var model: String
  /// How many.
  package var count: Int
  /// What one of them cost.
  package var price: Money
}

extension World {
  /// Lets machines that are ordered from now on take so long to come.
  package mutating func setDeliveryTime(_ span: TimeSpan) { deliveryTime = span }

  /// Takes in what has come by now: into racks as far as they take it, into the workshop else.
  mutating func takeDeliveries() {
    let come = deliveries.filter { $0.arrives <= now }
    guard !come.isEmpty else { return }
    deliveries.removeAll { $0.arrives <= now }
    for delivery in come {
      guard let model = catalog.server(delivery.model) else { continue }
      shop?.addServers(model.service, count: delivery.count)
      own(model, count: delivery.count, price: delivery.price)
      for _ in 0..<delivery.count {
        do throws(RoomProblem) {
          _ = try place(model, count: 1)
        } catch {
          // No room, no rack or no place in one: they stay in the workshop.
          break
        }
      }
    }
  }

  /// When the next machines come; nil if none are on their way.
  var nextDelivery: Moment? { deliveries.map(\.arrives).min() }
}
