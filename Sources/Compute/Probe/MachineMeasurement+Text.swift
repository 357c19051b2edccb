/// The measurement as one line of text, for the log: numbers in a fixed order, `;` between groups, `,`
/// between the numbers of a reading, `-` for what was not measured.
///
/// Version 3 is version 2 with two groups more: the peaks, and the bandwidth of all cores. Version 4 has the
/// memory and the chassis too.
extension MachineMeasurement {
  /// The line.
  package var text: String {
    let steps = staircase.map {
      "\($0.workingSet):\($0.bandwidth.text):\($0.latency.text)"
    }.joined(separator: " ")
    let optional = [diskWrite, diskRead, diskAccess, loopbackRoundTrip, loopbackRate].map {
      $0?.text ?? "-"
    }
    let head = [
      "4", "\(cores)", caches.map(String.init).joined(separator: ","), computeRate.text,
      scatteredRate.text,
    ]
    let peaks = peaks.map {
      "\($0.instructionSet):\($0.precision):\($0.oneCore.text):\($0.allCores.text)"
    }.joined(separator: " ")
    let tail = [
      peaks, memoryBandwidth?.text ?? "-", memory.map(String.init) ?? "-",
      chassis?.rawValue ?? "-",
    ]
    return (head + [steps] + optional + tail).joined(separator: ";")
  }

  /// The measurement of a line, or nil if it is none.
  package init?(text: String) {
    let groups = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    guard ["2": 11, "3": 13, "4": 15][groups[0]] == groups.count, let cores = Int(groups[1]),
      MachineMeasurement.coresRange.contains(cores),
      let caches = MachineMeasurement.all(groups[2], ",", { Int($0) }),
      let computeRate = Reading(text: groups[3]), let scatteredRate = Reading(text: groups[4]),
      let staircase = MachineMeasurement.all(groups[5], " ", Step.init(text:)), !staircase.isEmpty,
      let readings = MachineMeasurement.all(groups[6...10], MachineMeasurement.optional)
    else { return nil }
    self.init(
      cores: cores, caches: caches, computeRate: computeRate, scatteredRate: scatteredRate,
      staircase: staircase, diskWrite: readings[0], diskRead: readings[1],
      diskAccess: readings[2], loopbackRoundTrip: readings[3], loopbackRate: readings[4])
    guard readPeaks(groups[11...]), readForm(groups.dropFirst(13)) else { return nil }
  }

  /// `Chosen:` from one to more than any machine has.
  private static let coresRange = 1...1_000_000

  /// The two groups that came with version 3; none in an older recording.
  private mutating func readPeaks(_ groups: ArraySlice<String>) -> Bool {
    guard let text = groups.first, let bandwidth = groups.dropFirst().first else { return true }
    guard let peaks = MachineMeasurement.all(text, " ", Peak.init(text:)),
      let reading = MachineMeasurement.optional(bandwidth)
    else { return false }
    self.peaks = peaks
    memoryBandwidth = reading
    return true
  }

  /// The two groups that came with version 4; none in an older recording.
  private mutating func readForm(_ groups: ArraySlice<String>) -> Bool {
    guard let bytes = groups.first, let word = groups.dropFirst().first else { return true }
    memory = Int(bytes)
    chassis = Chassis(rawValue: word)
    return (bytes == "-" || (memory ?? 0) > 0) && (word == "-" || chassis != nil)
  }

  /// What the parts of a text are, or nil if one of them is nothing of the kind.
  private static func all<Part>(
    _ text: String, _ separator: Character, _ part: (String) -> Part?
  ) -> [Part]? {
    all(text.split(separator: separator).map(String.init)[...], part)
  }

  private static func all<Part>(_ texts: ArraySlice<String>, _ part: (String) -> Part?) -> [Part]? {
    let parts = texts.compactMap(part)
    return parts.count == texts.count ? parts : nil
  }

  /// A reading, nil inside for `-`, or nil if it is neither.
  private static func optional(_ text: String) -> Reading?? {
    if text == "-" { return .some(nil) }
    return Reading(text: text).map { .some($0) }
  }
}

extension MachineMeasurement.Reading {
  var text: String { "\(median),\(low),\(high),\(repetitions)" }

  init?(text: String) {
    let numbers = text.split(separator: ",").compactMap { Double($0) }
    guard numbers.count == 4, numbers.allSatisfy({ $0.isFinite && $0 >= 0 && $0 < 1e18 }) else {
      return nil
    }
    median = numbers[0]
    low = numbers[1]
    high = numbers[2]
    repetitions = Int(numbers[3])
  }
}

extension MachineMeasurement.Step {
  fileprivate init?(text: String) {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 3, let workingSet = Int(parts[0]),
      let bandwidth = MachineMeasurement.Reading(text: parts[1]),
      let latency = MachineMeasurement.Reading(text: parts[2])
    else { return nil }
    self.init(workingSet: workingSet, bandwidth: bandwidth, latency: latency)
  }
}

extension MachineMeasurement.Peak {
  fileprivate init?(text: String) {
    let parts = text.split(separator: ":").map(String.init)
    guard parts.count == 4, let instructionSet = InstructionSet(rawValue: parts[0]),
      let precision = MachineMeasurement.Precision(rawValue: parts[1]),
      let oneCore = MachineMeasurement.Reading(text: parts[2]),
      let allCores = MachineMeasurement.Reading(text: parts[3])
    else { return nil }
    self.init(
      instructionSet: instructionSet, precision: precision, oneCore: oneCore, allCores: allCores)
  }
}
