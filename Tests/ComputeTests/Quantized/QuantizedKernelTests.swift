import CComputeKernels
import Testing

@testable import Compute

/// Products with quantised matrices, on each instruction set that this processor has, against sums in
/// Double of the same integers.
@Suite struct QuantizedKernelTests {
  private let tables = InstructionSet.available.flatMap { set in
    // On a processor that multiplies bytes the second is another one for AVX-512.
    [(set, compute_quantized_for(set.kernels)), (set, compute_quantized_plain(set.kernels))]
  }

  /// Numbers that look random and are the same everywhere.
  private func noise(_ count: Int, seed: UInt64) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int32(truncatingIfNeeded: state >> 32)) / 0x1p31
    }
  }

  private struct Rounded {
    var integers: [Int16]
    var scales: [Float]
    var sums: [Float]
  }

  private func rounded(_ kernels: compute_quantized, _ values: [Float]) -> Rounded {
    let blocks = values.count / 32
    var rounded = Rounded(
      integers: Array(repeating: 0, count: values.count),
      scales: Array(repeating: 0, count: blocks), sums: Array(repeating: 0, count: blocks))
    kernels.quantize(values, blocks, &rounded.integers, &rounded.scales, &rounded.sums)
    return rounded
  }

  /// A tile of 16 rows in a format, of bytes that look random, with steps of about 1/32.
  private func tile(_ format: compute_format, blocks: Int) -> [UInt8] {
    let (blockBytes, halves) = format == compute_q8_0 ? (34, 1) : (20, 2)
    var rows = noise(16 * blocks * blockBytes, seed: 7).map { UInt8(Int($0 * 127) & 255) }
    for block in 0..<(16 * blocks) {
      for half in 0..<halves { rows[block * blockBytes + 2 * half + 1] = half == 0 ? 0x28 : 0xb1 }
    }
    var tile = [UInt8](
      repeating: 0, count: compute_tile_bytes(compute_layout_of(format), 32 * blocks))
    compute_pack_tile(format, rows, 16, 32 * blocks, &tile)
    return tile
  }

  private func product(
    _ kernels: compute_quantized, _ format: compute_format, _ tile: [UInt8], _ vectors: Rounded,
    count: Int
  ) -> [Float] {
    let blocks = vectors.scales.count / count
    var result = Array(repeating: Float.nan, count: 16 * count)
    if format == compute_q8_0 {
      kernels.bytes_product(
        tile, blocks, vectors.integers, vectors.scales, count, &result, 16)
    } else {
      kernels.nibbles_product(
        tile, blocks, vectors.integers, vectors.scales, vectors.sums, count, &result, 16)
    }
    return result
  }

  @Test(arguments: [compute_q4_1, compute_q8_0])
  func aProductIsTheSumOfItsParts(format: compute_format) throws {
    let (blocks, count) = (5, 7)
    let tile = tile(format, blocks: blocks)
    for (set, table) in tables {
      let kernels = try #require(table?.pointee)
      let vectors = rounded(kernels, noise(32 * blocks * count, seed: 3))
      let result = product(kernels, format, tile, vectors, count: count)
      var row = Array(repeating: Float(0), count: 32 * blocks)
      for r in 0..<16 {
        compute_unpack_row(compute_layout_of(format), tile, r, 32 * blocks, &row)
        for v in 0..<count {
          var expected = 0.0
          var size = 0.0
          for column in 0..<(32 * blocks) {
            let at = 32 * blocks * v + column
            let term =
              Double(row[column]) * Double(vectors.integers[at]) * Double(vectors.scales[at / 32])
            expected += term
            size += abs(term)
          }
          #expect(abs(Double(result[16 * v + r]) - expected) <= 1e-6 * size, "\(set)")
        }
      }
    }
  }

  /// All lanes at their largest: 15 · 32,767 · 32 in a block of nibbles, 128 · 32,767 · 32 in one of
  /// bytes, times steps of 1 (0x3c00).
  ///
  /// The offsets are 0.
  @Test func theLargestIntegersDoNotOverflow() throws {
    for (set, table) in tables {
      let kernels = try #require(table?.pointee)
      for sign: Float in [1, -1] {
        let vectors = rounded(kernels, Array(repeating: 32_767 * sign, count: 64))
        let nibbles: [UInt8] = (0..<32).flatMap { _ -> [UInt8] in
          [0, 0x3c, 0, 0] + Array(repeating: 0xff, count: 16)
        }
        var tile = Array(repeating: UInt8(0), count: compute_tile_bytes(compute_nibbles, 64))
        compute_pack_tile(compute_q4_1, nibbles, 16, 64, &tile)
        let small = product(kernels, compute_q4_1, tile, vectors, count: 1)
        #expect(small == Array(repeating: sign * 2 * 15 * 32_767 * 32, count: 16), "\(set)")
        let bytes: [UInt8] = (0..<32).flatMap { _ -> [UInt8] in
          [0, 0x3c] + Array(repeating: 0x80, count: 32)
        }
        tile = Array(repeating: 0, count: compute_tile_bytes(compute_bytes, 64))
        compute_pack_tile(compute_q8_0, bytes, 16, 64, &tile)
        let large = product(kernels, compute_q8_0, tile, vectors, count: 1)
        #expect(large == Array(repeating: sign * 2 * -128 * 32_767 * 32, count: 16), "\(set)")
      }
    }
  }

  @Test(arguments: [compute_q4_1, compute_q8_0])
  func whatAVectorGetsDoesNotDependOnTheOthers(format: compute_format) throws {
    let tile = tile(format, blocks: 3)
    for (set, table) in tables {
      let kernels = try #require(table?.pointee)
      let values = noise(9 * 96, seed: 5)
      let alone: [Float] = (0..<9).flatMap { v -> [Float] in
        let vector = rounded(kernels, Array(values[(96 * v)..<(96 * (v + 1))]))
        return product(kernels, format, tile, vector, count: 1)
      }
      for count in 1...9 {
        let vectors = rounded(kernels, Array(values[..<(96 * count)]))
        let together = product(kernels, format, tile, vectors, count: count)
        #expect(together == Array(alone[..<(16 * count)]), "\(set), \(count) vectors")
      }
    }
  }

  /// Largest 65,534: the scale is 2.
  ///
  /// Halves go to the even integer: 1 / 2 → 0, 3 / 2 → 2, −5 / 2 → −2.
  @Test func vectorsAreRoundedToTheNearestIntegerOfSixteenBits() throws {
    for (set, table) in tables {
      let kernels = try #require(table?.pointee)
      var values = Array(repeating: Float(0), count: 64)
      values.replaceSubrange(0..<6, with: [65_534, -65_534, 1, 3, -5, 7])
      let rounded = rounded(kernels, values)
      #expect(Array(rounded.integers[..<7]) == [32_767, -32_767, 0, 2, -2, 4, 0], "\(set)")
      #expect(rounded.scales == [2, 0], "\(set)")
      #expect(rounded.sums == [8, 0], "\(set)")
    }
  }

  @Test func allInstructionSetsRoundAlike() throws {
    let values = noise(3_200, seed: 11)
    let first = rounded(try #require(tables[0].1?.pointee), values)
    for (set, table) in tables {
      let other = rounded(try #require(table?.pointee), values)
      #expect(other.integers == first.integers, "\(set)")
      #expect(other.scales == first.scales, "\(set)")
    }
  }

  @Test(arguments: [false, true])
  func aPanelIsMultipliedAsItsSumsSay(accumulates: Bool) throws {
    let (depth, stride, panelStride, resultStride) = (37, 41, 20, 19)
    let panel = noise(depth * panelStride, seed: 1)
    for (set, table) in tables {
      let kernels = try #require(table?.pointee)
      for count in 1...13 {
        let values = noise(count * stride, seed: 2)
        var result = noise(count * resultStride, seed: 4)
        let before = result
        kernels.panel_product(
          panel, panelStride, depth, values, stride, count, &result, resultStride, accumulates)
        for v in 0..<count {
          for r in 0..<16 {
            var expected = accumulates ? Double(before[v * resultStride + r]) : 0
            for k in 0..<depth {
              expected += Double(values[v * stride + k]) * Double(panel[k * panelStride + r])
            }
            #expect(abs(Double(result[v * resultStride + r]) - expected) < 1e-5, "\(set)")
          }
          let gap = (v * resultStride + 16)..<((v + 1) * resultStride)
          #expect(result[gap] == before[gap])
        }
      }
    }
  }
}
