import ArgumentParser
import Commands
import Rendering
import Terminal

/// The options that every form of the program takes.
struct GlobalOptions: ParsableArguments {
  @Flag(name: .long, help: "Print one JSON object for each statement.")
  var json = false

  @Option(name: .long, help: "The seed of all random numbers; 1 if not given.")
  var seed: UInt64?

  @Option(name: .long, help: "Colours: auto, always or never.")
  var color: ColorChoice = .auto

  @Flag(name: .long, help: "Print nothing but ASCII.")
  var ascii = false

  @Option(
    name: .long, help: "What plots are drawn with; block for fonts whose braille is poor.")
  var canvas: DotStyle = .braille

  @Option(name: .long, help: "Columns of text, 40 to 200.")
  var width: Int?

  @Flag(name: .long, help: "Touch no files and start no processes; cannot be left again.")
  var safe = false

  @Option(name: .long, help: "The folder that keeps the session.", completion: .directory)
  var session: String?

  @Flag(name: .long, help: "Keep no session.")
  var noSession = false

  func validate() throws {
    if let width, !TextStyle.widths.contains(width) {
      throw ValidationError("--width lies between 40 and 200, not at \(width).")
    }
    if session != nil, noSession {
      throw ValidationError("--session and --no-session exclude each other.")
    }
    if safe, session != nil {
      throw ValidationError("--safe touches no files, so it cannot keep a --session.")
    }
  }

  /// How results look, on stdout.
  func style(_ terminal: TerminalInfo) -> TextStyle {
    terminal.style(for: .standard, color: color, isAscii: ascii, dots: canvas, width: width)
  }

  /// How talk and errors look, on stderr.
  func errorStyle(_ terminal: TerminalInfo) -> TextStyle {
    terminal.style(for: .error, color: color, isAscii: ascii, dots: canvas, width: width)
  }

  /// The machine, as far as commands may touch it.
  var host: FileHost {
    FileHost(isSafe: safe, models: DataFolder.models(TerminalInfo.current().environment))
  }
}

extension ColorChoice: ExpressibleByArgument {}
extension DotStyle: ExpressibleByArgument {}
