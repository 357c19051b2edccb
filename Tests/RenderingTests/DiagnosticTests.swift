import CommandLanguage
import Rendering
import Testing

private func text(
  _ diagnostic: Diagnostic, width: Int = 80, isAscii: Bool = false, usesColor: Bool = false
) -> String {
  TextRenderer(style: TextStyle(width: width, isAscii: isAscii, usesColor: usesColor))
    .text(diagnostic)
}

@Test func whatWasTypedIsShownWithACaretUnderTheWord() {
  let source = Source(text: "buy sever 1u-2004 count=6")
  let diagnostic = Diagnostic(
    "unknown-thing", "There is nothing called 'sever' to buy.", at: source.span(4..<9),
    help: "Did you mean 'server'? You can buy: server, rack, switch, ups, cooling, disk.")
  #expect(
    text(diagnostic) == """
      error[unknown-thing]: There is nothing called 'sever' to buy.
        buy sever 1u-2004 count=6
            ^^^^^
        Did you mean 'server'? You can buy: server, rack, switch, ups, cooling, disk.

      """)
}

@Test func aFileIsNamedWithLineAndColumn() {
  let span = SourceSpan(
    file: "lessons/my-lesson.md", line: 41, column: 8, length: 15,
    lineText: "check: shop.latency.p9 < 2 s")
  let diagnostic = Diagnostic(
    "unknown-fact", "There is no fact 'shop.latency.p9'.", at: span,
    help: "Did you mean 'shop.response.p99'? `commands shop` lists the shop's facts.")
  #expect(
    text(diagnostic, width: 84)
      == """
      lessons/my-lesson.md:41:8: error[unknown-fact]: There is no fact 'shop.latency.p9'.
         41 | check: shop.latency.p9 < 2 s
            |        ^^^^^^^^^^^^^^^
        Did you mean 'shop.response.p99'? `commands shop` lists the shop's facts.

      """)
}

@Test func aLongLineIsClippedAroundThePlace() {
  let line = String(repeating: "a ", count: 100) + "WRONG" + String(repeating: " b", count: 100)
  let span = SourceSpan(file: nil, line: 1, column: 201, length: 5, lineText: line)
  // 38 columns are left beside the indent, a third of which (12) stands before the place.
  #expect(
    text(Diagnostic("x", "No.", at: span), width: 40) == """
      error[x]: No.
        …a a a a a a WRONG b b b b b b b b b …
                     ^^^^^

      """)
}

@Test func aPlaceLongerThanTheLineIsMarkedAsFarAsItIsSeen() {
  let line = String(repeating: "y", count: 500)
  let span = SourceSpan(file: nil, line: 1, column: 1, length: 500, lineText: line)
  #expect(
    text(Diagnostic("x", "No.", at: span), width: 40) == """
      error[x]: No.
        \(String(repeating: "y", count: 37))…
        \(String(repeating: "^", count: 37))

      """)
}

@Test func wideCharactersAndTabsMoveTheCaret() {
  // Two columns each for 東 and 京, a tab from column 5 to 8.
  let span = SourceSpan(file: nil, line: 1, column: 4, length: 3, lineText: "東京\tbad x")
  #expect(
    text(Diagnostic("x", "No.", at: span)) == """
      error[x]: No.
        東京    bad x
                ^^^

      """)
  let wide = SourceSpan(file: nil, line: 1, column: 2, length: 1, lineText: "a東b")
  #expect(text(Diagnostic("x", "No.", at: wide)).hasSuffix("  a東b\n   ^^\n"))
}

@Test func controlCharactersAreShownAndNeverSent() {
  let span = SourceSpan(
    file: nil, line: 1, column: 5, length: 1, lineText: "run \0\u{1B}[2J\u{202E}")
  let diagnostic = Diagnostic("x", "A NUL: \0.", at: span)
  #expect(text(diagnostic) == "error[x]: A NUL: ␀.\n  run ␀␛[2J\u{FFFD}\n      ^\n")
  #expect(
    text(diagnostic, isAscii: true) == "error[x]: A NUL: ^@.\n  run ^@^[[2J?\n      ^^\n")
}

@Test func aPlaceBehindTheLineHasACaretToo() {
  let source = Source(text: "buy")
  #expect(text(Diagnostic("x", "No.", at: source.span(3..<3))) == "error[x]: No.\n  buy\n     ^\n")
}

@Test func aPlaceFarInALongLineIsShown() {
  let source = Source(text: String(repeating: "x", count: 3_000) + " WRONG here")
  let shown = text(Diagnostic("x", "No.", at: source.span(3_001..<3_006)))
  #expect(shown.contains(" WRONG here\n"))
  #expect(shown.contains(" ^^^^^\n"))
}

@Test func colourIsOnTheLabelAndTheCaretOnly() {
  let source = Source(text: "buy sever")
  let diagnostic = Diagnostic("u", "No.", at: source.span(4..<9), severity: .warning)
  #expect(
    text(diagnostic, usesColor: true)
      == "\u{1B}[1;33mwarning[u]:\u{1B}[0m No.\n  buy sever\n      \u{1B}[1;33m^^^^^\u{1B}[0m\n")
}

@Test(arguments: [40, 60, 80, 120]) func noLineOfADiagnosticIsWiderThanTheScreen(width: Int) {
  let word = String(repeating: "long-東", count: 40)
  for isAscii in [false, true] {
    for column in stride(from: 1, through: 300, by: 7) {
      let span = SourceSpan(
        file: "some/folder/\(word).md", line: 123_456, column: column, length: 20, lineText: word)
      let shown = text(
        Diagnostic("code", "This \(word) is wrong.", at: span, help: word), width: width,
        isAscii: isAscii)
      for line in shown.split(separator: "\n") { #expect(line.displayWidth <= width) }
    }
  }
}
