/// A tensor in a GGUF file.
package struct GGUFTensor: Hashable, Sendable {
  /// Its name.
  package let name: String
  /// Its extents; the first is the length of a row, whose numbers are next to each other.
  package let dimensions: [Int]
  /// How its numbers are written.
  package let type: TensorType
  /// Where its bytes are in the file.
  package private(set) var range: Range<Int>
  /// Where the directory describes it.
  package let offset: Int

  /// Where it begins, counted from the first tensor on, as the directory says.
  private let place: UInt64

  /// How many numbers it holds.
  package var count: Int { dimensions.reduce(1, *) }

  /// Reads an entry of the directory, whose range is not yet known.
  init(_ cursor: inout ByteCursor, nameLimit: Int) throws(ModelFileFault) {
    offset = cursor.offset
    name = try cursor.takeName(limit: nameLimit)
    let dimensionOffset = cursor.offset
    let dimensionCount = try cursor.take(UInt32.self)
    guard (1...4).contains(dimensionCount) else {
      throw ModelFileFault(.dimensions(tensor: name, count: dimensionCount), at: dimensionOffset)
    }
    var dimensions: [Int] = []
    var count = 1
    for _ in 0..<dimensionCount {
      let start = cursor.offset
      let extent = Int(clamping: try cursor.take(UInt64.self))
      let product = count.multipliedReportingOverflow(by: extent)
      // Room for eight bytes a number: nothing below overflows.
      guard extent > 0, !product.overflow, product.partialValue <= Int.max / 8 else {
        throw ModelFileFault(.size(tensor: name), at: start)
      }
      count = product.partialValue
      dimensions.append(extent)
    }
    let typeOffset = cursor.offset
    let number = try cursor.take(UInt32.self)
    guard let type = TensorType(rawValue: number) else {
      throw ModelFileFault(.tensorType(tensor: name, type: number), at: typeOffset)
    }
    guard dimensions[0] % type.blockLength == 0 else {
      throw ModelFileFault(
        .unevenRow(tensor: name, length: dimensions[0], block: type.blockLength),
        at: dimensionOffset)
    }
    self.dimensions = dimensions
    self.type = type
    place = try cursor.take(UInt64.self)
    range = 0..<type.bytes(of: count)
  }

  /// The tensors with their ranges, checked: aligned, inside the file, each byte in one tensor at most.
  static func placed(
    _ tensors: [GGUFTensor], after end: Int, alignment: Int, fileSize: Int
  ) throws(ModelFileFault) -> [GGUFTensor] {
    let start = UInt64((end + alignment - 1) / alignment * alignment)
    var placed = tensors
    for index in placed.indices {
      let tensor = placed[index]
      guard tensor.place % UInt64(alignment) == 0 else {
        throw ModelFileFault(
          .misaligned(tensor: tensor.name, alignment: alignment), at: tensor.offset)
      }
      let size = UInt64(tensor.range.count)
      let first = start.addingReportingOverflow(tensor.place)
      let last = first.partialValue.addingReportingOverflow(size)
      guard !first.overflow, !last.overflow, last.partialValue <= UInt64(fileSize) else {
        let end = first.overflow || last.overflow ? .max : last.partialValue
        throw ModelFileFault(
          .outside(tensor: tensor.name, end: end, size: fileSize), at: tensor.offset)
      }
      placed[index].range = Int(first.partialValue)..<Int(last.partialValue)
    }
    let ordered = placed.sorted { $0.range.lowerBound < $1.range.lowerBound }
    for (tensor, next) in zip(ordered, ordered.dropFirst())
    where tensor.range.upperBound > next.range.lowerBound {
      throw ModelFileFault(.overlap(tensor: tensor.name, other: next.name), at: next.offset)
    }
    return placed
  }
}
