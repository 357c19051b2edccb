import Catalogs

/// What a training of another size would take on a machine like the one that was measured.
struct Extrapolation: Hashable, Sendable {
  /// Operations a second that the machine reaches in training.
  var rate: Double
  /// Bytes a second that its memory gives; nil where it was not measured.
  var bandwidth: Double?
  /// What it draws at work, W.
  var watts: Double
  /// What a kilowatt-hour costs, dollars.
  var dollarsPerKilowattHour: Double

  static let monthSeconds = 30.0 * 86_400

  /// How long a training of so many operations takes.
  func seconds(operations: Double) -> Double { operations / rate }

  /// How many such machines do it in a month, if all work as one without losing time.
  func machines(operations: Double) -> Double { operations / (rate * Extrapolation.monthSeconds) }

  /// What its electricity costs, however many machines share it.
  func electricity(operations: Double) -> Double {
    electricity(seconds: seconds(operations: operations))
  }

  /// What the electricity of as many seconds of one machine costs.
  func electricity(seconds: Double) -> Double { seconds * watts / 3.6e6 * dollarsPerKilowattHour }

  /// How long an answer takes: each symbol needs two operations for each learned number, and all of them once
  /// from memory, whichever takes longer; the question is read in one go.
  ///
  /// - Parameter bytes: what a learned number takes.
  func answerSeconds(parameters: Double, question: Double, answer: Double, bytes: Double) -> Double
  {
    let each = 2 * parameters / rate
    let fetched = bandwidth.map { parameters * bytes / $0 } ?? 0
    return question * each + answer * max(each, fetched)
  }

  /// What a model of ten times the learned numbers takes: it needs ten times the text as well.
  ///
  /// - Source: Hoffmann et al., "Training Compute-Optimal Large Language Models", 2022: parameters and tokens
  ///   grow in step.
  static func tenfold(operations: Double) -> Double { operations * 100 }
}
