import Rendering
import Testing

private func text(
  _ markdown: String, width: Int = 40, isAscii: Bool = false, usesColor: Bool = false,
  margin: Int = 0
) -> String {
  TextRenderer(style: TextStyle(width: width, isAscii: isAscii, usesColor: usesColor))
    .text(markdown: markdown, margin: margin)
}

@Test func paragraphsAreWrappedAndSetApart() {
  #expect(
    text("A line behind\nsomething full does **not** grow in *step*.\n\n\nIt `runs` away.") == """
      A line behind something full does not
      grow in step.

      It `runs` away.

      """)
}

@Test func marksBecomeALookOnlyWithColour() {
  #expect(
    text("a **b c** *d* `e` [f](g.md)", usesColor: true)
      == "a \u{1B}[1mb c\u{1B}[0m \u{1B}[3md\u{1B}[0m \u{1B}[36m`e`\u{1B}[0m f "
      + "\u{1B}[2m(g.md)\u{1B}[0m\n")
  #expect(text("a **b c** *d* `e` [f](g.md)") == "a b c d `e` f (g.md)\n")
}

@Test func marksThatMeanNothingStayWords() {
  #expect(
    text("2 * 3 * 4, a ** b, **open, 5*6, [x], `open")
      == "2 * 3 * 4, a ** b, **open, 5*6, [x],\n`open\n")
  #expect(text(#"\*not\* \`so\` C:\dir"#) == "*not* `so` C:\\dir\n")
  #expect(text("``a ` b`` and `*c*`") == "`a ` b` and `*c*`\n")
  #expect(
    ProseParser.parse("**a *b* c**").blocks == [
      .paragraph([.strong([.text("a "), .emphasis([.text("b")]), .text(" c")])])
    ])
}

@Test(.timeLimit(.minutes(10))) func manyMarksThatStayOpenAreReadAtOnce() {
  let words = String(repeating: "*a **b [c `d ", count: 60)
  #expect(ProseParser.parse(words + "e*").blocks.count == 1)
}

@Test func listsHaveMarksNumbersAndNesting() {
  let markdown = """
    Intro:
    - one that is longer than a single line of forty
    - two
      - inner
        words

    9. nine
    10. ten
    """
  #expect(
    text(markdown) == """
      Intro:

      • one that is longer than a single line
        of forty
      • two
        • inner words

      9.  nine
      10. ten

      """)
  #expect(text("* a\n* b", isAscii: true) == "- a\n- b\n")
}

@Test func quotesHeadingsAndRules() {
  #expect(
    text("# The limit\n> Something was full, and the line behind it grew.\n>\n> - a\n\n---") == """
      The limit

      │ Something was full, and the line
      │ behind it grew.
      │
      │ • a

      ────────────────────

      """)
}

@Test func codeStandsAsItIs() {
  #expect(
    text("```console run\nnew  shop\n\trun *1* day\n\n```\nafter", margin: 2)
      == """
          new  shop
              run *1* day

        after

      """.replacing("\n\n  after", with: "\n\n\n  after"))
  #expect(
    ProseParser.parse("~~~\na\n```\n~~~").blocks == [.code(info: "", lines: ["a", "```"])])
  #expect(ProseParser.parse("```open").blocks == [.code(info: "open", lines: [])])
}

@Test func tablesAreAlignedAsTheirDashesSay() {
  let markdown = """
    | part | demand | note |
    |:-----|-------:|:----:|
    | web  | 40 ms  | `a|b` |
    | data base | 5 ms |
    """
  #expect(
    text(markdown) == """
      part       demand  note
      ─────────  ──────  ─────
      web         40 ms  `a|b`
      data base    5 ms

      """)
  #expect(text("a | b\nno table") == "a | b no table\n")
}

@Test(arguments: [40, 60, 80, 120]) func noLineOfProseIsWiderThanTheScreen(width: Int) {
  let word = String(repeating: "very-long-", count: 15)
  let markdown = """
    # Heading \(word) with **bold \(word)** and more words behind it
    - item \(word)
      - nested item with 東京東京東京東京東京東京東京東京東京東京東京東京 and more
        > quote `\(word)`
    ```
    \(word)
    ```
    | a | \(word) | c | d | e | f |
    |---|---|---|---|---|---|
    | \(word) | b c d e f g h i j k l m n o p | c | some words | more words | \(word) |
    """
  for isAscii in [false, true] {
    for line in text(markdown, width: width, isAscii: isAscii, margin: 2).split(separator: "\n") {
      #expect(line.displayWidth <= width, "\(line)")
    }
  }
}
