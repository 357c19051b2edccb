#include "quantized_kernels.h"

#include <math.h>
#include <string.h>

// From the rows of model files to tiles of 16 rows. Done once for each matrix, so plain.

enum { rows_of_tile = 16, columns_of_block = 32 };

static float from_half(uint16_t half) {
  uint32_t exponent = half >> 10 & 31, fraction = half & 0x3ff;
  uint32_t sign = (uint32_t)(half & 0x8000) << 16, bits;
  float result;
  if (exponent == 0) {
    result = (float)fraction * 0x1p-24f;
    memcpy(&bits, &result, sizeof bits);
    bits |= sign;
  } else {
    bits = sign | fraction << 13 | (exponent == 31 ? 0x7f800000 : (exponent + 112) << 23);
  }
  memcpy(&result, &bits, sizeof result);
  return result;
}

// The nearest 16-bit float, the even one of two; infinity above the largest.
static uint16_t to_half(float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  uint16_t sign = bits >> 16 & 0x8000;
  bits &= 0x7fffffff;
  if (bits > 0x7f800000) return sign | 0x7e00;
  if (bits >= 0x477ff000) return sign | 0x7c00;
  if (bits < 0x38800000) {
    // Below 2⁻¹⁴ the spacing is 2⁻²⁴: adding ½ moves the number to the last bits of a float.
    float size;
    memcpy(&size, &bits, sizeof size);
    size += 0.5f;
    memcpy(&bits, &size, sizeof bits);
    return sign | (uint16_t)(bits - 0x3f000000);
  }
  uint32_t even = bits >> 13 & 1;
  return sign | (uint16_t)((bits + 0xfff + even - 0x38000000) >> 13);
}

static uint16_t half_at(const uint8_t *from) {
  uint16_t half;
  memcpy(&half, from, sizeof half);
  return half;
}

static void put_half(uint8_t *to, uint16_t half) { memcpy(to, &half, sizeof half); }

static uint32_t word_at(const uint8_t *from) {
  uint32_t word;
  memcpy(&word, from, sizeof word);
  return word;
}

static void put_word(uint8_t *to, uint32_t word) { memcpy(to, &word, sizeof word); }

// MARK: - Layouts

enum compute_layout compute_layout_of(enum compute_format format) {
  switch (format) {
  case compute_q4_0:
  case compute_q4_1:
  case compute_q4_k:
    return compute_nibbles;
  case compute_q8_0:
  case compute_q6_k:
    return compute_bytes;
  default:
    return compute_floats;
  }
}

static size_t block_bytes(enum compute_layout layout) {
  return layout == compute_nibbles ? 320 : 544;
}

size_t compute_tile_bytes(enum compute_layout layout, size_t columns) {
  if (layout == compute_floats) return columns * rows_of_tile * sizeof(float);
  return columns / columns_of_block * block_bytes(layout);
}

// MARK: - Blocks

// Eight numbers of four bits, in a byte each, as 32 bits of a line: the even ones in the lower half.
static uint32_t line_of(uint64_t columns) {
  const uint64_t every_other = 0x00ff00ff00ff00ff, two_of_four = 0x000000ff000000ff;
  uint64_t even = columns & every_other, odd = columns >> 8 & every_other;
  even = (even | even >> 12) & two_of_four;
  odd = (odd | odd >> 12) & two_of_four;
  return (uint32_t)((even | even >> 24) & 0xffff) | (uint32_t)((odd | odd >> 24) & 0xffff) << 16;
}

static const uint64_t lower = 0x0f0f0f0f0f0f0f0f;

// 16 bytes whose lower halves are columns 0 … 15 and whose upper halves are columns 16 … 31, to lines
// of a tile that begin at `to`.
static void put_nibbles(uint8_t *to, const uint8_t *from) {
  uint64_t first, second;
  memcpy(&first, from, sizeof first);
  memcpy(&second, from + 8, sizeof second);
  put_word(to, line_of(first & lower));
  put_word(to + 64, line_of(second & lower));
  put_word(to + 128, line_of(first >> 4 & lower));
  put_word(to + 192, line_of(second >> 4 & lower));
}

