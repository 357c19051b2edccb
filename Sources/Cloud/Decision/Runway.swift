import Quantities

/// A startup's cash, month by month, on machines of its own or on rented ones.
///
/// It needs machines in step with its visitors, and earns in step with those that it can serve. Owning,
/// it buys ahead: machines come some months after they are ordered, and are ordered for months of the
/// growth that it hopes for, as far as its cash reaches beyond a month's spending. Renting, it pays for
/// what it uses, and machines are there at once.
package struct Runway: Hashable, Sendable {
  /// What it has.
  package var cash: Money
  /// What it earns in the first month, and spends in every month on people and the rest.
  package var revenue: Money
  package var spending: Money
  /// By how much visitors grow in a month.
  package var growth: Double
  /// By how much it hopes that they grow.
  package var hope: Double
  /// How many machines the first month needs.
  package var machines: Double
  /// What a machine costs, and what its power and place cost a month.
  package var price: Money
  package var upkeep: Money
  /// How many months a machine takes to come.
  package var lead: Int
  /// For how many months of hope it orders at a time, from when they come.
  package var ahead: Int
  /// The share of its price that a machine brings when it is sold.
  package var resale: Double
  /// What renting the work of one machine costs a month.
  package var rent: Money

  /// A startup as given.
  package init(
    cash: Money, revenue: Money, spending: Money, growth: Double, hope: Double, machines: Double,
    price: Money, upkeep: Money, lead: Int, ahead: Int, resale: Double, rent: Money
  ) {
    precondition(machines > 0 && lead >= 0, "a startup without machines has nothing to decide")
    self.cash = cash
    self.revenue = revenue
    self.spending = spending
    self.growth = growth
    self.hope = hope
    self.machines = machines
    self.price = price
    self.upkeep = upkeep
    self.lead = lead
    self.ahead = ahead
    self.resale = resale
    self.rent = rent
  }

  /// What became of it.
  package struct Course: Hashable, Sendable {
    /// The cash at the start of each month, the first being what it had; less than nothing once it is dry.
    package var cash: [Money]
    /// When the money is gone, in months from the start; nil if it is not.
    package var dry: Double?
    /// How many machines there are in each month.
    package var machines: [Int]
    /// The share of what was asked for that could be served, in each month.
    package var served: [Double]
  }

  /// On machines of its own.
  package func own(months: Int) -> Course {
    var orders: [(due: Int, count: Int)] = []
    // What the first months need is there on the first day.
    var owned = wholeMachines(needed(hope, from: machines, in: lead))
    var course = Course(cash: [], dry: nil, machines: [], served: [])
    var left = cash.dollars - Double(owned) * price.dollars
    course.cash.append(cash)
    if left < 0 {
      course.dry = 0
      return course
    }
    for month in 0..<months {
      owned += orders.filter { $0.due == month }.reduce(0) { $0 + $1.count }
      orders.removeAll { $0.due <= month }
      let need = needed(growth, from: machines, in: month)
      let served = min(1, Double(owned) / need)
      let bought = order(need, coming: owned + orders.reduce(0) { $0 + $1.count }, cash: left)
      if bought > 0 { orders.append((month + max(1, lead), bought)) }
      let income = revenue.dollars * power(1 + growth, month) * served
      let out = spending.dollars + Double(owned) * upkeep.dollars + Double(bought) * price.dollars
      var after = left + income - out
      if after < 0 {
        // Before it goes under it sells what stands idle.
        let idle = max(0, owned - wholeMachines(need))
        after += Double(idle) * price.dollars * resale
        owned -= idle
      }
      record(&course, month, left, after, owned, served)
      left = after
      if course.dry != nil { break }
    }
    return course
  }

  /// How many machines are ordered in a month, none where those that are there or come are enough.
  private func order(_ need: Double, coming: Int, cash: Double) -> Int {
    guard Double(coming) < needed(hope, from: need, in: lead + 1) - 1e-9 else { return 0 }
    let goal = wholeMachines(needed(hope, from: need, in: lead + ahead))
    // Nobody sells machines on a promise, and a month's wages are kept.
    return min(max(0, goal - coming), Int(max(0, cash - spending.dollars) / price.dollars))
  }

  /// On rented machines.
  package func rented(months: Int) -> Course {
    var course = Course(cash: [cash], dry: nil, machines: [], served: [])
    var left = cash.dollars
    for month in 0..<months {
      let need = wholeMachines(needed(growth, from: machines, in: month))
      let income = revenue.dollars * power(1 + growth, month)
      let after = left + income - spending.dollars - Double(need) * rent.dollars
      record(&course, month, left, after, need, 1)
      left = after
      if course.dry != nil { break }
    }
    return course
  }

  private func record(
    _ course: inout Course, _ month: Int, _ before: Double, _ after: Double, _ machines: Int,
    _ served: Double
  ) {
    course.machines.append(machines)
    course.served.append(served)
    course.cash.append(.dollars(after))
    // Money goes evenly within the month.
    if after < 0 { course.dry = Double(month) + before / (before - after) }
  }

  private func needed(_ growth: Double, from start: Double, in months: Int) -> Double {
    start * power(1 + growth, months)
  }

  private func wholeMachines(_ count: Double) -> Int { Int((count - 1e-9).rounded(.up)) }

  private func power(_ base: Double, _ count: Int) -> Double {
    (0..<count).reduce(1) { product, _ in product * base }
  }
}
