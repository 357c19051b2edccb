/// The measurement as one line of text, for the log: numbers in a fixed order, `;` between groups, `,`
/// between the numbers of a reading, `-` for what was not measured.
///
/// Version 3 is version 2 with two groups more: the peaks, and the bandwidth of all cores.
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
      "3", "\(cores)", caches.map(String.init).joined(separator: ","), computeRate.text,
      scatteredRate.text,
    ]
    let peaks = peaks.map {
      "\($0.instructionSet):\($0.precision):\($0.oneCore.text):\($0.allCores.text)"
    }.joined(separator: " ")
    return (head + [steps] + optional + [peaks, memoryBandwidth?.text ?? "-"])
      .joined(separator: ";")
  }

  /// The measurement of a line, or nil if it is none.
  package init?(text: String) {
    let groups = text.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
    guard ["2": 11, "3": 13][groups[0]] == groups.count, let cores = Int(groups[1]),
      let computeRate = Reading(text: groups[3]), let scatteredRate = Reading(text: groups[4])
    else { return nil }
    self.cores = cores
    self.computeRate = computeRate
    self.scatteredRate = scatteredRate
    caches = groups[2].split(separator: ",").compactMap { Int($0) }
    staircase = groups[5].split(separator: " ").compactMap { Step(text: String($0)) }
    guard !staircase.isEmpty, staircase.count == groups[5].split(separator: " ").count else {
      return nil
    }
    diskWrite = Reading(text: groups[6])
    diskRead = Reading(text: groups[7])
    diskAccess = Reading(text: groups[8])
    loopbackRoundTrip = Reading(text: groups[9])
    loopbackRate = Reading(text: groups[10])
    let recorded = groups.count > 11 ? groups[11].split(separator: " ") : []
    peaks = recorded.compactMap { Peak(text: String($0)) }
    guard peaks.count == recorded.count else { return nil }
    memoryBandwidth = groups.count > 12 ? Reading(text: groups[12]) : nil
  }
}

extension MachineMeasurement.Reading {
  fileprivate var text: String { "\(median),\(low),\(high),\(repetitions)" }

  fileprivate init?(text: String) {
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
