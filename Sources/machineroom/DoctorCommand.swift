import ArgumentParser
import CommandLanguage
import Commands
import Glibc
import Rendering
import Reports
import Terminal

/// `machineroom doctor`: what the program sees, for finding out why it looks or acts as it does.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "What the program sees: terminal, locale, folders, course, instruction set.")

  @OptionGroup var options: GlobalOptions

  mutating func run() throws {
    let terminal = TerminalInfo.current()
    let rows = program + screen(terminal) + folders(terminal) + machine
    Console(options, terminal).show(
      Report([
        .heading("doctor", remark: "Machineroom \(Version.program)"),
        .table(
          Table(
            key: "doctor", columns: [.init(""), .init("")],
            rows: rows.map { [.words($0.0), .words($0.1)] })),
      ]))
  }

  private var program: [(String, String)] {
    [
      ("program", CourseFolder.programPath() ?? "its place is not known"),
      ("engine semantics", "\(Version.semantics)"),
    ]
  }

  private func screen(_ terminal: TerminalInfo) -> [(String, String)] {
    let style = options.style(terminal)
    let ends = [
      ("input", terminal.isInputTerminal), ("output", terminal.isOutputTerminal),
      ("errors", terminal.isErrorTerminal),
    ]
    return [
      (
        "terminal",
        ends.map { "\($0.0): \($0.1 ? "a terminal" : "no terminal")" }.joined(separator: ", ")
      ),
      ("TERM", terminal.environment["TERM"] ?? "not set"),
      ("width", "\(style.width) columns"),
      ("characters", style.isAscii ? "ASCII (the locale is not UTF-8, or --ascii)" : "UTF-8"),
      ("locale", locale(terminal)),
      ("plots", "\(style.dots.rawValue) (--canvas)"),
      ("colours", colors(terminal)),
    ]
  }

  /// The variable that decides about characters.
  private func locale(_ terminal: TerminalInfo) -> String {
    let names = ["LC_ALL", "LC_CTYPE", "LANG"]
    let deciding = names.first { terminal.environment[$0].map { !$0.isEmpty } ?? false }
    return deciding.map { "\($0)=\(terminal.environment[$0] ?? "")" } ?? "not set"
  }

  /// Whether there are colours, how many, and why not.
  private func colors(_ terminal: TerminalInfo) -> String {
    switch terminal.colorDepth(options.color) {
    case .sixteen: return "16"
    case .twoHundredFiftySix: return "256"
    case .trueColor: return "all"
    case .none: break
    }
    if options.color == .never { return "none: --color never" }
    if let noColor = terminal.environment["NO_COLOR"], !noColor.isEmpty {
      return "none: NO_COLOR is set"
    }
    return terminal.isOutputTerminal ? "none: TERM is dumb" : "none: the output is no terminal"
  }

  private func folders(_ terminal: TerminalInfo) -> [(String, String)] {
    let state = StateFolder.path(terminal.environment)
    let course: String
    do {
      let folder = try CourseFolder.find(terminal.environment)
      course = "\(folder.path) (\(try folder.lessonIDs().joined(separator: ", ")))"
    } catch {
      course = [error.message, error.help].compactMap { $0 }.joined(separator: " ")
    }
    return [
      ("history, progress", state ?? "nowhere: HOME is not set, so nothing is kept"),
      ("course", course),
    ]
  }

  private var machine: [(String, String)] {
    [
      ("cores", "\(sysconf(Int32(_SC_NPROCESSORS_ONLN)))"),
      ("instruction sets", DoctorCommand.instructionSets()),
    ]
  }

  /// The instruction sets that kernels may come to use, as the system lists them.
  private static func instructionSets() -> String {
    let known = ["sse2", "avx", "avx2", "fma", "avx512f", "avx512_vnni", "asimd", "sve"]
    do {
      let text = String(
        decoding: try FileHost.readAnyway("/proc/cpuinfo", limit: 1 << 22), as: UTF8.self)
      let line = text.split(separator: "\n").first {
        $0.hasPrefix("flags") || $0.hasPrefix("Features")
      }
      let words = Set((line ?? "").split(separator: " ").map(String.init))
      let found = known.filter(words.contains)
      return found.isEmpty ? "none of those known here" : found.joined(separator: " ")
    } catch {
      return "not told by the system"
    }
  }
}
