// What both files for AVX-512 share, after the attribute that names the set; ADD_PAIRS is what adds up pairs
// of products.

#include "vectors.h"

typedef int16_t shorts __attribute__((vector_size(4 * LANES)));
typedef uint16_t words __attribute__((vector_size(4 * LANES)));

INLINE integers add_pairs(integers sum, shorts a, shorts b) {
  return (integers)ADD_PAIRS((__m512i)sum, (__m512i)a, (__m512i)b);
}

INLINE shorts widened(const uint8_t *from) {
  return (shorts)_mm512_cvtepi8_epi16(_mm256_loadu_si256((const __m256i *)from));
}

INLINE floats from_halves(const uint8_t *from) {
  return (floats)_mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)from));
}

#include "quantized_body.h"
