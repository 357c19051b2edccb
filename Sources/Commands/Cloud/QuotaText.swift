import Cloud
import Reports

/// A quota in words.
extension Quota {
  /// How much it is: `20 machines`.
  var words: String {
    switch self {
    case .machines(let most): counted(most, "machine")
    case .cores(let most): counted(most, "core")
    }
  }

  /// What can be done where it is reached.
  var advice: String {
    switch self {
    case .machines: "Release some, or rent larger ones."
    case .cores: "Release some; machines with fewer cores count for less."
    }
  }
}
