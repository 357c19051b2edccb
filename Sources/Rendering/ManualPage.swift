import Commands
import Reports

/// The manual page `machineroom(1)`: the program's options, and the reference of statements and facts
/// from the registry, in the man macros.
package struct ManualPage {
  /// A section whose lines stand as they are.
  package struct Section {
    /// The heading.
    package var title: String
    /// The lines.
    package var text: String

    /// A section as given.
    package init(_ title: String, _ text: String) {
      self.title = title
      self.text = text
    }
  }

  private let registry: Registry
  private let version: String
  private let sections: [Section]

  /// A page; `sections` is what the outer command line says of itself.
  package init(_ registry: Registry, version: String, _ sections: [Section]) {
    self.registry = registry
    self.version = version
    self.sections = sections
  }

  /// The page in roff.
  package var text: String {
    // Set left: a synopsis of few long words cannot be stretched to the margin.
    var text = """
      .TH MACHINEROOM 1 "" "machineroom \(version)" "User Commands"
      .ad l
      .SH NAME
      machineroom \\- learn how the machines under all software work, by building them
      .SH SYNOPSIS
      .nf
      .B machineroom\\fR [\\fIoptions\\fR]
      .B machineroom learn\\fR [\\fIlesson\\fR]
      .B machineroom run\\fR \\fIfile\\fR ... | \\-c \\fIstatements\\fR
      .fi
      .SH DESCRIPTION
      Without arguments it is a prompt: type a statement, see what happens. With standard input not a
      terminal, the input is a script. Statements are separated by newlines or by \\(aq ; \\(aq.

      """
    for section in sections { text += verbatim(section.title, section.text) }
    for group in CommandDeclaration.Group.allCases {
      let declarations = registry.commands.map { $0.declaration }.filter { $0.group == group }
      guard !declarations.isEmpty else { continue }
      text += ".SH STATEMENTS: \(group.rawValue.uppercased())\n"
      text += declarations.map(statement).joined()
    }
    text += ".SH FACTS\n"
    text += registry.catalog.declarations.map { fact in
      let unit = fact.unit.symbol.isEmpty ? "" : ", \(fact.unit.symbol)"
      return item(fact.key, "\(fact.summary) (\(fact.kind.rawValue)\(unit))")
    }.joined()
    return text + """
      .SH EXIT STATUS
      0: all went well. 1: an expectation or a check failed. 2: the program was called in a way that it
      does not know. 3: a script or a lesson has an error. 4: the program is at fault. 130: Ctrl\\-C.
      .SH ENVIRONMENT
      .TP
      .B MACHINEROOM_COURSE
      The folder of the course, with course.yaml.
      .TP
      .B NO_COLOR, CLICOLOR_FORCE, COLUMNS, TERM, LC_ALL, XDG_STATE_HOME
      As other programs read them.

      """
  }

  private func statement(_ declaration: CommandDeclaration) -> String {
    var text = ".SS \(ManualPage.escaped(declaration.verb))\n"
    text += ".B \(ManualPage.escaped(declaration.usage))\n.PP\n"
    text += "\(ManualPage.line(declaration.summary))\n"
    for parameter in declaration.parameters {
      let fallback = parameter.defaultText
      text += item(parameter.name, parameter.summary + (fallback.isEmpty ? "" : "; \(fallback)"))
    }
    text += ".PP\n.nf\n.RS 4\n"
    text += declaration.example.split(separator: "\n").map { ManualPage.line(String($0)) + "\n" }
      .joined()
    return text + ".RE\n.fi\n"
  }

  private func item(_ name: String, _ words: String) -> String {
    ".TP\n.B \(ManualPage.escaped(name))\n\(ManualPage.line(words))\n"
  }

  private func verbatim(_ title: String, _ text: String) -> String {
    ".SH \(ManualPage.escaped(title))\n.nf\n"
      + text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { ManualPage.line(String($0)) + "\n" }.joined() + ".fi\n"
  }

  /// A line of text: what would be a request of roff is none.
  private static func line(_ text: String) -> String {
    let text = escaped(text)
    return text.first == "." || text.first == "'" ? "\\&" + text : text
  }

  /// Words with what roff reads as its own escaped: the backslash, the hyphen, the quotation marks.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\e"
      case "-": result += "\\-"
      case "'": result += "\\(aq"
      case "`": result += "\\(ga"
      case "\"": result += "\\(dq"
      case "^": result += "\\(ha"
      case "~": result += "\\(ti"
      case _ where character.isASCII: result.append(character)
      default:
        // By number, so that the page needs no encoding.
        for scalar in character.unicodeScalars {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          result += "\\[u\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)]"
        }
      }
    }
  }
}
