/// A grid of dots, shown as braille characters of two by four or as ASCII marks of one by three.
struct PlotCanvas {
  /// How many dots there are side by side.
  let width: Int
  /// How many dots there are one above the other.
  let height: Int
  private let columns: Int
  private let rows: Int
  private let isAscii: Bool
  private var cells: [UInt8]

  init(columns: Int, rows: Int, isAscii: Bool) {
    self.columns = columns
    self.rows = rows
    self.isAscii = isAscii
    width = columns * (isAscii ? 1 : 2)
    height = rows * PlotCanvas.dotsPerRow(isAscii: isAscii)
    cells = [UInt8](repeating: 0, count: columns * rows)
  }

  /// How many dots a row of text has one above the other.
  static func dotsPerRow(isAscii: Bool) -> Int { isAscii ? 3 : 4 }

  /// The column of text that a column of dots is in.
  func column(ofDot x: Int) -> Int { isAscii ? x : x / 2 }

  /// The dots at a row and a column of text.
  func bits(row: Int, column: Int) -> UInt8 { cells[row * columns + column] }

  /// The bits of a braille character's dots by column and row (Unicode Standard, section 21.1).
  private static let brailleBits: [[UInt8]] = [
    [0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80],
  ]

  /// Sets the dot at a column and a row, counted from the upper left; outside there is nothing.
  mutating func set(_ x: Int, _ y: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let dots = PlotCanvas.dotsPerRow(isAscii: isAscii)
    let bit = isAscii ? UInt8(1) << UInt8(y % dots) : PlotCanvas.brailleBits[x % 2][y % dots]
    cells[y / dots * columns + column(ofDot: x)] |= bit
  }

  /// Draws a straight line (Bresenham's algorithm).
  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
    let width = abs(end.x - start.x)
    let height = -abs(end.y - start.y)
    let right = start.x < end.x ? 1 : -1
    let down = start.y < end.y ? 1 : -1
    var point = start
    var error = width + height
    while true {
      set(point.x, point.y)
      if point == end { return }
      let doubled = 2 * error
      if doubled >= height {
        error += height
        point.x += right
      }
      if doubled <= width {
        error += width
        point.y += down
      }
    }
  }

  /// What is shown for the dots of a character.
  static func character(_ bits: UInt8, isAscii: Bool) -> Character {
    guard isAscii else {
      guard bits != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else { return " " }
      return Character(scalar)
    }
    switch bits {
    case 0: return " "
    case 0b001: return "'"
    case 0b010: return "-"
    case 0b100: return "_"
    case 0b111: return "|"
    default: return ":"
    }
  }
}
