import Catalogs
import Facility
import Quantities
import Service

/// What it cost to run everything for a stretch of time, by cause: what was paid, what lost its worth, and
/// what did not come in.
package struct TotalCost: Sendable {
  /// What something costs.
  package enum Item: String, CaseIterable, Sendable {
    /// The worth that machines lost to age.
    case machines
    /// The worth that building, racks, cooling and power plant lost.
    case plant
    /// Electricity of the machines.
    case energy
    /// Electricity of cooling, losses and the rest.
    case overhead
    /// The line.
    case uplink
    /// The rent of the room.
    case rent
    /// Parts and calls.
    case repairs
    /// Wages.
    case people
    /// The quilt maker's own hours, which nobody pays.
    case hours
    /// Locks, cameras, guards.
    case security
    /// Insurance, less what it paid.
    case insurance
    /// Machines rented by the hour.
    case cloud
    /// Interest on loans, and what one's own money that is tied up could have earned.
    case capital
    /// What lost visits would have left.
    case lost

    /// What it is, in words.
    package var words: String {
      switch self {
      case .machines: "machines, lost to age"
      case .plant: "building and plant, lost to age"
      case .energy: "electricity of the machines"
      case .overhead: "electricity of the rest"
      case .uplink: "the line"
      case .rent: "rent of the room"
      case .repairs: "parts and repairs"
      case .people: "wages"
      case .hours: "your own hours"
      case .security: "security"
      case .insurance: "insurance"
      case .cloud: "machines rented"
      case .capital: "interest on what is tied up"
      case .lost: "sales that were lost"
      }
    }
  }

  /// The stretch.
  package let window: Window
  /// The amounts, in the order of the items.
  package let amounts: [(item: Item, amount: Money)]
  /// How many orders came in it.
  package let orders: Int
  /// How many pages were answered in it.
  package let pages: Int
  /// How many hours of the quilt maker's own it took.
  package let ownHours: Double

  /// The sum.
  package var total: Money { amounts.reduce(.zero) { $0 + $1.amount } }

  /// The amount of an item.
  package func amount(_ item: Item) -> Money {
    amounts.first { $0.item == item }?.amount ?? .zero
  }

  /// Over how many years building and plant lose their worth.
  ///
  /// - Source: Hennessy, Patterson, "Computer Architecture", 5th edition, section 6.4: ten years.
  package static let plantLifeYears = 10.0

  /// What money costs a year.
  ///
  /// - Source: Hennessy, Patterson, as above: 5 %.
  package static let annualRate = 0.05

  private static let year = 365 * 86_400.0
}

extension World {
  /// What everything cost in a stretch of time that was simulated.
  /// - Throws: `WindowProblem`, if the shop's records have no account of it.
  package func totalCost(of window: Window) throws(WindowProblem) -> TotalCost {
    var amounts: [TotalCost.Item: Money] = [:]
    let days = (window.end - window.start).seconds / 86_400
    amounts[.machines] = machineLoss(in: window)
    let plant = plantLoss(in: window)
    amounts[.plant] = plant.loss
    let electricity = ledger.spent(on: .electricity, from: window.start, to: window.end)
    let share = try machineShareOfEnergy(in: window)
    amounts[.energy] = .dollars(electricity.dollars * share)
    amounts[.overhead] = electricity - .dollars(electricity.dollars * share)
    let causes: [(TotalCost.Item, Ledger.Cause)] = [
      (.uplink, .uplink), (.rent, .rent), (.repairs, .repairs), (.people, .people),
      (.security, .security), (.insurance, .insurance), (.cloud, .cloud),
    ]
    for (item, cause) in causes {
      amounts[item] = ledger.spent(on: cause, from: window.start, to: window.end)
    }
    let hours = ownHours(in: window)
    amounts[.hours] = .dollars(hours * Staff.ownHour.dollars)
    let tied = worthOfMachines(at: window.start) + plant.worth
    // What is borrowed has its own price.
    let own = max(.zero, tied - debt)
    amounts[.capital] =
      .dollars(own.dollars * TotalCost.annualRate * days / 365)
      + ledger.spent(on: .interest, from: window.start, to: window.end)
    var (orders, pages) = (0, 0)
    if let accounts = shop?.accounts, window.start < window.end {
      let account = try accounts.account(of: window)
      (orders, pages) = (account.orders, account.requestsAnswered)
      let gone = store.losses.filter { window.start <= $0.moment && $0.moment < window.end }
        .reduce(0) { $0 + $1.orders }
      amounts[.lost] =
        lostSales(visitsLost: account.visitsLost).earnings
        + .dollars(Double(gone) * salesPerOrder.dollars * World.margin)
    }
    return TotalCost(
      window: window, amounts: TotalCost.Item.allCases.map { ($0, amounts[$0] ?? .zero) },
      orders: orders, pages: pages, ownHours: hours)
  }

