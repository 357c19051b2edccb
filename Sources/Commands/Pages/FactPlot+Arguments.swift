import CommandLanguage
import Quantities
import Reports

extension Arguments {
  /// The plot that `plot` and `export` are asked for.
  func plot(from session: Session, _ context: CommandContext) throws -> Plot {
    let kind = word("kind").flatMap(FactPlot.init)
    if word("by") != nil {
      if let kind {
        throw error(
          "kind-with-by", "'by' draws points, so there is no kind '\(kind.rawValue)' of it.",
          at: "kind", help: "Leave out 'kind', or leave out 'by' to draw along time.")
      }
      if word("with") != nil {
        throw error(
          "one-fact", "'by' draws one fact against another, so there is no place for 'with'.",
          at: "with", help: "Leave out 'with', or leave out 'by' to draw along time.")
      }
      return FactPlot.plot(
        try series(from: session, context), by: try series("by", from: session, context))
    }
    if let timeline = try timeline(from: session, context) { return timeline }
    let drawn = kind ?? .line
    var all = [try series(hourly: drawn == .heat, from: session, context)]
    if word("with") != nil { all.append(try other(all[0], drawn, session, context)) }
    if drawn == .heat, all[0].step != .hours(1) {
      throw error(
        "not-by-hour", "A heat map has a column for each hour.", at: "step",
        help: "Leave out 'step', or write step=hour.")
    }
    return drawn.plot(
      all, drawn.isAlongTime ? PlotMarks(session.state.world).marks(of: all[0]) : [])
  }

  /// The timeline of a fact that is a name; nil for one that is a number.
  private func timeline(from session: Session, _ context: CommandContext) throws -> Plot? {
    guard let key = word("fact"),
      session.registry.catalog.resolve(key)?.declaration.kind == .text
    else { return nil }
    if let name = ["kind", "with"].first(where: { word($0) != nil }) {
      throw error(
        "one-fact", "'\(key)' is a name, so it is drawn as a timeline, without '\(name)'.",
        at: name,
        help: "Leave out '\(name)'.")
    }
    return FactPlot.plot(key, try stretches(key, from: session, context))
  }

  private func stretches(_ key: String, from session: Session, _ context: CommandContext) throws
    -> [Timeline.Stretch]
  {
    do {
      return try FactSeries(state: session.state, catalog: session.registry.catalog).stretches(
        key, window: statement.window, by: word("step").flatMap(FactSeries.Step.init),
        checkpoint: context.checkpoint)
    } catch let problem as FactUnavailable {
      throw problem.diagnostic(self)
    }
  }

  /// The second fact of a plot.
  private func other(
    _ first: Series, _ kind: FactPlot, _ session: Session, _ context: CommandContext
  ) throws -> Series {
    guard kind.isAlongTime else {
      throw error(
        "one-fact", "A plot of kind '\(kind.rawValue)' is of one fact.", at: "with",
        help: "Leave out 'with', or draw it as a line, as stairs or as bars.")
    }
    let other = try series("with", from: session, context)
    guard other.unit.dimension == first.unit.dimension,
      (other.unit == .percent) == (first.unit == .percent)
    else {
      throw error(
        "other-unit", "'\(first.key)' and '\(other.key)' have no unit in common.", at: "with",
        help: "'by' draws one against the other.")
    }
    return other
  }

  /// The series of a fact that is named by an argument, of hours if so wished and nothing else is said.
  func series(
    _ name: String = "fact", hourly: Bool = false, from session: Session, _ context: CommandContext
  ) throws -> Series {
    guard let key = word(name) else { preconditionFailure("'\(name)' is required") }
    do {
      return try FactSeries(state: session.state, catalog: session.registry.catalog).series(
        key, window: statement.window,
        by: word("step").flatMap(FactSeries.Step.init) ?? (hourly ? .hour : nil),
        checkpoint: context.checkpoint)
    } catch let problem as FactUnavailable {
      guard case .never(let code, let message, let help) = problem else {
        throw problem.diagnostic(self)
      }
      throw error(code, message, at: name, help: help)
    }
  }
}
