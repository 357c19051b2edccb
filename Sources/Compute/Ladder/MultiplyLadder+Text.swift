/// Steps of the ladder as text, for the log: `;` between rungs, a blank between the parts of one.
extension MultiplyLadder.Step {
  /// The steps as one line.
  package static func text(of steps: [MultiplyLadder.Step]) -> String {
    steps.map { step in
      "\(step.rung.rawValue) \(step.size) \(step.instructionSet.rawValue) \(step.threads) "
        + "\(step.seconds.text) \(step.rate.text) \(step.largestError)"
    }.joined(separator: ";")
  }

  /// The steps of a line, or nil if it is none.
  package static func steps(text: String) -> [MultiplyLadder.Step]? {
    let lines = text.split(separator: ";", omittingEmptySubsequences: false)
    let steps = lines.compactMap { MultiplyLadder.Step(text: $0) }
    return steps.count == lines.count && !steps.isEmpty ? steps : nil
  }

  private init?(text: Substring) {
    let parts = text.split(separator: " ").map(String.init)
    guard parts.count == 7, let rung = MultiplyLadder.Rung(rawValue: parts[0]),
      let size = Int(parts[1]), size > 0, let set = InstructionSet(rawValue: parts[2]),
      let threads = Int(parts[3]), threads > 0,
      let seconds = MachineMeasurement.Reading(text: parts[4]), seconds.median > 0,
      let rate = MachineMeasurement.Reading(text: parts[5]), let error = Double(parts[6]),
      error >= 0
    else { return nil }
    self.init(
      rung: rung, size: size, instructionSet: set, threads: threads, seconds: seconds, rate: rate,
      largestError: error)
  }
}
