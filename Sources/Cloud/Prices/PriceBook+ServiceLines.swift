import Quantities

extension PriceBook {
  /// Hours of databases, which are billed as those of machines.
  func databaseLines(
    _ usage: CloudUsage, _ month: Moment, _ end: Moment
  ) -> [InvoiceLine] {
    var tally = Tally()
    for run in usage.databases {
      guard run.started < end, run.ended.map({ $0 > month || $0 == run.started }) ?? true,
        let size = database(run.size), let rule = billing.at(run.started)?.value
      else { continue }
      let prices = run.hasStandby ? size.withStandby : size.hourly
      eachPiece(of: (run.started, run.ended), rule, prices, month, end) { span, piece in
        guard let price = prices.at(piece)?.value else { return }
        tally.add(
          span, run.hasStandby ? .databaseWithStandby(size.id) : .database(size.id), price)
      }
    }
    return tally.lines
  }

  /// What is billed by the amount of a month.
  func otherLines(_ usage: CloudUsage, _ month: Moment) -> [InvoiceLine] {
    var lines: [InvoiceLine] = []
    func add(_ item: InvoiceLine.Item, _ quantity: Double, _ price: Money?) {
      guard quantity > 0, let price, price > .zero else { return }
      lines.append(
        InvoiceLine(
          item: item, quantity: quantity, unitPrice: price,
          amount: .dollars(quantity * price.dollars)))
    }
    let perPrice = PriceBook.requestsPerPrice
    let balancer = balancer.at(month)?.value
    add(.databaseStorage, usage.databaseGigabytes, databaseStorage.at(month)?.value)
    add(.storage, usage.storedGigabytes, storage.at(month)?.value)
    add(.requests, usage.requests / perPrice, requests.at(month)?.value)
    add(.ingress, usage.ingressGigabytes, ingress.at(month)?.value)
    add(.balancer, Double(usage.balancerHours), balancer?.hourly)
    add(.balancerData, usage.balancerGigabytes, balancer?.gigabyte)
    for (part, price) in PriceTier.parts(usage.egressGigabytes, egress.at(month)?.value ?? []) {
      add(.egress, part, price)
    }
    let deliveries = deliveries.at(month)?.value ?? []
    for (part, price) in PriceTier.parts(usage.deliveredGigabytes, deliveries) {
      add(.delivery, part, price)
    }
    add(.deliveryRequests, usage.deliveryRequests / perPrice, deliveryRequests.at(month)?.value)
    return lines
  }

  /// How many requests a price of requests is for, as the providers have it.
  package static let requestsPerPrice = 10_000.0
}

extension PriceTier {
  /// How much of an amount is in each tier, with its price.
  package static func parts(
    _ gigabytes: Double, _ tiers: [PriceTier]
  ) -> [(gigabytes: Double, price: Money)] {
    var parts: [(gigabytes: Double, price: Money)] = []
    var left = gigabytes
    for tier in tiers where left > 0 {
      let part = min(left, tier.gigabytes ?? left)
      parts.append((part, tier.price))
      left -= part
    }
    return parts
  }

  /// What an amount costs in all.
  package static func cost(_ gigabytes: Double, _ tiers: [PriceTier]) -> Money {
    parts(gigabytes, tiers).reduce(.zero) { $0 + .dollars($1.gigabytes * $1.price.dollars) }
  }
}
