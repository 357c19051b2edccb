import Cloud
import Quantities
import Service

extension World {
  /// What rented servers have sent so far, bytes.
  var sentRemotely: Double { shop?.accounts.total.dataSentRemotely.bytes ?? 0 }

  /// The bill of the month that is under way, so far.
  package func billSoFar(_ account: CloudAccount) -> Invoice {
    let month = now.startOfMonth
    return invoice(account, month: month, until: max(now, month + TimeSpan(nanoseconds: 1)))
  }

  private func invoice(_ account: CloudAccount, month: Moment, until end: Moment) -> Invoice {
    guard let book = catalog.priceBook(account.provider) else {
      preconditionFailure("an account at '\(account.provider)', which no catalog has")
    }
    var usage = account.usage
    usage.egressGigabytes = (sentRemotely - account.sentBefore) / 1e9
    fillServices(&usage, account, month: month, until: end)
    usage.uptime = uptime(account, book.agreement.at(month)?.value, until: end)
    return book.invoice(usage, month: month, until: end)
  }

  /// The share of the agreement's time, up to the end of a month, in which its promise was kept.
  ///
  /// A breach counts while no credit was given for it, as the agreements have it.
  package func uptime(
    _ account: CloudAccount, _ agreement: ServiceLevelAgreement?, until end: Moment
  ) -> Double {
    guard let agreement else { return 1 }
    let month = (end - TimeSpan(nanoseconds: 1)).startOfMonth
    let from = month.adding(months: 1 - agreement.months)
    let whole = month.adding(months: 1) - from
    let down = account.breaches.filter { !$0.isPaid }.reduce(TimeSpan.zero) { sum, breach in
      sum + max(.zero, min(breach.until ?? end, end) - max(breach.from, from))
    }
    return 1 - down / whole
  }

  /// Pays the bills of a month when its last day is over, and tells when much of a budget is spent.
  mutating func bookCloud(at due: Moment) {
    guard !accounts.isEmpty else { return }
    let next = due + TimeSpan(nanoseconds: 1)
    for place in accounts.indices { watchBudget(place, at: due) }
    guard next == next.startOfMonth else { return }
    for place in accounts.indices {
      let month = next.adding(months: -1)
      let bill = invoice(accounts[place], month: month, until: next)
      let credit = bill.lines.filter { $0.item == .credit }.reduce(Money.zero) { $0 - $1.amount }
      if bill.total != .zero { ledger.post(bill.total, .cloud, at: due) }
      if credit > .zero {
        note(.credit(credit), at: accounts[place].provider, due)
        for index in accounts[place].breaches.indices {
          accounts[place].breaches[index].isPaid = accounts[place].breaches[index].until != nil
        }
      }
      accounts[place].bills.append(CloudBill(month: month, total: bill.total, credit: credit))
      accounts[place].sentBefore = sentRemotely
      accounts[place].balancer.beginMonth(at: next, passed: sentRemotely)
      accounts[place].delivery.beginMonth(at: next, passed: delivered)
      accounts[place].kept.beginMonth(at: next)
      accounts[place].toldShare = 0
    }
  }

  /// Watches what a month may cost.
  /// - Throws: `CloudProblem.noAccount` if nothing is rented.
  package mutating func setBudget(_ budget: Money?, of provider: String) throws(CloudProblem) {
    guard let place = accounts.firstIndex(where: { $0.provider == provider }) else {
      throw .noAccount
    }
    accounts[place].budget = budget
    accounts[place].toldShare = 0
  }

  /// The shares of a budget that are told of.
  ///
  /// `Chosen:` half, four fifths and all of it, as consoles suggest.
  package static let budgetShares = [0.5, 0.8, 1]

  private mutating func watchBudget(_ place: Int, at due: Moment) {
    guard let budget = accounts[place].budget, budget > .zero else { return }
    let bill = invoice(
      accounts[place], month: due.startOfMonth, until: due + TimeSpan(nanoseconds: 1)
    ).total
    let spent = bill.dollars / budget.dollars
    guard let share = World.budgetShares.last(where: { $0 <= spent }),
      share > accounts[place].toldShare
    else { return }
    accounts[place].toldShare = share
    note(.budget(share: share, bill: bill), at: accounts[place].provider, due)
  }
}

extension Moment {
  /// Midnight of the first day of its month.
  package var startOfMonth: Moment {
    let date = date
    return Moment(CivilDate(year: date.year, month: date.month, day: 1))
  }

  /// The whole hour that it lies in.
  var startOfHour: Moment {
    let hour = TimeSpan.hours(1).nanoseconds
    return self - TimeSpan(nanoseconds: timeOfDay.nanoseconds % hour)
  }

  /// The whole minute that it lies in.
  var startOfMinute: Moment {
    let minute = TimeSpan.minutes(1).nanoseconds
    return self - TimeSpan(nanoseconds: timeOfDay.nanoseconds % minute)
  }
}
