import Glibc
import Quantities
import Rendering

/// How far a long run is.
package struct Progress: Hashable, Sendable {
  /// The part that is done, from 0 to 1, if it is known.
  package var share: Double?
  /// The world's moment.
  package var moment: Moment?
  /// How fast it goes, such as `18.2 M events/s`.
  package var rate: String

  /// A progress as given.
  package init(share: Double? = nil, moment: Moment? = nil, rate: String = "") {
    self.share = share
    self.moment = moment
    self.rate = rate
  }
}

/// One line on stderr that shows how far a run is, from its first second on.
package struct ProgressLine: ~Copyable {
  /// How long a run may take before the line appears.
  package static let delay: Duration = .seconds(1)
  /// How long the line stands before it changes.
  package static let interval: Duration = .milliseconds(100)

  private let isEnabled: Bool
  /// Asked for at each change, as the screen may have become narrower.
  private let style: () -> TextStyle
  private let now: () -> Duration
  private let write: (String) -> Void
  private let start: Duration
  private var shownAt: Duration?
  private var shownWidth = 0

  /// A line on stderr if that is a terminal; the clock starts now.
  package init(isEnabled: Bool, style: @escaping @autoclosure () -> TextStyle) {
    let clock = ContinuousClock()
    let origin = clock.now
    self.init(
      isEnabled: isEnabled, style: style(), now: { clock.now - origin },
      write: { text in
        let bytes = Array(text.utf8)
        // A line that cannot be shown is no reason to stop a run.
        _ = Glibc.write(STDERR_FILENO, bytes, bytes.count)
      })
  }

  /// A line with a clock and a place to write to.
  init(
    isEnabled: Bool, style: @escaping @autoclosure () -> TextStyle, now: @escaping () -> Duration,
    write: @escaping (String) -> Void
  ) {
    self.isEnabled = isEnabled
    self.style = style
    self.now = now
    self.write = write
    start = now()
  }

  /// Shows a progress, unless it is too early or the line was changed a moment ago.
  package mutating func update(_ progress: Progress) {
    guard isEnabled else { return }
    let time = now()
    guard time - start >= ProgressLine.delay else { return }
    if let shownAt, time - shownAt < ProgressLine.interval { return }
    let style = style()
    let line = ProgressLine.text(progress, elapsed: time - start, style: style)
    let width = line.displayWidth
    shownWidth = min(shownWidth, style.width - 1)
    // Spaces over the rest of the last line: no escape sequence is needed.
    write("\r" + line + String(repeating: " ", count: max(0, shownWidth - width)))
    shownWidth = width
    shownAt = time
  }

  /// Takes the line away: before anything else is written, and at the end.
  package mutating func clear() {
    guard shownWidth > 0 else { return }
    // The terminal may have shown `^C` behind the line.
    write("\r" + String(repeating: " ", count: shownWidth + 2) + "\r")
    shownWidth = 0
    shownAt = nil
  }

  /// The line: a bar, the share, the world's moment, the rate and the time left, as far as there is
  /// room and they are known.
  static func text(_ progress: Progress, elapsed: Duration, style: TextStyle) -> String {
    var parts: [String] = []
    let share = progress.share.map { min(max($0, 0), 1) }
    if let share { parts.append(String(Int(share * 100)).paddedLeft(to: 3) + "%") }
    if let moment = progress.moment { parts.append("\(moment.date)") }
    if !progress.rate.isEmpty { parts.append(style.visible(progress.rate)) }
    if let share, share >= 0.01 {
      let seconds =
        Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
      parts.append("\(left(seconds * (1 - share) / share)) left")
    }
    // The last columns stay free: for `^C`, and because the terminal would wrap.
    let room = style.width - 3
    while parts.count > 1, 2 + parts.joined(separator: "   ").count > room { parts.removeLast() }
    let words = parts.joined(separator: "   ")
    let barWidth = min(36, room - words.count - 5)
    guard let share, barWidth >= 8 else { return "  " + words }
    return "  " + bar(share, barWidth, style.isAscii) + " " + words
  }

  /// A time left in whole seconds, minutes or hours, rounded up.
  private static func left(_ seconds: Double) -> String {
    switch seconds {
    case ..<100: "\(Int(seconds) + 1) s"
    case ..<6_000: "\(Int(seconds / 60) + 1) min"
    case ..<3_600_000: "\(Int(seconds / 3_600) + 1) h"
    default: "very long"
    }
  }

  private static func bar(_ share: Double, _ width: Int, _ isAscii: Bool) -> String {
    if isAscii {
      let full = Int(share * Double(width - 2))
      return "[" + String(repeating: "#", count: full)
        + String(repeating: ".", count: width - 2 - full) + "]"
    }
    let eighths = Int(share * Double(width * 8))
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    let blocks = String(repeating: "█", count: eighths / 8) + partial
    return blocks + String(repeating: " ", count: width - blocks.count)
  }
}

extension String {
  fileprivate func paddedLeft(to width: Int) -> String {
    String(repeating: " ", count: max(0, width - count)) + self
  }
}
