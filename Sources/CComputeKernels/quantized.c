#include "quantized_tables.h"

const struct compute_quantized *compute_quantized_for(enum compute_instruction_set set) {
#if defined(__x86_64__)
  if (set == compute_avx512 && compute_has_byte_products()) return &compute_quantized_vnni;
#endif
  return compute_quantized_plain(set);
}

const struct compute_quantized *compute_quantized_plain(enum compute_instruction_set set) {
  switch (set) {
  case compute_baseline:
    return &compute_quantized_baseline;
#if defined(__x86_64__)
  case compute_avx2:
    return &compute_quantized_avx2;
  case compute_avx512:
    return &compute_quantized_avx512;
#elif defined(__aarch64__)
  case compute_neon:
    return &compute_quantized_baseline;
#endif
  default:
    return NULL;
  }
}

static const struct compute_quantized *best(void) {
  return compute_quantized_for(compute_best());
}

void compute_quantize(const float *values, size_t blocks, int16_t *integers, float *scales,
                      float *sums) {
  best()->quantize(values, blocks, integers, scales, sums);
}

void compute_nibbles_product(const void *tile, size_t blocks, const int16_t *integers,
                             const float *scales, const float *sums, size_t vectors, float *result,
                             size_t result_stride) {
  best()->nibbles_product(tile, blocks, integers, scales, sums, vectors, result, result_stride);
}

void compute_bytes_product(const void *tile, size_t blocks, const int16_t *integers,
                           const float *scales, size_t vectors, float *result,
                           size_t result_stride) {
  best()->bytes_product(tile, blocks, integers, scales, vectors, result, result_stride);
}

void compute_panel_product(const float *panel, size_t panel_stride, size_t depth,
                           const float *values, size_t stride, size_t vectors, float *result,
                           size_t result_stride, bool accumulates) {
  best()->panel_product(panel, panel_stride, depth, values, stride, vectors, result, result_stride,
                        accumulates);
}

void compute_nibble_lines(const uint8_t *from, size_t stride, uint8_t *to) {
  best()->nibble_lines(from, stride, to);
}
