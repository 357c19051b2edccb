/// A piece of text with one look.
struct Run: Hashable {
  var text: String
  var look: Look = .plain
}

/// Breaks text into lines at spaces, between wide characters, and within words only where one is
/// longer than a line.
struct WordWrap {
  /// How many columns a line may take.
  let width: Int
  /// What every line but the first begins with.
  let hanging: String

  init(width: Int, hanging: String = "") {
    self.width = width
    self.hanging = hanging
  }

  /// What must stay on one line, with whether a space goes before it.
  private struct Atom {
    var runs: [Run]
    var width: Int
    var hasSpaceBefore: Bool
  }

  /// The lines of a text that is fit for the screen already.
  ///
  /// A newline in it stays one.
  func lines(_ text: String, first: String = "") -> [String] {
    lines([Run(text: text)], first: first).map { line in line.map(\.text).joined() }
  }

  /// The lines of runs of text, the first after `first`.
  func lines(_ runs: [Run], first: String = "") -> [[Run]] {
    var lines: [[Run]] = []
    var prefix = first
    for paragraph in paragraphs(runs) {
      lines += wrapped(paragraph, first: prefix)
      prefix = hanging
    }
    return lines
  }

  private func paragraphs(_ runs: [Run]) -> [[Run]] {
    var result: [[Run]] = [[]]
    for run in runs {
      for (index, part) in run.text.split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline
      ).enumerated() {
        if index > 0 { result.append([]) }
        result[result.count - 1].append(Run(text: String(part), look: run.look))
      }
    }
    return result
  }

  private func wrapped(_ runs: [Run], first: String) -> [[Run]] {
    var lines: [[Run]] = []
    var line = [Run(text: first)]
    var used = first.displayWidth
    var isFresh = true
    for atom in atoms(runs) {
      let space = atom.hasSpaceBefore && !isFresh ? 1 : 0
      if !isFresh, used + space + atom.width > width {
        lines.append(line)
        line = [Run(text: hanging)]
        used = hanging.displayWidth
        isFresh = true
      }
      if atom.hasSpaceBefore, !isFresh {
        line.append(Run(text: " ", look: spaceLook(line, atom)))
        used += 1
      }
      if used + atom.width > width {
        breakUp(atom, &lines, &line, &used)
      } else {
        line += atom.runs
        used += atom.width
      }
      isFresh = false
    }
    return lines + [line]
  }

  /// A space within a run of one look has that look too.
  private func spaceLook(_ line: [Run], _ atom: Atom) -> Look {
    let before = line.last?.look
    return before == atom.runs.first?.look ? before ?? .plain : .plain
  }

  /// Puts a word that is longer than a line on as many lines as it needs.
  private func breakUp(_ atom: Atom, _ lines: inout [[Run]], _ line: inout [Run], _ used: inout Int)
  {
    for run in atom.runs {
      for character in run.text {
        let columns = character.displayWidth
        if used + columns > width, used > hanging.displayWidth {
          lines.append(line)
          line = [Run(text: hanging)]
          used = hanging.displayWidth
        }
        line.append(Run(text: String(character), look: run.look))
        used += columns
      }
    }
  }

  private func atoms(_ runs: [Run]) -> [Atom] {
    var atoms: [Atom] = []
    var open: Atom?
    var hasSpace = false
    func close() {
      if let atom = open { atoms.append(atom) }
      open = nil
    }
    for run in runs {
      for character in run.text {
        if character == " " {
          close()
          hasSpace = true
          continue
        }
        let columns = character.displayWidth
        if columns == 2 { close() }
        var atom = open ?? Atom(runs: [], width: 0, hasSpaceBefore: hasSpace)
        hasSpace = false
        if atom.runs.last?.look == run.look {
          atom.runs[atom.runs.count - 1].text.append(character)
        } else {
          atom.runs.append(Run(text: String(character), look: run.look))
        }
        atom.width += columns
        open = atom
      }
    }
    close()
    return atoms
  }
}
