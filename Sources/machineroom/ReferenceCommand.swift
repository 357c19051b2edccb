import ArgumentParser
import CommandLanguage
import Commands
import Rendering
import Reports

/// `machineroom commands`: the reference, generated from the registry.
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commands", abstract: "The reference of all statements and facts.")

  @Flag(name: .long, help: "As Markdown.")
  var markdown = false

  @Flag(name: .long, help: "As JSON.")
  var json = false

  @Flag(name: .long, help: "The JSON Schema of the reports that --json prints.")
  var schema = false

  mutating func run() throws {
    if schema {
      print(ReportSchema.text)
    } else if json {
      print(CommandReference.json(.standard))
    } else if markdown {
      print(CommandReference.markdown(.standard), terminator: "")
    } else {
      var session = Session()
      for report in try session.run(Source(text: "help"), CommandContext(host: NoHost())) {
        print(TextRenderer(style: TextStyle()).text(report), terminator: "")
      }
    }
  }
}
