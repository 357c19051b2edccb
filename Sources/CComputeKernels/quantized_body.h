// Kernels over vectors of floats for quantised matrices, for a file that defines LANES, NAMED and
// PANEL_VECTORS (how many vectors a panel meets at once, so that all sums stay in registers) and
// includes vectors.h.

#include "quantized_kernels.h"

#define PARTS (16 / LANES)

typedef int8_t integer_bytes __attribute__((vector_size(LANES)));

static void NAMED(quantize)(const float *values, size_t blocks, int8_t *bytes, float *scales,
                            float *sums) {
// So that all instruction sets round to the same integers.
#pragma clang fp contract(off)
  const floats shift = all(12582912.0f);  // 1.5 · 2²³: adding it rounds to a whole number
  const integers sign = (integers)all(-0.0f);
  for (size_t block = 0; block < blocks; block++, values += 32, bytes += 32) {
    floats most = {0};
    for (int at = 0; at < 32; at += LANES) {
      most = larger((floats)((integers)load(values + at) & ~sign), most);
    }
    float largest = largest_lane(most);
    float scale = largest / 127;
    floats factor = all(largest > 0 ? 127 / largest : 0);
    integers sum = {0};
    for (int at = 0; at < 32; at += LANES) {
      integers rounded = (integers)(load(values + at) * factor + shift) - (integers)shift;
      sum += rounded;
      integer_bytes narrow = __builtin_convertvector(rounded, integer_bytes);
      memcpy(bytes + at, &narrow, sizeof narrow);
    }
    int32_t total = 0;
    for (int lane = 0; lane < LANES; lane++) total += sum[lane];
    scales[block] = scale;
    sums[block] = scale * (float)total;
  }
}

INLINE void NAMED(panel)(const float *panel, size_t panel_stride, size_t depth,
                         const float *values, size_t stride, float *result, size_t result_stride,
                         bool accumulates, const int vectors) {
  floats sums[PANEL_VECTORS][PARTS];
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) {
#pragma clang loop unroll(full)
    for (int part = 0; part < PARTS; part++) {
      sums[v][part] =
          accumulates ? load(result + v * result_stride + part * LANES) : (floats){0};
    }
  }
  for (size_t k = 0; k < depth; k++) {
    floats line[PARTS];
#pragma clang loop unroll(full)
    for (int part = 0; part < PARTS; part++) {
      line[part] = load(panel + k * panel_stride + part * LANES);
    }
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      floats value = all(values[v * stride + k]);
#pragma clang loop unroll(full)
      for (int part = 0; part < PARTS; part++) sums[v][part] += value * line[part];
    }
  }
#pragma clang loop unroll(full)
  for (int v = 0; v < vectors; v++) {
#pragma clang loop unroll(full)
    for (int part = 0; part < PARTS; part++) {
      store(result + v * result_stride + part * LANES, sums[v][part]);
    }
  }
}

static void NAMED(panel_product)(const float *panel, size_t panel_stride, size_t depth,
                                 const float *values, size_t stride, size_t vectors, float *result,
                                 size_t result_stride, bool accumulates) {
#define PANEL(count)                                                                            \
  case count:                                                                                   \
    NAMED(panel)(panel, panel_stride, depth, values + at * stride, stride,                      \
                 result + at * result_stride, result_stride, accumulates, count);               \
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
    }
  }
#undef PANEL
}
