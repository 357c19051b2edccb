#include "quantized_tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANES 16
#define NAMED(name) name##_avx512
#define VECTORS 3
#define PANEL_VECTORS 6

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c"))), apply_to = function)

#include "vectors.h"

typedef int16_t shorts __attribute__((vector_size(4 * LANES)));
typedef uint16_t words __attribute__((vector_size(4 * LANES)));

INLINE integers pair_sums(shorts a, shorts b) {
  return (integers)_mm512_madd_epi16((__m512i)a, (__m512i)b);
}

INLINE shorts widened(const uint8_t *from) {
  return (shorts)_mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)from));
}

INLINE floats from_halves(const uint8_t *from) {
  return (floats)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)from));
}

#include "quantized_body.h"

#pragma clang attribute pop

#endif
