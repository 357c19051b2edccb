// Kernels for quantised matrices, for a file that defines LANES, NAMED, VECTORS (how many vectors a tile
// meets at once, so that all sums stay in registers: 1, 3 or 8), CHAINS (how many sums a single vector
// needs so that none waits for the one before: 1 or 4) and PANEL_VECTORS (as VECTORS for panels of
// floats: 3, 6 or 12), includes vectors.h, and then defines
//   integers add_pairs(integers sum, shorts a, shorts b):
//     sum[i] + a[2 i] · b[2 i] + a[2 i + 1] · b[2 i + 1] for each lane i,
//   shorts widened(const uint8_t *from): as many bytes with sign,
//   floats from_halves(const uint8_t *from): as many 16-bit floats.

#include "quantized_kernels.h"

// Vectors that make a line of 16 rows.
#define PARTS (16 / LANES)

#define UNROLLED _Pragma("clang loop unroll(full)")
// Unrolled lines would move loads ahead until registers run out.
#define LINES _Pragma("clang loop unroll(disable)")
#define EACH_VECTOR UNROLLED for (int v = 0; v < vectors; v++)
#define EACH_CHAIN UNROLLED for (int chain = 0; chain < CHAINS; chain++)
#define EACH_PART_OF_LINE UNROLLED for (int part = 0; part < PARTS; part++)

// MARK: - Vectors

typedef int16_t half_shorts __attribute__((vector_size(2 * LANES)));

static void NAMED(quantize)(const float *values, size_t blocks, int16_t *rounded, float *scales,
                            float *sums) {
// So that all instruction sets round to the same integers.
#pragma clang fp contract(off)
  const floats shift = all(12582912.0f);  // 1.5 · 2²³: adding it rounds to a whole number
  const integers sign = (integers)all(-0.0f);
  for (size_t block = 0; block < blocks; block++, values += 32, rounded += 32) {
    floats most = {0};
    for (int at = 0; at < 32; at += LANES) {
      most = larger((floats)((integers)load(values + at) & ~sign), most);
    }
    float largest = largest_lane(most);
    float scale = largest / 32767;
    floats factor = all(largest > 0 ? 32767 / largest : 0);
    integers sum = {0};
    for (int at = 0; at < 32; at += LANES) {
      integers whole = (integers)(load(values + at) * factor + shift) - (integers)shift;
      sum += whole;
      half_shorts narrow = __builtin_convertvector(whole, half_shorts);
      memcpy(rounded + at, &narrow, sizeof narrow);
    }
    int32_t total = 0;
    for (int lane = 0; lane < LANES; lane++) total += sum[lane];
    scales[block] = scale;
    sums[block] = scale * (float)total;
  }
}

// MARK: - Products of integers

// Weights of 10 KiB further on are asked for, which a core reads from memory in the 200 ns that memory
// takes to answer. Measured: 0.317 s for 128 tokens instead of 0.418; half of it 0.36, four times 0.32.
#define ON_ITS_WAY(place) __builtin_prefetch((place) + 10240)

// Two neighbouring columns of a vector, for all rows.
INLINE shorts two_columns(const int16_t *from) {
  int32_t both;
  memcpy(&both, from, sizeof both);
  return (shorts)(both - (integers){0});
}

// With several vectors their sums are chains enough.
#define CHAINS_OF(vectors) ((vectors) >= CHAINS ? 1 : (vectors) > 1 ? (CHAINS + 1) / 2 : CHAINS)

// What the chains have of a block's sum, exactly.
INLINE floats whole_sum(const integers sums[CHAINS], const int chains) {
  integers sum = sums[0];
  UNROLLED for (int chain = 1; chain < chains; chain++) sum += sums[chain];
  return __builtin_convertvector(sum, floats);
}

