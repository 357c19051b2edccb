#include "quantized_tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANES 8
#define NAMED(name) name##_avx2
#define VECTORS 3
#define CHAINS 1
#define PANEL_VECTORS 6

// Every processor with AVX2 converts 16-bit floats (F16C).
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#include "vectors.h"

typedef int16_t shorts __attribute__((vector_size(4 * LANES)));
typedef uint16_t words __attribute__((vector_size(4 * LANES)));

INLINE integers add_pairs(integers sum, shorts a, shorts b) {
  return sum + (integers)_mm256_madd_epi16((__m256i)a, (__m256i)b);
}

INLINE shorts widened(const uint8_t *from) {
  return (shorts)_mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)from));
}

INLINE floats from_halves(const uint8_t *from) {
  return (floats)_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)from));
}

#include "quantized_body.h"

#pragma clang attribute pop

#endif
