import Cloud
import Quantities
import Reports

/// What `runway` reports: cash over months, on own and on rented machines, with the growth and without.
struct RunwayPage {
  let startup: Runway
  let server: String
  let size: String
  let months: Int

  var report: Report {
    var growing = startup
    growing.growth = startup.hope
    let flat = (own: startup.own(months: months), rent: startup.rented(months: months))
    let grown = (own: growing.own(months: months), rent: growing.rented(months: months))
    var report = Report(
      [
        .heading(
          "\(FactValue.money(startup.cash).text): own \(server) or rent \(size)",
          remark: counted(months, "month")),
        .table(table(flat, grown)),
        .plot(plot("if the growth does not come", flat)), .plot(plot("if it comes", grown)),
        .paragraph(sentence(flat, grown)),
      ], facts: facts(flat, grown))
    report.subject = "runway"
    return report
  }

  private typealias Courses = (own: Runway.Course, rent: Runway.Course)

  private func table(_ flat: Courses, _ grown: Courses) -> Table {
    func row(_ label: String, _ course: Runway.Course) -> [Table.Cell] {
      [
        .words(label), .words(lasts(course)), .value(.money(course.cash.last ?? .zero)),
        .value(.count(course.machines.max() ?? 0)),
      ]
    }
    return Table(
      key: "runway.result", columns: ["", "lasts", "cash then", "machines"].map { .init($0) },
      rows: [
        row("no growth: own", flat.own), row("no growth: rent", flat.rent),
        row("growth comes: own", grown.own), row("growth comes: rent", grown.rent),
      ])
  }

  private func lasts(_ course: Runway.Course) -> String {
    course.dry.map { "\(QuantityText.significant($0, 3)) months" } ?? "beyond \(months) months"
  }

  private func plot(_ title: String, _ courses: Courses) -> Plot {
    func curve(_ name: String, _ course: Runway.Course) -> Chart.Curve {
      .init(
        name, course.cash.enumerated().map { .init(Double($0.offset), $0.element.dollars) })
    }
    let chart = Chart(
      x: Axis("month"), y: Axis("cash", .dollar),
      [curve("own", courses.own), curve("rent", courses.rent)])
    return Plot(
      .line(chart), title: title, marks: [Mark(.y(0), "no money left")],
      sentence:
        "On its own machines the money lasts \(lasts(courses.own)), on rented ones \(lasts(courses.rent))."
    )
  }

  private func sentence(_ flat: Courses, _ grown: Courses) -> String {
    let first = flat.own.machines.first ?? 0
    let most = flat.own.machines.max() ?? first
    var words =
      "Owning, it orders for \(counted(startup.ahead, "month")) of a growth of \(FactValue.share(startup.hope).text) "
      + "a month, and servers come \(counted(startup.lead, "month")) later. "
    words +=
      most > first
      ? "Without the growth it ends up with \(QuantityText.grouped(most)) servers for the work of "
        + "\(QuantityText.significant(startup.machines)), and sells the idle ones for "
        + "\(FactValue.share(startup.resale).text) of their price when money runs out."
      : "Without the growth its money is gone before they are there."
    words +=
      " Renting one server's work costs \(FactValue.money(startup.rent).text) a month, a server of its own "
      + "\(FactValue.money(startup.price).text) and \(FactValue.money(startup.upkeep).text) a month."
    return words
  }

  private func facts(_ flat: Courses, _ grown: Courses) -> [Fact] {
    func fact(_ key: String, _ course: Runway.Course) -> Fact {
      Fact(
        "runway.\(key)",
        course.dry.map { .quantity(Quantity($0), .none) }
          ?? .undefined("there is money left after \(counted(months, "month"))"), .computed)
    }
    let spare = Double(flat.own.machines.max() ?? 0) - startup.machines
    return [
      fact("own", flat.own), fact("rent", flat.rent), fact("own.growing", grown.own),
      fact("rent.growing", grown.rent),
      Fact("runway.own.bought", .quantity(Quantity(max(0, spare)), .none), .computed),
    ]
  }
}
