import ArgumentParser
import CommandLanguage
import Commands
import Foundation
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

  @Flag(name: .long, help: "As a manual page in roff; 'man -l' shows it.")
  var man = false

  @Flag(name: .long, help: "The JSON Schema of the reports that --json prints.")
  var schema = false

  /// The manual page: what the outer command line says of itself, then the registry.
  static var manualPage: String {
    ManualPage(
      .standard, version: Version.program,
      [
        .init("PROGRAM", Machineroom.helpMessage(columns: 72)),
        .init("OPTIONS", options),
      ]
    ).text
  }

  /// The options that all forms of the program take, without the line of usage, which is too long.
  private static var options: String {
    let help = Machineroom.helpMessage(for: PromptCommand.self, columns: 72)
    return help.range(of: "OPTIONS:\n").map { String(help[$0.upperBound...]) } ?? help
  }

  mutating func run() throws {
    if schema {
      print(ReportSchema.text)
    } else if json {
      print(CommandReference.json(.standard))
    } else if man {
      print(ReferenceCommand.manualPage, terminator: "")
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
