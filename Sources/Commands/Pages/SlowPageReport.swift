import Quantities
import Reports
import Service
import WorldModel

/// One page view that took long, down through every layer: stations, metal, heat and money.
struct SlowPageReport {
  let page: SlowPage
  let world: World
  let accounts: Accounts

  var report: Report {
    let parts = page.parts.filter { $0.span > .zero }
    let rows = parts.map { name, span -> [Table.Cell] in
      [.words(name), .value(.span(span)), .value(.share(span / page.response))]
    }
    var report = Report([
      .heading("the slowest page", remark: "\(page.answered.date) \(page.answered.clockText)"),
      .paragraph(
        "Page \(page.page) of visit \(QuantityText.grouped(page.visit + 1)): "
          + "\(FactValue.span(page.response).text) from the click to the page."),
      .table(
        Table(
          key: "trace.slowest", columns: [.init("where it was"), .init("for"), .init("of all")],
          rows: rows)),
    ])
    if let longest = parts.max(by: { $0.span < $1.span }) {
      report.blocks.append(.paragraph("Most of it was \(longest.name)."))
    }
    report.blocks += metal.map(Block.paragraph)
    report.subject = "trace"
    report.facts = [
      Fact("trace.total", .span(page.response), .simulated(seed: world.seed))
    ]
    return report
  }

  /// What the page took from the room, at the mean of the hour in which it came.
  private var metal: [String] {
    guard let room = world.measuredRoom else { return [] }
    let hour = page.answered.startOfDay + .hours(page.answered.hour)
    let window = Service.Window(
      max(hour, max(accounts.start, room.records.start)), min(hour + .hours(1), room.records.end))
    do throws(WindowProblem) {
      guard window.start < window.end else { return [] }
      let row = try room.records.row(of: window)
      let pages = try accounts.account(of: window).requestsAnswered
      guard pages > 0, let pue = row.powerUsageEffectiveness else { return [] }
      let joules = row.machineEnergy.joules / Double(pages)
      let cents =
        joules * pue / 3.6e6 * world.electricityPrice(at: page.answered).dollars * 100
      var sentences = [
        "In that hour the machines drew \(FactValue.power(row.machinePower ?? .zero).text) for "
          + "\(counted(pages, "page")): \(FactValue.energy(Energy(joules: joules)).text) each, all of which became "
          + "heat. With cooling and losses that is \(QuantityText.significant(cents)) cents of electricity."
      ]
      if page.server < world.machines.count, let rack = world.machines[page.server].rack,
        let inlet = row.inlet(ofRack: rack)
      {
        sentences.append(
          "It was made by machine \(world.machines[page.server].number) in "
            + "\(room.room.racks[rack].plan.name), where the air came in at "
            + "\(FactValue.temperature(inlet).text).")
      }
      return sentences
    } catch {
      return []
    }
  }
}
