/// What the dots of a plot are made of.
package enum DotStyle: String, Hashable, Sendable, CaseIterable {
  /// Braille characters of two by four dots.
  case braille
  /// Quarter blocks, two by two, for fonts whose braille is poor.
  case block
  /// ASCII marks of one by three.
  case ascii

  /// How many dots a character has side by side.
  var dotsPerColumn: Int { self == .ascii ? 1 : 2 }

  /// How many dots a character has one above the other.
  var dotsPerRow: Int {
    switch self {
    case .braille: 4
    case .block: 2
    case .ascii: 3
    }
  }

  /// The bits of a braille character's dots by column and row (Unicode Standard, section 21.1).
  private static let brailleBits: [[UInt8]] = [
    [0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80],
  ]

  /// The quarter blocks by which quarters are set: upper left, upper right, lower left, lower right.
  private static let blocks = Array(" ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█")

  /// The bit of a dot within its character.
  func bit(_ x: Int, _ y: Int) -> UInt8 {
    switch self {
    case .braille: DotStyle.brailleBits[x][y]
    case .block: 1 << UInt8(2 * y + x)
    case .ascii: 1 << UInt8(y)
    }
  }

  /// What is shown for the dots of a character.
  func character(_ bits: UInt8) -> Character {
    switch self {
    case .braille:
      guard bits != 0, let scalar = Unicode.Scalar(0x2800 + UInt32(bits)) else { return " " }
      return Character(scalar)
    case .block: return DotStyle.blocks[Int(bits) % DotStyle.blocks.count]
    case .ascii:
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
}

/// A grid of dots, shown as characters that hold several each.
struct PlotCanvas {
  /// How many dots there are side by side.
  let width: Int
  /// How many dots there are one above the other.
  let height: Int
  private let dots: DotStyle
  private let columns: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int, _ dots: DotStyle) {
    self.dots = dots
    self.columns = columns
    width = columns * dots.dotsPerColumn
    height = rows * dots.dotsPerRow
    cells = [UInt8](repeating: 0, count: columns * rows)
  }

  /// The dots at a row and a column of text.
  func bits(row: Int, column: Int) -> UInt8 { cells[row * columns + column] }

  /// Sets the dot at a column and a row, counted from the upper left; outside there is nothing.
  mutating func set(_ x: Int, _ y: Int) {
    guard (0..<width).contains(x), (0..<height).contains(y) else { return }
    let bit = dots.bit(x % dots.dotsPerColumn, y % dots.dotsPerRow)
    cells[y / dots.dotsPerRow * columns + x / dots.dotsPerColumn] |= bit
  }

  /// Sets all dots of a rectangle.
  mutating func fill(_ xs: Range<Int>, _ ys: Range<Int>) {
    for x in xs.clamped(to: 0..<width) {
      for y in ys.clamped(to: 0..<height) { set(x, y) }
    }
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
}
