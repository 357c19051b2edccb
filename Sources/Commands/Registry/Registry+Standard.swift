extension Registry {
  /// Every command of the program.
  package static let standard = Registry([
    BuyCommand.self, CommandsCommand.self, DemandCommand.self, ExpectCommand.self,
    ForkCommand.self, HelpCommand.self, HistoryCommand.self, MarkCommand.self, NewCommand.self,
    QueueCommand.self, QuitCommand.self, ReadCommand.self, RedoCommand.self, RunCommand.self, SeedCommand.self,
    SellCommand.self, SetCommand.self, ShowCommand.self, SourceCommand.self, SwitchCommand.self,
    TimingCommand.self, UndoCommand.self, VersionCommand.self,
  ])
}