// One block of a row to its place in a block of a tile.
static void pack_q4_0(const uint8_t *from, uint8_t *block, size_t row) {
  put_half(block + 2 * row, half_at(from));
  put_half(block + 32 + 2 * row, to_half(-8 * from_half(half_at(from))));
  put_nibbles(block + 64 + 4 * row, from + 2);
}

static void pack_q4_1(const uint8_t *from, uint8_t *block, size_t row) {
  put_half(block + 2 * row, half_at(from));
  put_half(block + 32 + 2 * row, half_at(from + 2));
  put_nibbles(block + 64 + 4 * row, from + 4);
}

static void pack_q8_0(const uint8_t *from, uint8_t *block, size_t row) {
  put_half(block + 2 * row, half_at(from));
  for (size_t line = 0; line < 16; line++) {
    put_half(block + 32 + 32 * line + 2 * row, half_at(from + 2 + 2 * line));
  }
}

// 256 columns become eight blocks of a tile. The steps and offsets have six bits each: those of the first
// four parts in bytes of their own; of the others four bits in the last four bytes, and two at the
// top of the first eight.
static void pack_q4_k(const uint8_t *from, uint8_t *block, size_t row) {
  const uint8_t *packed = from + 4;
  float step_unit = from_half(half_at(from)), offset_unit = from_half(half_at(from + 2));
  for (size_t part = 0; part < 8; part++, block += 320) {
    uint8_t step = packed[part] & 63, offset = packed[part + 4] & 63;
    if (part >= 4) {
      step = (packed[part + 4] & 15) | packed[part - 4] >> 6 << 4;
      offset = packed[part + 4] >> 4 | packed[part] >> 6 << 4;
    }
    put_half(block + 2 * row, to_half(step_unit * step));
    put_half(block + 32 + 2 * row, to_half(-offset_unit * offset));
    const uint8_t *values = from + 16 + part / 2 * 32;
    for (size_t line = 0; line < 4; line++) {
      uint64_t columns;
      memcpy(&columns, values + 8 * line, sizeof columns);
      put_word(block + 64 + 64 * line + 4 * row, line_of(columns >> part % 2 * 4 & lower));
    }
  }
}

// Numbers of 32 columns, rounded to 8 bits.
static void pack_numbers(const float *numbers, uint8_t *block, size_t row) {
  float largest = 0;
  for (size_t column = 0; column < 32; column++) {
    float size = fabsf(numbers[column]);
    largest = size > largest ? size : largest;
  }
  uint16_t step = to_half(largest / 127);
  float unit = from_half(step);
  put_half(block + 2 * row, step);
  for (size_t column = 0; column < 32; column++) {
    float integer = unit > 0 ? rintf(numbers[column] / unit) : 0;
    integer = integer > 127 ? 127 : integer < -127 ? -127 : integer;
    block[32 + column / 2 * 32 + 2 * row + column % 2] = (uint8_t)(int8_t)integer;
  }
}

static void pack_q6_k(const uint8_t *from, uint8_t *block, size_t row) {
  float numbers[256], unit = from_half(half_at(from + 208));
  const int8_t *steps = (const int8_t *)from + 192;
  for (size_t at = 0; at < 256; at++) {
    size_t half = at / 128, quarter = at % 128 / 32, place = at % 32;
    uint8_t low = from[64 * half + 32 * (quarter % 2) + place];
    uint8_t high = from[128 + 32 * half + place] >> 2 * quarter & 3;
    int value = ((quarter < 2 ? low & 15 : low >> 4) | high << 4) - 32;
    numbers[at] = unit * (float)(steps[at / 16] * value);
  }
  for (size_t part = 0; part < 8; part++) {
    pack_numbers(numbers + 32 * part, block + 544 * part, row);
  }
}

// MARK: - Tiles

