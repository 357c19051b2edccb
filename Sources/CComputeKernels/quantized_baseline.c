#include "quantized_tables.h"

#define LANES 4
#define NAMED(name) name##_baseline
#define PANEL_VECTORS 3

#include "vectors.h"

#include "quantized_body.h"

typedef uint8_t byte_lanes __attribute__((vector_size(8)));
typedef int8_t signed_lanes __attribute__((vector_size(8)));
typedef int16_t shorts __attribute__((vector_size(16)));
typedef int32_t eight_integers __attribute__((vector_size(32)));

// 16-bit floats as 32-bit floats, if they are finite: the fields are moved to their places, and the
// product shifts the exponent, also that of subnormal numbers.
INLINE floats from_halves(const uint8_t *from) {
  uint16_t halves[LANES];
  memcpy(halves, from, sizeof halves);
  integers size, sign;
  for (int lane = 0; lane < LANES; lane++) {
    size[lane] = (halves[lane] & 0x7fff) << 13;
    sign[lane] = (int32_t)((uint32_t)(halves[lane] & 0x8000) << 16);
  }
  return (floats)((integers)((floats)size * 0x1p112f) | sign);
}

// Four columns of a vector, twice.
INLINE shorts twice(const int8_t *from) {
  return (shorts){from[0], from[1], from[2], from[3], from[0], from[1], from[2], from[3]};
}

// Row r's four sums are lanes 4 (r % 2) … of vector r / 2: adds them up for rows 4 part ….
INLINE floats row_sums(const shorts *sums, int part) {
  floats result;
  for (int row = 0; row < 4; row++) {
    shorts both = sums[2 * part + row / 2];
    int first = row % 2 * 4;
    result[row] = (float)(both[first] + both[first + 1] + both[first + 2] + both[first + 3]);
  }
  return result;
}

static void nibbles_product_baseline(const void *tile, size_t blocks, const int8_t *integers,
                                     const float *scales, const float *sums, size_t vectors,
                                     float *result, size_t result_stride) {
  for (size_t v = 0; v < vectors; v++) {
    const uint8_t *from = tile;
    floats total[PARTS] = {{0}};
    for (size_t block = v * blocks; block < (v + 1) * blocks; block++, from += 320) {
      // At most 8 products of 15 · 127 a lane.
      shorts products[8] = {{0}};
      for (int line = 0; line < 4; line++) {
        shorts low = twice(integers + 32 * block + 8 * line);
        shorts high = twice(integers + 32 * block + 8 * line + 4);
        for (int pair = 0; pair < 8; pair++) {
          byte_lanes both;
          memcpy(&both, from + 64 + 64 * line + 8 * pair, sizeof both);
          products[pair] += __builtin_convertvector(both & 15, shorts) * low;
          products[pair] += __builtin_convertvector(both >> 4, shorts) * high;
        }
      }
      for (int part = 0; part < PARTS; part++) {
        floats step = from_halves(from + 8 * part) * scales[block];
        total[part] += row_sums(products, part) * step;
        total[part] += from_halves(from + 32 + 8 * part) * sums[block];
      }
    }
    for (int part = 0; part < PARTS; part++) {
      store(result + v * result_stride + part * LANES, total[part]);
    }
  }
}

static void bytes_product_baseline(const void *tile, size_t blocks, const int8_t *integers,
                                   const float *scales, size_t vectors, float *result,
                                   size_t result_stride) {
  for (size_t v = 0; v < vectors; v++) {
    const uint8_t *from = tile;
    floats total[PARTS] = {{0}};
    for (size_t block = v * blocks; block < (v + 1) * blocks; block++, from += 544) {
      eight_integers products[8] = {{0}};
      for (int line = 0; line < 8; line++) {
        shorts columns = twice(integers + 32 * block + 4 * line);
        for (int pair = 0; pair < 8; pair++) {
          signed_lanes both;
          memcpy(&both, from + 32 + 64 * line + 8 * pair, sizeof both);
          shorts product = __builtin_convertvector(both, shorts) * columns;
          products[pair] += __builtin_convertvector(product, eight_integers);
        }
      }
      for (int part = 0; part < PARTS; part++) {
        floats sum;
        for (int row = 0; row < 4; row++) {
          eight_integers both = products[2 * part + row / 2];
          int first = row % 2 * 4;
          sum[row] = (float)(both[first] + both[first + 1] + both[first + 2] + both[first + 3]);
        }
        total[part] += sum * (from_halves(from + 8 * part) * scales[block]);
      }
    }
    for (int part = 0; part < PARTS; part++) {
      store(result + v * result_stride + part * LANES, total[part]);
    }
  }
}

const struct compute_quantized compute_quantized_baseline = {
    .quantize = quantize_baseline,
    .nibbles_product = nibbles_product_baseline,
    .bytes_product = bytes_product_baseline,
    .panel_product = panel_product_baseline,
};
