import Compute

/// What a training run came to: computed and measured once, kept in the log, and read from there again.
struct TrainingRecord: Hashable, Sendable, Codable {
  /// The loss after so many steps.
  struct Point: Hashable, Sendable, Codable {
    var step: Int
    /// Mean over the steps since the last point, nats a token.
    var loss: Double
    /// On text that no batch touches; nil where nobody looked.
    var heldOut: Double?
  }

  /// How many held-out questions were answered right.
  struct Exam: Hashable, Sendable, Codable {
    var asked: Int
    var right: Int
    /// The same by whoever gives the answer of the nearest question of the training.
    var nearestRight: Int
    /// The share of the questions' 5-grams that the training text has, on average.
    var overlap: Double
  }

  /// The hash of the model's bytes.
  var digest: String
  var symbols: Int
  var parameters: Int
  var context: Int
  /// Steps that were taken, and of how many.
  var steps: Int
  var stepsPlanned: Int
  /// Tokens and operations of a step.
  var tokensPerStep: Int
  var operationsPerStep: Double
  /// Seconds of the steps alone, and how many steps took them: all but those of an earlier run.
  var seconds: Double
  var stepsTimed: Int
  /// Operations a second that the machine could do at most, measured just before; 0 in a record of before it was.
  var peak: Double
  var threads: Int
  var instructionSet: String
  var curve: [Point]
  var exam: Exam?

  /// Tokens a second.
  var tokensPerSecond: Double { seconds > 0 ? Double(stepsTimed * tokensPerStep) / seconds : 0 }
  /// The rate as a share of the machine's peak.
  var shareOfPeak: Double? { peak > 0 && seconds > 0 ? rate / peak : nil }
  /// Operations a second.
  var rate: Double { seconds > 0 ? Double(stepsTimed) * operationsPerStep / seconds : 0 }
}

// MARK: - In the log

extension TrainingRecord {
  /// The record as one line: parts between `;`, points of the curve between `,`.
  var text: String {
    let points = curve.map { point in
      "\(point.step):\(point.loss)" + (point.heldOut.map { ":\($0)" } ?? "")
    }.joined(separator: ",")
    let exam = exam.map { "\($0.asked):\($0.right):\($0.nearestRight):\($0.overlap)" } ?? "-"
    return [
      "2", digest, "\(symbols)", "\(parameters)", "\(context)", "\(steps)", "\(stepsPlanned)",
      "\(tokensPerStep)", "\(operationsPerStep)", "\(seconds)", "\(stepsTimed)", "\(threads)",
      instructionSet, points, exam, "\(peak)",
    ].joined(separator: ";")
  }

  /// The record of a line, or nil if it is none.
  init?(text: String) {
    var parts = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    // The first version had no peak.
    if parts.count == 15, parts[0] == "1" { parts = ["2"] + parts.dropFirst() + ["0"] }
    guard parts.count == 16, parts[0] == "2", !parts[1].isEmpty else { return nil }
    let counts = [2, 3, 4, 5, 6, 7, 10, 11].compactMap { Int(parts[$0]) }
    let numbers = [8, 9, 15].compactMap { Double(parts[$0]) }
    guard counts.count == 8, counts.allSatisfy({ $0 >= 0 }), numbers.count == 3,
      numbers.allSatisfy({ $0.isFinite && $0 >= 0 })
    else { return nil }
    digest = parts[1]
    (symbols, parameters, context, steps) = (counts[0], counts[1], counts[2], counts[3])
    (stepsPlanned, tokensPerStep) = (counts[4], counts[5])
    (stepsTimed, threads) = (counts[6], counts[7])
    (operationsPerStep, seconds, peak) = (numbers[0], numbers[1], numbers[2])
    instructionSet = parts[12]
    let points = parts[13].split(separator: ",")
    curve = points.compactMap { Point(text: $0) }
    guard curve.count == points.count else { return nil }
    guard parts[14] != "-" else { return }
    guard let exam = Exam(text: parts[14]) else { return nil }
    self.exam = exam
  }
}

extension TrainingRecord.Point {
  fileprivate init?(text: Substring) {
    let parts = text.split(separator: ":").map(String.init)
    guard (2...3).contains(parts.count), let step = Int(parts[0]), let loss = Double(parts[1]),
      loss.isFinite
    else { return nil }
    self.init(step: step, loss: loss, heldOut: parts.count == 3 ? Double(parts[2]) : nil)
  }
}

extension TrainingRecord.Exam {
  fileprivate init?(text: String) {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 4, let asked = Int(parts[0]), let right = Int(parts[1]),
      let nearest = Int(parts[2]), let overlap = Double(parts[3]), asked > 0
    else { return nil }
    self.init(asked: asked, right: right, nearestRight: nearest, overlap: overlap)
  }
}
