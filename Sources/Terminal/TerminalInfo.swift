import CTerminal
import Glibc
import Rendering

/// What the option `--color` says.
package enum ColorChoice: String, Sendable, CaseIterable {
  case auto
  case always
  case never
}

/// How many colours may be used.
package enum ColorDepth: Int, Sendable, Comparable {
  case none = 0
  case sixteen = 16
  case twoHundredFiftySix = 256
  case trueColor = 16_777_216

  package static func < (a: ColorDepth, b: ColorDepth) -> Bool { a.rawValue < b.rawValue }
}

/// What the terminal and the environment say about the screen.
package struct TerminalInfo: Hashable, Sendable {
  /// The widths that output is made for.
  package static let widths = 40...200
  /// The width where nothing tells one.
  package static let widthDefault = 80

  /// Whether stdin is a terminal.
  package var isInputTerminal: Bool
  /// Whether stdout is a terminal.
  package var isOutputTerminal: Bool
  /// Whether stderr is a terminal.
  package var isErrorTerminal: Bool
  /// The columns of the output's terminal, `COLUMNS` where there is none, within `widths`.
  package var width: Int
  /// Whether the locale says that the terminal shows UTF-8.
  package var isUnicode: Bool
  /// The environment.
  package var environment: [String: String]

  /// What this process sees now.
  package static func current() -> TerminalInfo {
    let environment = processEnvironment()
    let isOutputTerminal = isatty(STDOUT_FILENO) == 1
    return TerminalInfo(
      isInputTerminal: isatty(STDIN_FILENO) == 1, isOutputTerminal: isOutputTerminal,
      isErrorTerminal: isatty(STDERR_FILENO) == 1,
      width: width(
        ofTerminal: isOutputTerminal ? Int(terminal_columns(STDOUT_FILENO)) : 0,
        environment: environment),
      isUnicode: isUnicode(environment), environment: environment)
  }

  /// The same with the width that the output's terminal has by now: people resize windows.
  package func resized() -> TerminalInfo {
    guard isOutputTerminal else { return self }
    var info = self
    info.width = TerminalInfo.width(
      ofTerminal: Int(terminal_columns(STDOUT_FILENO)), environment: environment)
    return info
  }

  /// Whether the terminal understands no escape sequences at all.
  package var isDumb: Bool {
    let term = environment["TERM"] ?? ""
    return term.isEmpty || term == "dumb"
  }

  /// How many colours stdout may have.
  package func colorDepth(_ choice: ColorChoice) -> ColorDepth {
    TerminalInfo.colorDepth(
      choice, environment: environment, isTerminal: isOutputTerminal)
  }

  /// The width of output: the terminal's, else `COLUMNS`, else 80; 0 means that it is unknown.
  package static func width(ofTerminal columns: Int, environment: [String: String]) -> Int {
    let told = columns > 0 ? columns : environment["COLUMNS"].flatMap { Int($0) } ?? 0
    guard told > 0 else { return widthDefault }
    return min(max(told, widths.lowerBound), widths.upperBound)
  }

  /// How many colours output may have.
  ///
  /// The first of these decides: the option, `NO_COLOR` if not empty, `CLICOLOR_FORCE` if neither
  /// empty nor 0, and whether it is a terminal that is not dumb. How many follows from `COLORTERM`
  /// and `TERM`.
  /// - Source: no-color.org; bixense.com/clicolors.
  package static func colorDepth(
    _ choice: ColorChoice, environment: [String: String], isTerminal: Bool
  ) -> ColorDepth {
    let term = environment["TERM"] ?? ""
    func isSet(_ name: String) -> Bool { environment[name].map { !$0.isEmpty } ?? false }
    switch choice {
    case .never: return .none
    case .always: break
    case .auto:
      if isSet("NO_COLOR") { return .none }
      let isForced = isSet("CLICOLOR_FORCE") && environment["CLICOLOR_FORCE"] != "0"
      if !isForced, !isTerminal || term == "dumb" || term.isEmpty { return .none }
    }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"]) { return .trueColor }
    return term.hasSuffix("-256color") ? .twoHundredFiftySix : .sixteen
  }

  /// Whether the locale that counts for characters is a UTF-8 one.
  package static func isUnicode(_ environment: [String: String]) -> Bool {
    let deciding = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let locale = deciding?.lowercased() else { return false }
    return locale.hasSuffix("utf-8") || locale.hasSuffix("utf8") || locale.contains(".utf-8@")
      || locale.contains(".utf8@")
  }

  /// The environment of the process, without Foundation, which would double the start-up time.
  private static func processEnvironment() -> [String: String] {
    var environment: [String: String] = [:]
    guard var entry = terminal_environment() else { return [:] }
    while let text = entry.pointee {
      let pair = String(cString: text).split(
        separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if pair.count == 2 { environment[String(pair[0])] = String(pair[1]) }
      entry += 1
    }
    return environment
  }
}

extension TerminalInfo {
  /// Which of the process's outputs is meant.
  package enum Output: Sendable {
    case standard
    case error
  }

  /// How to write to an output: the options first, then what the terminal and the locale allow.
  package func style(
    for output: Output = .standard, color: ColorChoice = .auto, isAscii: Bool = false,
    dots: DotStyle = .braille, width wished: Int? = nil
  ) -> TextStyle {
    let isTerminal = output == .standard ? isOutputTerminal : isErrorTerminal
    let depth = TerminalInfo.colorDepth(color, environment: environment, isTerminal: isTerminal)
    return TextStyle(
      width: wished ?? width, isAscii: isAscii || !isUnicode, usesColor: depth > .none,
      isScreen: isTerminal, dots: dots)
  }
}
