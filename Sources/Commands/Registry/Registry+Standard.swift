extension Registry {
  /// Every command of the program.
  package static let standard = Registry([
    BlameCommand.self, BorrowCommand.self, BreakevenCommand.self, BudgetCommand.self,
    BuildCommand.self,
    BuyCommand.self, CatalogCommand.self,
    CommandsCommand.self,
    CompareCommand.self, ConnectCommand.self,
    DemandCommand.self, DurabilityCommand.self, ExpectCommand.self, ExplainCommand.self,
    ExportCommand.self, FailCommand.self,
    FlowsCommand.self, ForkCommand.self, HelpCommand.self, HistoryCommand.self, KeepCommand.self,
    InsureCommand.self,
    LearnCommand.self,
    LeaveCommand.self, LessonsCommand.self,
    MarkCommand.self, MigrateCommand.self, NewCommand.self, OfferCommand.self, OpenCommand.self,
    PlaceCommand.self, PlotCommand.self, PoolCommand.self, PriceCommand.self, ProbeCommand.self,
    ProvidersCommand.self, QueueCommand.self, QuitCommand.self,
    ReadCommand.self,
    RedoCommand.self, RefreshCommand.self, ReleaseCommand.self, RentCommand.self,
    RepairCommand.self, RepayCommand.self, ReserveCommand.self,
    ReplicateCommand.self, RunCommand.self, RunwayCommand.self, SaveCommand.self, ScaleCommand.self,
    SeedCommand.self,
    SellCommand.self,
    SetCommand.self,
    ShowCommand.self, SourceCommand.self, SwitchCommand.self, TableCommand.self,
    TcoCommand.self, TimingCommand.self, TraceCommand.self, UndoCommand.self, ValidateCommand.self,
    VersionCommand.self,
  ])
}
