import ArgumentParser
import CommandLanguage
import Commands
import Rendering
import Terminal

/// `machineroom run`: scripts in a fresh world.
struct RunScripts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run scripts in a fresh world; stops at the first error.")

  @ArgumentParser.Argument(help: "Script files.")
  var files: [String] = []

  @Option(name: .customShort("c"), help: "Statements, separated by newlines or ' ; '.")
  var text: [String] = []

  @Flag(name: .long, help: "Go on after an error.")
  var keepGoing = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if files.isEmpty, text.isEmpty {
      throw ValidationError("'run' needs a file, or statements with -c.")
    }
  }

  mutating func run() throws {
    let terminal = TerminalInfo.current()
    let console = Console(options, terminal)
    do {
      try Interrupts.install(.leave)
      var player = try Player(options, terminal, keepsGoing: keepGoing)
      for file in files where !player.isOver { try play(file, &player) }
      for text in text where !player.isOver {
        try player.play(Source(name: "-c", text: text))
      }
      player.close()
      guard player.status == .success else { throw player.status }
    } catch let diagnostic as Diagnostic {
      console.show(diagnostic)
      throw ExitStatus.scriptError
    } catch is Cancelled {
      throw ExitStatus.interrupted
    }
  }

  private func play(_ file: String, _ player: inout Player) throws {
    let bytes: [UInt8]
    do throws(HostError) {
      bytes = try FileHost.readAnyway(file, limit: ReadCommand.scriptLengthMax)
    } catch {
      player.fail(error.diagnostic(file))
      return
    }
    try player.play(Source(name: file, bytes: bytes))
  }
}
