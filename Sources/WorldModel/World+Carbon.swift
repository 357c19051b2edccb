import Catalogs
import Cloud
import Quantities
import Service

/// The carbon dioxide of all electricity so far.
///
/// Left out: what was emitted to make machines and buildings, and a provider's contracts with power plants of
/// its own; a grid is what it is.
package struct CarbonFootprint: Hashable, Codable, Sendable {
  /// Of one's own machines and room, by meter or by plate.
  package internal(set) var own = Mass(kilograms: 0)
  /// Of rented cores, with their share of the hall.
  package internal(set) var rented = Mass(kilograms: 0)

  /// All of it.
  package var total: Mass { own + rented }
}

extension World {
  /// Counts a day's electricity.
  /// - Parameter kilowattHours: what one's own machines and room took in it.
  mutating func countCarbon(kilowattHours: Double, at due: Moment) {
    carbon.own = carbon.own + gridCarbon(at: due) * kilowattHours
    let day = due.startOfDay
    for account in accounts {
      guard let book = catalog.priceBook(account.provider), let region = book.regions(at: due).first
      else { continue }
      var coreHours = 0.0
      for run in account.usage.runs where run.ended.map({ $0 > day }) ?? true {
        guard run.started < due, let size = book.instance(run.type) else { continue }
        let span = min(run.ended ?? due, due) - max(run.started, day)
        coreHours += span.seconds / 3_600 * Double(size.cores)
      }
      guard coreHours > 0,
        let mass = book.carbon(
          coreHours: coreHours, use: useOfDay(day, due), region: region.id, at: due)
      else { continue }
      carbon.rented = carbon.rented + mass
    }
  }

  /// How busy the servers of the shop were on a day.
  private func useOfDay(_ day: Moment, _ due: Moment) -> Double {
    guard let accounts = shop?.accounts else { return 0 }
    let end = min(due + TimeSpan(nanoseconds: 1), accounts.now)
    do throws(WindowProblem) {
      let start = max(day, accounts.start)
      guard start < end else { return 0 }
      return try accounts.account(of: Window(start, end)).utilization(of: .servers) ?? 0
    } catch {
      preconditionFailure("the day that has just ended is not on record: \(error)")
    }
  }

  /// What a kilowatt-hour stands for where the room stands: the grid of the nearest region of a provider.
  package func gridCarbon(at moment: Moment) -> Mass {
    let grid = site.grid
    let carbon = catalog.priceBook("aws")?.regions.first { $0.id == grid }?.carbon ?? []
    return (carbon.at(moment) ?? carbon.first)?.value ?? Mass(kilograms: 0)
  }
}
