import ArgumentParser

/// The program: its arguments, and what they start.
@main
struct Machineroom: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "machineroom",
    abstract: "Learn how the machines under all software work, by building them.",
    version: "0.1.0",
    subcommands: [Run.self],
    defaultSubcommand: Prompt.self)
}