INLINE void nibbles(const uint8_t *tile, size_t blocks, const int16_t *x, const float *scales,
                    const float *sums, float *result, size_t result_stride, const int vectors) {
  floats total[VECTORS][PARTS];
  EACH_VECTOR EACH_PART_OF_LINE total[v][part] = (floats){0};
  for (size_t block = 0; block < blocks; block++, tile += 320) {
    // 32 products of at most 15 · 32,767.
    integers sum[VECTORS][PARTS][CHAINS];
    EACH_VECTOR EACH_PART_OF_LINE EACH_CHAIN sum[v][part][chain] = (integers){0};
    LINES for (size_t line = 0; line < 4; line++) {
      ON_ITS_WAY(tile + 80 * line);
      words all_columns[PARTS];
      EACH_PART_OF_LINE memcpy(&all_columns[part], tile + 64 + 64 * line + 4 * LANES * part,
                               sizeof(words));
      UNROLLED for (int pair = 0; pair < 4; pair++) {
        shorts columns[PARTS];
        EACH_PART_OF_LINE columns[part] = (shorts)(all_columns[part] >> 4 * pair & 15);
        EACH_VECTOR {
          shorts both = two_columns(x + (v * blocks + block) * 32 + 8 * line + 2 * pair);
          EACH_PART_OF_LINE {
            integers *place = &sum[v][part][pair % (CHAINS_OF(vectors))];
            *place = add_pairs(*place, columns[part], both);
          }
        }
      }
    }
    EACH_PART_OF_LINE {
      floats step = from_halves(tile + 2 * LANES * part);
      floats offset = from_halves(tile + 32 + 2 * LANES * part);
      EACH_VECTOR {
        floats whole = whole_sum(sum[v][part], CHAINS_OF(vectors));
        total[v][part] = add_product(total[v][part], whole, step * scales[v * blocks + block]);
        total[v][part] = add_product(total[v][part], offset, all(sums[v * blocks + block]));
      }
    }
  }
  EACH_VECTOR EACH_PART_OF_LINE store(result + v * result_stride + LANES * part, total[v][part]);
}

INLINE void bytes(const uint8_t *tile, size_t blocks, const int16_t *x, const float *scales,
                  float *result, size_t result_stride, const int vectors) {
  floats total[VECTORS][PARTS];
  EACH_VECTOR EACH_PART_OF_LINE total[v][part] = (floats){0};
  for (size_t block = 0; block < blocks; block++, tile += 544) {
    // 32 products of at most 128 · 32,767.
    integers sum[VECTORS][PARTS][CHAINS];
    EACH_VECTOR EACH_PART_OF_LINE EACH_CHAIN sum[v][part][chain] = (integers){0};
    LINES for (size_t line = 0; line < 16; line += CHAINS) {
      if (line % 4 == 0) {
        ON_ITS_WAY(tile + 34 * line);
        ON_ITS_WAY(tile + 34 * line + 64);
      }
      EACH_CHAIN {
        shorts columns[PARTS];
        EACH_PART_OF_LINE {
          columns[part] = widened(tile + 32 + 32 * (line + chain) + 2 * LANES * part);
        }
        EACH_VECTOR {
          shorts both = two_columns(x + (v * blocks + block) * 32 + 2 * (line + chain));
          EACH_PART_OF_LINE {
            integers *place = &sum[v][part][chain % (CHAINS_OF(vectors))];
            *place = add_pairs(*place, columns[part], both);
          }
        }
      }
    }
    EACH_PART_OF_LINE {
      floats step = from_halves(tile + 2 * LANES * part);
      EACH_VECTOR {
        floats whole = whole_sum(sum[v][part], CHAINS_OF(vectors));
        total[v][part] = add_product(total[v][part], whole, step * scales[v * blocks + block]);
      }
    }
  }
  EACH_VECTOR EACH_PART_OF_LINE store(result + v * result_stride + LANES * part, total[v][part]);
}

#define FEW_VECTORS(body, count) \
  case count:                    \
    body(count);                 \
    break;

// Calls a kernel with as many vectors as are left, at most VECTORS, as a constant.
#if VECTORS == 1
#define FEWER_VECTORS(body)
#elif VECTORS == 3
#define FEWER_VECTORS(body) FEW_VECTORS(body, 1) FEW_VECTORS(body, 2)
#else
#define FEWER_VECTORS(body)                                             \
  FEW_VECTORS(body, 1) FEW_VECTORS(body, 2) FEW_VECTORS(body, 3)        \
  FEW_VECTORS(body, 4) FEW_VECTORS(body, 5) FEW_VECTORS(body, 6) FEW_VECTORS(body, 7)
#endif

static void NAMED(nibbles_product)(const void *tile, size_t blocks, const int16_t *integers,
                                   const float *scales, const float *sums, size_t vectors,
                                   float *result, size_t result_stride) {
#define NIBBLES(count)                                                                         \
  nibbles(tile, blocks, integers + at * blocks * 32, scales + at * blocks, sums + at * blocks, \
          result + at * result_stride, result_stride, count)
  for (size_t at = 0; at < vectors; at += VECTORS) {
    switch (vectors - at) {
      FEWER_VECTORS(NIBBLES)
    default:
      NIBBLES(VECTORS);
    }
  }
}

