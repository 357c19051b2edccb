import Rendering
import Testing

/// Published widths: East Asian Width (Unicode Standard Annex #11: W and F are two columns, H, Na, N
/// and A one), Emoji_Presentation and variation sequences (Technical Standard #51).
@Suite struct DisplayWidthTests {
  @Test(arguments: [
    ("A", 1), ("é", 1), ("e\u{301}", 1), ("ß", 1), ("µ", 1),
    // W and F; H is the half-width form.
    ("你", 2), ("ア", 2), ("か\u{3099}", 2), ("Ａ", 2), ("　", 2), ("〈", 2), ("￥", 2), ("ｱ", 1),
    ("₩", 1),
    // Hangul, composed and as conjoining letters.
    ("한", 2), ("\u{1112}\u{1161}\u{11AB}", 2),
    // A is one column outside of East Asian settings.
    ("…", 1), ("·", 1), ("×", 1), ("─", 1), ("█", 1), ("⣿", 1), ("→", 1), ("●", 1), ("Ω", 1),
    // Emoji by default, by U+FE0F, and text by default.
    ("⌚", 2), ("😀", 2), ("☺", 1), ("☺\u{FE0F}", 2), ("✓", 1), ("❤\u{FE0F}", 2),
    // Sequences are one picture: skin tone, zero-width joiner, flag, keycap, tag.
    ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🏳️‍🌈", 2), ("🇩🇪", 2), ("1\u{FE0F}\u{20E3}", 2),
    ("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", 2),
    // Marks and format characters take none.
    ("a\u{20DD}", 1), ("ก\u{E47}", 1), ("\u{200B}", 0), ("\u{2060}", 0), ("", 0),
  ])
  func aCharacterTakesTheColumnsThatUnicodeSays(text: String, columns: Int) {
    #expect(
      text.displayWidth == columns, "\(text.unicodeScalars.map { String($0.value, radix: 16) })")
  }

  @Test(arguments: [40, 60])
  func wideWordsWrapByColumnsNotByCharacters(width: Int) {
    let words = String(repeating: "机房里有很多机器", count: 12) + " 👩‍👩‍👧‍👦 e\u{301}tude"
    let lines = TextRenderer(style: TextStyle(width: width)).text(paragraph: words)
      .split(separator: "\n")
    #expect(lines.allSatisfy { $0.displayWidth <= width })
    // The first line holds characters of two columns alone, so it is full.
    #expect(lines.first?.displayWidth == width)
    #expect(lines.joined().filter { $0 != " " } == words.filter { $0 != " " })
  }

  @Test func columnsOfWideWordsStandInLine() {
    let text = TextRenderer(style: TextStyle(width: 40)).text(
      markdown: "| 名前 | n |\n|---|--:|\n| 机器 | 1 |\n| ab | 23 |\n")
    #expect(
      text == """
        名前   n
        ────  ──
        机器   1
        ab    23

        """)
  }
}
