import CommandLanguage
import Quantities
import Reports
import WorldModel

/// `export`: a fact along time, into a file.
struct ExportCommand: Question {
  static let declaration = CommandDeclaration(
    "export", "Write a fact along time to a file: .csv, .json, .svg or .txt.", group: .world,
    parameters: [
      .positional("file", .text, "the file; its ending decides the form"),
      .positional("fact", .fact, "the fact"),
    ] + FactPlot.parameters,
    tail: .window, example: "new shop\nrun 2 days\nexport visits.csv shop.visits",
    errors: ["unknown-form", "file-error", "not-safe"] + FactPlot.errors)

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    guard let path = arguments.word("file") else { preconditionFailure("the file is required") }
    let ending = path.split(separator: ".").last.map(String.init) ?? ""
    guard let form = CommandContext.Form(rawValue: ending) else {
      throw arguments.error(
        "unknown-form", "A file that ends in '.\(ending)' is not known.", at: "file",
        help: "Use .csv, .json, .svg or .txt.")
    }
    let plot = try arguments.plot(from: session, context)
    var report = Report([.plot(plot)])
    report.statement = arguments.canonical
    do {
      try context.host.write(Array(context.rendered(report, form).utf8), to: path)
    } catch {
      throw error.diagnostic(path, at: arguments.place("file"))
    }
    let words = plot.series.map { "\($0.values.count) values of \($0.key)" }
    return Report([.paragraph("\(words.joined(separator: " and ")) are in \(path).")])
  }
}
