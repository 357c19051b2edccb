#include "tables.h"

const struct compute_bytes *compute_bytes_for(enum compute_instruction_set set) {
#if defined(__x86_64__)
  if (set == compute_avx512 && compute_has_byte_products()) return &compute_bytes_vnni;
#endif
  return TABLE_FOR(set, compute_bytes);
}

// The nearest whole number: adding 1.5 · 2²³ leaves it in the low bits.
static inline int32_t nearest(float value) {
  union {
    float number;
    int32_t bits;
  } shifted = {.number = value + 12582912.0f};
  return shifted.bits - 0x4b400000;
}

static inline int32_t pair_of(int32_t first, int32_t second) {
  return (int32_t)((uint32_t)first & 0xffff) | (int32_t)((uint32_t)second << 16);
}

static inline float size_of(float value) { return value < 0 ? -value : value; }

void compute_byte_scales(const float *matrix, size_t rows, size_t columns, float *scales) {
  for (size_t column = 0; column < columns; column++) scales[column] = 0;
  for (size_t row = 0; row < rows; row++) {
    const float *values = matrix + row * columns;
    for (size_t column = 0; column < columns; column++) {
      float size = size_of(values[column]);
      scales[column] = size > scales[column] ? size : scales[column];
    }
  }
  for (size_t column = 0; column < columns; column++) scales[column] /= 127;
}

float compute_byte_row(const float *row, size_t count, int32_t *pairs) {
  float scale = 0;
  for (size_t at = 0; at < count; at++) scale = size_of(row[at]) > scale ? size_of(row[at]) : scale;
  scale /= 127;
  float inverse = scale > 0 ? 1 / scale : 0;
  size_t pair = 0;
  for (; 2 * pair + 1 < count; pair++) {
    pairs[pair] = pair_of(nearest(row[2 * pair] * inverse), nearest(row[2 * pair + 1] * inverse));
  }
  if (2 * pair < count) pairs[pair] = pair_of(nearest(row[2 * pair] * inverse), 0);
  return scale;
}

void compute_byte_rows(const float *first, const float *second, const float *scales, size_t count,
                       int32_t *pairs) {
  for (size_t j = 0; j < count; j++) {
    float inverse = scales[j] > 0 ? 1 / scales[j] : 0;
    int32_t other = second ? nearest(second[j] * inverse) : 0;
    pairs[j] = pair_of(nearest(first[j] * inverse), other);
  }
}