static void pack_floats(enum compute_format format, const uint8_t *rows, size_t row_count,
                        size_t columns, float *tile) {
  size_t size = format == compute_f32 ? 4 : 2;
  for (size_t row = 0; row < row_count; row++) {
    const uint8_t *from = rows + row * columns * size;
    for (size_t column = 0; column < columns; column++, from += size) {
      uint32_t bits = format == compute_f32 ? word_at(from) : (uint32_t)half_at(from) << 16;
      float number;
      memcpy(&number, &bits, sizeof number);
      tile[16 * column + row] = format == compute_f16 ? from_half(half_at(from)) : number;
    }
  }
}

// A whole tile of 4 bits in blocks of 32.
static void pack_sixteen_rows(enum compute_format format, const uint8_t *rows, size_t columns,
                              uint8_t *tile) {
  size_t count = columns / columns_of_block, size = format == compute_q4_0 ? 18 : 20;
  for (size_t block = 0; block < count; block++, rows += size, tile += 320) {
    for (size_t row = 0; row < rows_of_tile; row++) {
      const uint8_t *from = rows + row * count * size;
      uint16_t step = half_at(from);
      put_half(tile + 2 * row, step);
      put_half(tile + 32 + 2 * row,
               format == compute_q4_0 ? to_half(-8 * from_half(step)) : half_at(from + 2));
    }
    compute_nibble_lines(rows + size - 16, count * size, tile + 64);
  }
}

void compute_pack_tile(enum compute_format format, const void *rows, size_t row_count,
                       size_t columns, void *tile) {
  static const struct {
    void (*pack)(const uint8_t *, uint8_t *, size_t);
    size_t columns, bytes;
  } blocks[] = {
      [compute_q4_0] = {pack_q4_0, 32, 18},   [compute_q4_1] = {pack_q4_1, 32, 20},
      [compute_q8_0] = {pack_q8_0, 32, 34},   [compute_q4_k] = {pack_q4_k, 256, 144},
      [compute_q6_k] = {pack_q6_k, 256, 210},
  };
  enum compute_layout layout = compute_layout_of(format);
  if (row_count < rows_of_tile) memset(tile, 0, compute_tile_bytes(layout, columns));
  if (layout == compute_floats) {
    pack_floats(format, rows, row_count, columns, tile);
    return;
  }
  if (row_count == rows_of_tile && (format == compute_q4_0 || format == compute_q4_1)) {
    pack_sixteen_rows(format, rows, columns, tile);
    return;
  }
  size_t count = columns / blocks[format].columns;
  size_t tile_step = blocks[format].columns / columns_of_block * block_bytes(layout);
  for (size_t block = 0; block < count; block++) {
    uint8_t *to = (uint8_t *)tile + block * tile_step;
    for (size_t row = 0; row < row_count; row++) {
      const uint8_t *from =
          (const uint8_t *)rows + (row * count + block) * blocks[format].bytes;
      blocks[format].pack(from, to, row);
    }
  }
}

void compute_unpack_row(enum compute_layout layout, const void *tile, size_t row, size_t columns,
                        float *numbers) {
  const uint8_t *block = tile;
  for (size_t column = 0; column < columns; column++) {
    size_t at = column % columns_of_block;
    if (column > 0 && at == 0 && layout != compute_floats) block += block_bytes(layout);
    float step = from_half(half_at(block + 2 * row));
    switch (layout) {
    case compute_floats:
      numbers[column] = ((const float *)tile)[16 * column + row];
      break;
    case compute_nibbles: {
      uint32_t columns_of_line = word_at(block + 64 + at / 8 * 64 + 4 * row);
      uint32_t value = columns_of_line >> (at % 2 * 16 + at % 8 / 2 * 4) & 15;
      numbers[column] = step * (float)value + from_half(half_at(block + 32 + 2 * row));
      break;
    }
    case compute_bytes:
      numbers[column] = step * (float)(int8_t)block[32 + at / 2 * 32 + 2 * row + at % 2];
      break;
    }
  }
}
