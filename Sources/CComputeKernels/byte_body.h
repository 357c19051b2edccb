// The tile of a product of bytes, for a file that defines LANES, NAMED and TILE_ROWS and includes
// vectors.h. FUSES_PAIRS is defined where one instruction multiplies pairs and adds them to a sum.

#include "byte_kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Adds to each lane the two products of its pair.
INLINE integers add_pairs(integers sum, integers a, integers b) {
#if defined(FUSES_PAIRS)
  return (integers)_mm512_dpwssd_epi32((__m512i)sum, (__m512i)a, (__m512i)b);
#elif defined(__x86_64__) && LANES == 16
  return sum + (integers)_mm512_madd_epi16((__m512i)a, (__m512i)b);
#elif defined(__x86_64__) && LANES == 8
  return sum + (integers)_mm256_madd_epi16((__m256i)a, (__m256i)b);
#elif defined(__x86_64__)
  return sum + (integers)_mm_madd_epi16((__m128i)a, (__m128i)b);
#else
  return sum + ((a << 16) >> 16) * ((b << 16) >> 16) + (a >> 16) * (b >> 16);
#endif
}

typedef integers stored_integers __attribute__((aligned(4), may_alias));

INLINE void byte_tile(const int rows, size_t columns, size_t pairs, const int32_t *a,
                      const int32_t *b, const float *row_scales, const float *column_scales,
                      float *c, size_t c_stride) {
  integers sums[TILE_ROWS][2];
  for (int row = 0; row < rows; row++) sums[row][0] = sums[row][1] = (integers){0};
  for (size_t pair = 0; pair < pairs; pair++) {
    integers right[2];
    for (int part = 0; part < 2; part++) right[part] = *(const stored_integers *)(b + part * LANES);
    for (int row = 0; row < rows; row++) {
      integers left = a[row] - (integers){0};
      for (int part = 0; part < 2; part++) {
        sums[row][part] = add_pairs(sums[row][part], left, right[part]);
      }
    }
    a += TILE_ROWS;
    b += 2 * LANES;
  }
  for (int row = 0; row < rows; row++) {
    int32_t whole[2 * LANES];
    memcpy(whole, sums[row], sizeof whole);
    for (size_t column = 0; column < columns; column++) {
      c[(size_t)row * c_stride + column] =
          row_scales[row] * column_scales[column] * (float)whole[column];
    }
  }
}

// Rows that are missing are computed from zeros, and left out.
static void NAMED(byte_tile)(size_t rows, size_t columns, size_t pairs, const int32_t *a,
                             const int32_t *b, const float *row_scales,
                             const float *column_scales, float *c, size_t c_stride) {
  if (rows == TILE_ROWS && columns == 2 * LANES) {
    byte_tile(TILE_ROWS, 2 * LANES, pairs, a, b, row_scales, column_scales, c, c_stride);
    return;
  }
  float beside[TILE_ROWS * 2 * LANES], scales[TILE_ROWS] = {0}, others[2 * LANES] = {0};
  memcpy(scales, row_scales, rows * sizeof(float));
  memcpy(others, column_scales, columns * sizeof(float));
  byte_tile(TILE_ROWS, 2 * LANES, pairs, a, b, scales, others, beside, 2 * LANES);
  for (size_t row = 0; row < rows; row++) {
    memcpy(c + row * c_stride, beside + row * 2 * LANES, columns * sizeof(float));
  }
}

static float NAMED(byte_peak)(size_t rounds, double *operations) {
  enum { chains = 12 };
  integers sums[chains], factor;
  for (int lane = 0; lane < LANES; lane++) factor[lane] = (lane + 1) * 0x10001;
  for (int chain = 0; chain < chains; chain++) sums[chain] = factor + chain;
  for (size_t round = 0; round < rounds; round++) {
    for (int chain = 0; chain < chains; chain++) {
      sums[chain] = add_pairs(sums[chain], sums[chain], factor);
    }
  }
  integers sum = sums[0];
  for (int chain = 1; chain < chains; chain++) sum ^= sums[chain];
  int32_t result = 0;
  for (int lane = 0; lane < LANES; lane++) result ^= sum[lane];
  *operations = (double)rounds * chains * LANES * 4;
  return (float)result;
}

const struct compute_bytes NAMED(compute_bytes) = {
    .tile_rows = TILE_ROWS,
    .tile_columns = 2 * LANES,
    .tile = NAMED(byte_tile),
    .peak = NAMED(byte_peak),
};