static void NAMED(bytes_product)(const void *tile, size_t blocks, const int16_t *integers,
                                 const float *scales, size_t vectors, float *result,
                                 size_t result_stride) {
#define BYTES(count)                                                      \
  bytes(tile, blocks, integers + at * blocks * 32, scales + at * blocks,  \
        result + at * result_stride, result_stride, count)
  for (size_t at = 0; at < vectors; at += VECTORS) {
    switch (vectors - at) {
      FEWER_VECTORS(BYTES)
    default:
      BYTES(VECTORS);
    }
  }
}

// MARK: - Products of floats

INLINE void panel_of(const float *panel, size_t panel_stride, size_t depth, const float *values,
                     size_t stride, float *result, size_t result_stride, bool accumulates,
                     const int vectors) {
  floats sums[PANEL_VECTORS][PARTS];
  EACH_VECTOR EACH_PART_OF_LINE {
    sums[v][part] = accumulates ? load(result + v * result_stride + part * LANES) : (floats){0};
  }
  for (size_t k = 0; k < depth; k++) {
    floats line[PARTS];
    EACH_PART_OF_LINE line[part] = load(panel + k * panel_stride + part * LANES);
    EACH_VECTOR {
      floats value = all(values[v * stride + k]);
      EACH_PART_OF_LINE sums[v][part] = add_product(sums[v][part], value, line[part]);
    }
  }
  EACH_VECTOR EACH_PART_OF_LINE store(result + v * result_stride + part * LANES, sums[v][part]);
}

static void NAMED(panel_product)(const float *panel, size_t panel_stride, size_t depth,
                                 const float *values, size_t stride, size_t vectors, float *result,
                                 size_t result_stride, bool accumulates) {
#define PANEL(count)                                                                            \
  case count:                                                                                   \
    panel_of(panel, panel_stride, depth, values + at * stride, stride,                          \
             result + at * result_stride, result_stride, accumulates, count);                   \
    break;
  for (size_t at = 0, taken; at < vectors; at += taken) {
    taken = vectors - at < PANEL_VECTORS ? vectors - at : PANEL_VECTORS;
    switch (taken) {
      PANEL(1)
      PANEL(2)
      PANEL(3)
#if PANEL_VECTORS > 3
      PANEL(4)
      PANEL(5)
      PANEL(6)
#endif
#if PANEL_VECTORS > 6
      PANEL(7)
      PANEL(8)
      PANEL(9)
      PANEL(10)
      PANEL(11)
      PANEL(12)
#endif
    }
  }
}

// MARK: - Packing

typedef uint64_t longs __attribute__((vector_size(4 * LANES)));
typedef uint32_t half_words_of_longs __attribute__((vector_size(2 * LANES)));

// Eight numbers of four bits, in a byte each, as 32 bits of a line: the even ones in the lower half.
INLINE half_words_of_longs line_of(longs columns) {
  const uint64_t every_other = 0x00ff00ff00ff00ff, two_of_four = 0x000000ff000000ff;
  longs even = columns & every_other, odd = columns >> 8 & every_other;
  even = (even | even >> 12) & two_of_four;
  odd = (odd | odd >> 12) & two_of_four;
  longs line = ((even | even >> 24) & 0xffff) | ((odd | odd >> 24) & 0xffff) << 16;
  return __builtin_convertvector(line, half_words_of_longs);
}

static void NAMED(nibble_lines)(const uint8_t *from, size_t stride, uint8_t *to) {
  const uint64_t lower = 0x0f0f0f0f0f0f0f0f;
  for (size_t row = 0; row < 16; row += LANES / 2) {
    longs first, second;
    for (size_t lane = 0; lane < LANES / 2; lane++) {
      uint64_t halves[2];
      memcpy(halves, from + (row + lane) * stride, sizeof halves);
      first[lane] = halves[0];
      second[lane] = halves[1];
    }
    half_words_of_longs lines[4] = {line_of(first & lower), line_of(second & lower),
                                    line_of(first >> 4 & lower), line_of(second >> 4 & lower)};
    for (size_t line = 0; line < 4; line++) {
      memcpy(to + 64 * line + 4 * row, &lines[line], sizeof lines[line]);
    }
  }
}

const struct compute_quantized NAMED(compute_quantized) = {
    .quantize = NAMED(quantize),
    .nibbles_product = NAMED(nibbles_product),
    .bytes_product = NAMED(bytes_product),
    .panel_product = NAMED(panel_product),
    .nibble_lines = NAMED(nibble_lines),
};
