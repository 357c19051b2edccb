import Cloud
import Quantities
import Reports

// Hosts of several years, where there are some: what each year has, and what it costs.
extension OfferPage {
  /// By generation, the oldest first; none where hosts are alike.
  var generationCosts: [GenerationCosts] {
    zip(parameters.allGenerations, tally.generations).map { GenerationCosts($0, $1, of: costs) }
  }

  private static func name(_ generation: HostGeneration) -> String {
    if generation.isBoughtInRun { return "in the run" }
    return generation.ageYears == 0 ? "new" : counted(generation.ageYears, "year")
  }

  var generationBlocks: [Block] {
    let all = generationCosts
    guard let plan = parameters.generations, !all.isEmpty else { return [] }
    let watts = QuantityText.significant(
      all[0].generation.newCores * OperatorCosts.wattsPerCore.full)
    let price = FactValue.money(
      .dollars(all[0].generation.newCores * OperatorCosts.dollarsPerCore))
    return [
      .table(useTable(all)), .table(costTable(all, plan)),
      .paragraph(
        "A host of any year cost \(price.text) and draws \(watts) W at full use; each year brought "
          + "\(FactValue.share(plan.improvement).text) more cores and memory for that. With each year of age "
          + "\(FactValue.share(plan.failureGrowth).text) more of them fail than of new ones. Hosts are written "
          + "off over \(QuantityText.significant(OperatorCosts.years)) years and cost only their keep from then on. The cents are for an hour of a core in use."
      ),
    ]
  }

  private func useTable(_ all: [GenerationCosts]) -> Table {
    let rows: [[Table.Cell]] = zip(all, tally.generations).map { costs, counted in
      [
        .words(OfferPage.name(costs.generation)), .value(.count(counted.hosts)),
        .value(.count(Int(costs.generation.capacity.cores))),
        costs.hostHours > 0 ? .value(.share(costs.use)) : .none, .value(.count(counted.failures)),
      ]
    }
    return Table(
      key: "offer.generations",
      columns: [
        .init("age"), .init("hosts"), .init("cores"), .init("used"), .init("failed"),
      ], rows: rows)
  }

  private func costTable(_ all: [GenerationCosts], _ plan: GenerationPlan) -> Table {
    let rows: [[Table.Cell]] = all.map { costs in
      let age = Double(costs.generation.ageYears)
      return [
        .words(OfferPage.name(costs.generation)),
        .words(QuantityText.fixed(costs.generation.wattsPerCore.full, 1)),
        .value(.share(parameters.failuresPerYear * plan.failureFactor(ageYears: age))),
        costs.coreHour.map { .words(QuantityText.fixed($0 * 100, 2)) } ?? .none,
      ]
    }
    return Table(
      key: "offer.generations.cost",
      columns: [
        .init("age"), .init("W a core"), .init("fail a year"), .init("cents"),
      ], rows: rows)
  }

  var generationFacts: [Fact] {
    let measures = ["hosts", "cores", "used", "failures", "watts", "core-hour"]
    let all = generationCosts
    let newest = all.lastIndex { !$0.generation.isBoughtInRun }
    guard let newest else {
      let none = FactValue.undefined("all hosts are alike; add generations=5")
      return ["oldest", "newest"].flatMap { side in measures.map { fact("\(side).\($0)", none) } }
    }
    return [("oldest", 0), ("newest", newest)].flatMap { side, index in
      let (costs, counted) = (all[index], tally.generations[index])
      let values: [FactValue] = [
        .count(counted.hosts), .count(Int(costs.generation.capacity.cores)), .share(costs.use),
        .count(counted.failures), number(costs.generation.wattsPerCore.full),
        costs.coreHour.map { number($0 * 100) } ?? .undefined("nothing was used"),
      ]
      return zip(measures, values).map { fact("\(side).\($0)", $1) }
    }
  }

  static let generationDeclarations: [FactDeclaration] =
    [("oldest", "the oldest hosts"), ("newest", "hosts new at the start")].flatMap { side, words in
      [
        FactDeclaration("offer.\(side).hosts", .gauge, "\(words): how many there are at the end"),
        FactDeclaration("offer.\(side).cores", .gauge, "\(words): cores of each"),
        FactDeclaration(
          "offer.\(side).used", .gauge, .percent, "\(words): of their cores, those in use"),
        FactDeclaration("offer.\(side).failures", .gauge, "\(words): how many failed"),
        FactDeclaration(
          "offer.\(side).watts", .gauge, "\(words): what each draws for a core at full use, W"),
        FactDeclaration(
          "offer.\(side).core-hour", .gauge,
          "\(words): what an hour of a core that was used cost, in cents"),
      ]
    } + retirementDeclarations
}
