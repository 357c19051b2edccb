/// How the program ends; scripts and instructors rely on the numbers.
enum ExitStatus: Int32, Error {
  /// All went well.
  case success = 0
  /// An expectation or a check failed, or lint or test found something.
  case failed = 1
  /// The program was called in a way that it does not know.
  case usage = 2
  /// A script or a lesson has an error.
  case scriptError = 3
  /// The program itself is at fault.
  case internalError = 4
  /// Somebody pressed Ctrl-C.
  case interrupted = 130

  /// The worse of two, where an error is worse than a failed expectation.
  func combined(with other: ExitStatus) -> ExitStatus {
    rawValue >= other.rawValue ? self : other
  }
}
