import CommandLanguage
import Reports

/// `history`: the statements that led here.
struct HistoryCommand: Question {
  static let declaration = CommandDeclaration(
    "history", "The statements that led here; '--script' prints them as a script.", group: .world,
    parameters: [
      .positional("form", .choice(["numbered", "--script"]), fallback: "numbered", "how to print")
        .meaning(["numbered": "with numbers", "--script": "as a script that runs"])
    ],
    example: "new shop\nrun 1 day\nhistory --script")

  private let arguments: Arguments

  init(_ arguments: Arguments) { self.arguments = arguments }

  /// A statement as people read it: what it recorded is for replays.
  private func withoutRecording(_ line: String) -> String {
    line.firstRange(of: " recorded=\"").map { "\(line[..<$0.lowerBound]) recorded=…" } ?? line
  }

  func answer(from session: Session, _ context: CommandContext) throws -> Report {
    let script = session.state.script
    if arguments.word("form") == "--script" { return Report([.lines(script)]) }
    guard !script.isEmpty else { return Report([.paragraph("Nothing has happened yet.")]) }
    let rows: [[Table.Cell]] = script.enumerated().map { index, line in
      [.value(.count(index + 1)), .words(withoutRecording(line))]
    }
    return Report([
      .heading("branch \(session.currentName)", remark: ""),
      .table(Table(key: "history", columns: [.init(""), .init("")], rows: rows)),
    ])
  }
}
