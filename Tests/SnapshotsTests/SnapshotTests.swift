import Snapshots
import Testing

private struct Everything: Codable, Hashable {
  enum Shape: Codable, Hashable {
    case point
    case circle(radius: Double)
    indirect case pair(Shape, Shape)
  }
  enum Color: String, Codable { case red, green }
  struct Empty: Codable, Hashable {}

  var yes = true
  var small: Int8 = -1
  var large = UInt64.max
  var negative = Int64.min
  var number = -0.0
  var single: Float = 1.5
  var text = "quilt ✂️"
  var blank = ""
  var nothing: Int?
  var something: Int? = 0
  var someBlank: String? = ""
  var listOfMaybes: [Int?] = [1, nil, 3]
  var maybeTexts: [String?] = ["", nil, "a"]
  var shapes: [Shape] = [.point, .circle(radius: 2), .pair(.point, .circle(radius: .infinity))]
  var color = Color.green
  var empty = Empty()
  var empties: [Empty] = [Empty(), Empty()]
  var noShapes: [Shape] = []
  var words: [Int64] = [1, -2, 3]
  var noWords: [UInt8] = []
  var bytes: [UInt8] = [0, 255]
  var ints = [1, 2, 3]
  var numbers = [0.1, -.infinity]
  var byName = ["a": [1], "b": []]
  var byNumber = [3: "c", 1: "a"]
  var nested = [[Int64]](repeating: [7, 8], count: 2)
}

@Suite struct SnapshotTests {
  @Test func whatIsWrittenIsReadBack() throws {
    let value = Everything()
    let bytes = try SnapshotEncoder.bytes(of: value)
    let again = try SnapshotDecoder.value(Everything.self, from: bytes)
    #expect(again == value)
    #expect(again.number.sign == .minus, "−0 must not become 0")
  }

  @Test func arraysThatCopiesShareAreWrittenOnce() throws {
    let year = [Int64](repeating: 1, count: 100_000)
    let one = try SnapshotEncoder.bytes(of: [year]).count
    let many = try SnapshotEncoder.bytes(of: [[Int64]](repeating: year, count: 50)).count
    #expect(one > 800_000)
    #expect(many < one + 50 * 20)
    let again = try SnapshotDecoder.value(
      [[Int64]].self, from: SnapshotEncoder.bytes(of: [[Int64]](repeating: year, count: 3)))
    let places = again.map { $0.withUnsafeBytes { $0.baseAddress } }
    #expect(places[0] == places[1] && places[1] == places[2], "they are shared again")
  }

  @Test func bytesThatAreCutOffOrAlteredAreAProblemAndNoCrash() throws {
    let bytes = try SnapshotEncoder.bytes(of: Everything())
    for length in 0..<bytes.count {
      #expect(throws: (any Error).self) {
        try SnapshotDecoder.value(Everything.self, from: Array(bytes[..<length]))
      }
    }
    for index in bytes.indices {
      var altered = bytes
      altered[index] ^= 0x55
      // Some alterations give another value; none may crash.
      _ = try? SnapshotDecoder.value(Everything.self, from: altered)
    }
  }

  @Test func aValueOfAnotherShapeIsAProblem() throws {
    let bytes = try SnapshotEncoder.bytes(of: ["a": 2])
    #expect(throws: (any Error).self) { try SnapshotDecoder.value([String].self, from: bytes) }
    #expect(throws: (any Error).self) { try SnapshotDecoder.value(Everything.self, from: bytes) }
  }
}
