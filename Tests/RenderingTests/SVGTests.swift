import Foundation
import Quantities
import Rendering
import Reports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// What a document consists of, as another program's parser reads it.
private final class Document: NSObject, XMLParserDelegate {
  struct Element {
    var name: String
    var attributes: [String: String]
    var words = ""
  }

  private(set) var elements: [Element] = []
  private(set) var isWellFormed = false
  private var open: [Int] = []

  init(_ text: String) {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    isWellFormed = parser.parse()
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String] = [:]
  ) {
    open.append(elements.count)
    elements.append(Element(name: name, attributes: attributes))
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    if let last = open.last { elements[last].words += string }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
    qualifiedName: String?
  ) { open.removeLast() }

  func words(ofClass look: String) -> [String] {
    elements.filter { $0.attributes["class"] == look }.map(\.words)
  }

  func first(_ name: String) -> Element? { elements.first { $0.name == name } }
}

@Test func everyKindIsADocumentThatNeedsNothingElse() {
  for (name, plot) in PlotKinds.all {
    let text = SVG.text(plot)
    let document = Document(text)
    #expect(document.isWellFormed, "\(name)")
    let root = document.elements[0]
    #expect(root.name == "svg" && root.attributes["role"] == "img", "\(name)")
    let ids = document.elements.compactMap { $0.attributes["id"] }
    #expect(root.attributes["aria-labelledby"]?.split(separator: " ").map(String.init) == ids)
    #expect(document.first("title")?.words.isEmpty == false, "\(name)")
    #expect(document.first("desc")?.words.contains(plot.sentence) == true, "\(name)")
    let outside = text.replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
    for word in ["http", "<script", "href", "url(", "@import", "@font-face"] {
      #expect(!outside.contains(word), "\(name): \(word)")
    }
    #expect(text.contains("prefers-color-scheme: dark"))
  }
}

@Test func axesHaveTitlesWithUnits() {
  #expect(
    Document(SVG.text(PlotKinds.scatter)).words(ofClass: "axis-title") == ["wait (s)", "load (%)"])
  #expect(
    Document(SVG.text(PlotKinds.stairs)).words(ofClass: "axis-title")
      == ["demand", "time, 2005-11-25"])
  #expect(Document(SVG.text(PlotKinds.box)).words(ofClass: "axis-title") == ["page (s)"])
  #expect(Document(SVG.text(PlotKinds.histogram)).words(ofClass: "axis-title") == ["page (s)"])
}

@Test func aPowerIsAStraightLineBetweenLogarithmicAxes() {
  // The widest label, "100 ms", takes 6 x 7, so the picture begins at 16 + 24 + 42 + 8 = 90 and ends
  // at 720 - 16 - 8 = 696; it is 280 high from 40 + 8 on. The middle is at 393, 188.
  let path = Document(SVG.text(PlotKinds.logLog)).first("path")?.attributes["d"]
  #expect(path == "M90 328 h0 L393 188 L696 48")
}

@Test func aMissingValueBreaksThePath() {
  let plot = Plot(
    series: [PlotKinds.series([1, nil, 1, 1])], sentence: "")
  let path = Document(SVG.text(plot)).first("path")?.attributes["d"] ?? ""
  #expect(path.count { $0 == "M" } == 2 && path.count { $0 == "L" } == 1)
}

@Test func aYearOfMinutesIsAsLongAsAPictureNeeds() throws {
  // At most four points at each of 1,400 places, and the one peak among them.
  let values = (0..<525_600).map { $0 == 100_000 ? 50.0 : Double($0 % 2) }
  let plot = Plot(series: [PlotKinds.series(values, step: .minutes(1))], sentence: "")
  let path = try #require(Document(SVG.text(plot)).first("path")?.attributes["d"])
  #expect((2_000...5_700).contains(path.split(separator: " ").count / 2))
  // 50 is the highest tick, 48 from the top.
  #expect(path.contains(" 48 "))
}

@Test func severalCurvesDifferWithoutColour() {
  let plot = Plot(
    series: [PlotKinds.series([1, 2], key: "web"), PlotKinds.series([2, 1], key: "data")],
    sentence: "")
  let document = Document(SVG.text(plot))
  let dashes = document.elements.filter { $0.name == "path" }.map {
    $0.attributes["stroke-dasharray"]
  }
  #expect(dashes.count == 2 && Set(dashes).count == 2)
  let words = document.elements.filter { $0.name == "text" }.map(\.words)
  #expect(words.contains("web") && words.contains("data"))
}

@Test func marksBearTheirWords() {
  let document = Document(SVG.text(PlotKinds.stairs))
  let words = document.elements.filter { $0.name == "text" }.map(\.words)
  #expect(words.contains("CRAC failed") && words.contains("the limit"))
  #expect(document.elements.count { $0.attributes["class"] == "mark" } == 2)
  #expect(document.first("desc")?.words.contains("CRAC failed: 2005-11-25 02:00.") == true)
}

@Test func wordsAreEscaped() {
  let words = "a < b & \"c\" > d\u{1}"
  let text = SVG.text(Plot(.sparkline([]), title: words, sentence: words))
  let document = Document(text)
  #expect(document.isWellFormed)
  #expect(document.first("title")?.words == "a < b & \"c\" > d\u{FFFD}")
  #expect(document.elements.contains { $0.words == "no values to draw" })
}