  private func machineLoss(in window: Window) -> Money {
    var loss = Money.zero
    for machine in machines {
      loss += machine.worth(at: window.start) - machine.worth(at: window.end)
    }
    for sold in soldMachines where sold.sold > window.start && sold.bought < window.end {
      // What it lost while it was here is spread over the time that it was here.
      let whole = max(1, (sold.sold - sold.bought).seconds)
      let part = (min(sold.sold, window.end) - max(sold.bought, window.start)).seconds
      loss += .dollars((sold.price - sold.received).dollars * part / whole)
    }
    return loss
  }

  func worthOfMachines(at moment: Moment) -> Money {
    machines.filter { $0.bought <= moment }.reduce(.zero) { $0 + $1.worth(at: moment) }
  }

  /// What building and plant are worth at a moment.
  func plantWorth(at moment: Moment) -> Money {
    let plant = ledger.entries.lazy.filter { $0.cause == .building || $0.cause == .plant }
    return .dollars(plant.reduce(0) { $0 + World.plantWorth($1, moment) })
  }

  /// What is left at a moment of something that was paid for then.
  private static func plantWorth(_ entry: Ledger.Entry, _ moment: Moment) -> Double {
    guard moment >= entry.moment else { return 0 }
    let life = TotalCost.plantLifeYears * 365 * 86_400
    return entry.amount.dollars * max(0, 1 - (moment - entry.moment).seconds / life)
  }

  /// What building and plant lost in a stretch, and what they were worth at its start.
  private func plantLoss(in window: Window) -> (loss: Money, worth: Money) {
    var (loss, worthAtStart) = (0.0, 0.0)
    for entry in ledger.entries where entry.cause == .building || entry.cause == .plant {
      guard entry.moment < window.end else { break }
      loss +=
        World.plantWorth(entry, max(entry.moment, window.start))
        - World.plantWorth(entry, window.end)
      worthAtStart += World.plantWorth(entry, window.start)
    }
    return (.dollars(loss), .dollars(worthAtStart))
  }

  private func machineShareOfEnergy(in window: Window) throws(WindowProblem) -> Double {
    guard let records = measuredRoom?.records else { return 1 }
    let start = max(window.start, records.start)
    let end = min(window.end, records.end)
    guard start < end else { return 1 }
    let row = try records.row(of: Window(start, end))
    return row.facilityEnergy > .zero ? row.machineEnergy / row.facilityEnergy : 1
  }

  /// How long machines were here in a stretch, rented ones and those that are gone again too, summed over them.
  private func machineSeconds(in window: Window) -> Double {
    func overlap(_ from: Moment, _ to: Moment?) -> Double {
      max(0, (min(to ?? window.end, window.end) - max(from, window.start)).seconds)
    }
    let own = machines.filter { $0.rental == nil }.reduce(0) { $0 + overlap($1.bought, nil) }
    let sold = soldMachines.reduce(0) { $0 + overlap($1.bought, $1.sold) }
    let rented = accounts.flatMap(\.usage.runs).reduce(0) { $0 + overlap($1.started, $1.ended) }
    return own + sold + rented
  }

  /// The hours that the quilt maker spends on machines and room, where she pays nobody for it.
  package func ownHours(in window: Window) -> Double {
    guard machineRoom?.staff ?? 0 == 0 else { return 0 }
    let month = 86_400 * 365 / 12.0
    let months = (window.end - window.start).seconds / month
    var hours = Staff.hours.patchingPerMonth * machineSeconds(in: window) / month
    guard let room = machineRoom, room.opens < window.end else { return hours }
    hours += Staff.hours.roundsPerMonth * months
    for incident in room.incidents
    where window.start <= incident.moment && incident.moment < window.end {
      switch incident.what {
      case .partReplaced, .rackReachable: hours += Staff.hours.repair
      default: continue
      }
    }
    let placed = machines.count {
      $0.rack != nil && window.start <= $0.placed && $0.placed < window.end
    }
    return hours + Staff.hours.placing * Double(placed)
  }
}
