import Cloud
import Facility
import Quantities
import Reports

// The halls in which the hosts stand: what they draw, what they breathe, and what broke.
extension OfferPage {
  static let hallDeclarations: [FactDeclaration] = [
    FactDeclaration(
      "offer.pue", .gauge, "power usage effectiveness over a year, as busy as hosts were"),
    FactDeclaration("offer.pue.run", .gauge, "the same in the days of the run"),
    FactDeclaration("offer.power", .gauge, .watt, "what all hosts drew on average"),
    FactDeclaration("offer.inlet", .gauge, .celsius, "the air that hosts drew in, on average"),
    FactDeclaration("offer.inlet.max", .gauge, .celsius, "the warmest of it"),
    FactDeclaration(
      "offer.water", .gauge, "water that evaporated, litres for a kilowatt-hour of hosts"),
    FactDeclaration("offer.people", .gauge, "people who look after the hosts"),
    FactDeclaration("offer.hosts-per-person", .gauge, "how many hosts each looks after"),
    FactDeclaration(
      "offer.throttled.hours", .gauge, "core-hours that were lost as hosts ran slower in the heat"),
    FactDeclaration(
      "offer.lasted", .gauge, .second, "how long hosts ran on after something broke in their zone"),
    FactDeclaration(
      "offer.dark", .gauge, .second, "for how long a zone was off, all zones together"),
  ]

  private var machines: Energy { result.halls.reduce(.zero) { $0 + $1.accounts.machines } }
  private var facility: Energy { result.halls.reduce(.zero) { $0 + $1.accounts.facility } }
  private var liters: Double { result.halls.reduce(0) { $0 + $1.accounts.water.liters } }
  private var meanInlet: Temperature {
    Temperature(
      celsius: result.halls.reduce(0) { $0 + $1.meanInlet.celsius } / Double(result.halls.count))
  }
  private var warmestInlet: Temperature? { result.halls.map(\.warmestInlet).max() }
  private var hostsPerPerson: Double { Double(parameters.hosts) / costs.people }
  private var effectivenessOfRun: Double? {
    machines > .zero ? facility / machines : nil
  }

  var hallBlocks: [Block] {
    var rows: [[Table.Cell]] = [
      [.words("hosts draw on average"), .value(.power(machines / result.span))],
      [
        .words("  at the meter for each watt of it"),
        effectivenessOfRun.map { .words(QuantityText.fixed($0, 2)) } ?? .none,
      ],
      [.words("  the same over a year"), .words(QuantityText.fixed(effectiveness, 2))],
      [.words("they breathe"), .value(.temperature(meanInlet))],
    ]
    if let warmestInlet {
      rows.append([.words("  at the warmest"), .value(.temperature(warmestInlet))])
    }
    rows.append([
      .words("hosts a person looks after"), .words(QuantityText.significant(hostsPerPerson)),
    ])
    return [
      .table(Table(key: "offer.halls", columns: [.init(plantWords), .init("")], rows: rows))
    ] + incidentBlocks
  }

  private var plantWords: String {
    let zones = parameters.zones
    switch parameters.plant.kind {
    case .room: return zones == 1 ? "in a machine room" : "in \(zones) machine rooms"
    case .hall: return zones == 1 ? "in a hall" : "in \(zones) halls"
    }
  }

  // MARK: - What broke

  private var incidentBlocks: [Block] {
    guard let outage = parameters.outage else { return [] }
    let record = result.halls[outage.zone]
    var sentences = [
      "On the second Tuesday at noon \(outage.cause.words) broke in zone \(outage.zone + 1), for "
        + "\(OfferPage.minutes(outage.lasts))."
    ]
    if record.coreHoursThrottled >= 0.5 {
      sentences.append(
        "Hosts ran slower in the heat, which lost \(QuantityText.significant(record.coreHoursThrottled)) "
          + "core-hours.")
    }
    sentences.append(
      record.dark > .zero ? darkSentence(outage, record) : litSentence(outage, record))
    return [.paragraph(sentences.joined(separator: " "))]
  }

  private static func minutes(_ span: TimeSpan) -> String {
    span < .hours(2)
      ? "\(QuantityText.significant(span.seconds / 60)) min"
      : "\(QuantityText.significant(span.seconds / 3_600)) h"
  }

  private func litSentence(
    _ outage: CloudParameters.ZoneOutage, _ record: HallRecord
  ) -> String {
    switch outage.cause {
    case .mains:
      "Batteries carried the hosts until the engines did, and no tenant noticed: it took "
        + "\(QuantityText.significant(record.accounts.fuel.liters)) L of diesel."
    case .feeds, .cooling: "No host went off."
    }
  }

  private func darkSentence(
    _ outage: CloudParameters.ZoneOutage, _ record: HallRecord
  ) -> String {
    let machines = counted(tally.downAtOutage, "machine")
    let after = (record.wentDark ?? outage.begins) - outage.begins
    let how = record.wasTooHot ? "the hosts were too hot and went off" : "the hosts went off"
    let went =
      (after > .zero ? "After \(OfferPage.minutes(after)) \(how)" : "At once \(how)")
      + ", and \(machines) with them"
    guard tally.restartedAtOutage == 0 else {
      let without = tally.downAtOutage - tally.restartedAtOutage
      return
        "\(went); \(QuantityText.grouped(tally.restartedAtOutage)) of these started anew in the others, "
        + "where room had been kept for that"
        + (without > 0
          ? "; \(QuantityText.grouped(without)) found none, as what is left lies in gaps." : ".")
    }
    let up = 1 - record.dark.seconds / TimeSpan.days(30).seconds
    return "\(went), for \(OfferPage.minutes(record.dark)). Of a month of 30 days that is "
      + "\(QuantityText.significant(up * 100, 4))% up for whoever had all in that zone."
  }

  private var lasted: FactValue {
    guard let outage = parameters.outage else {
      return .undefined("nothing broke; add outage=1")
    }
    guard let went = result.halls[outage.zone].wentDark else {
      return .undefined("no host went off")
    }
    return .span(went - outage.begins)
  }

  var hallFacts: [Fact] {
    let nothing = FactValue.undefined("hosts drew nothing")
    let throttled = result.halls.reduce(0) { $0 + $1.coreHoursThrottled }
    return [
      fact("pue", number(effectiveness)),
      fact("pue.run", effectivenessOfRun.map(number) ?? nothing),
      fact("power", .power(machines / result.span)),
      fact("inlet", .temperature(meanInlet)),
      fact("inlet.max", warmestInlet.map { .temperature($0) } ?? nothing),
      fact("water", machines > .zero ? number(liters / (machines.joules / 3.6e6)) : nothing),
      fact("people", number(costs.people)),
      fact("hosts-per-person", number(hostsPerPerson)),
      fact("throttled.hours", number(throttled)),
      fact("lasted", lasted),
      fact("dark", .span(result.halls.reduce(TimeSpan.zero) { $0 + $1.dark })),
    ]
  }
}
