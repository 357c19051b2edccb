#include "quantized_tables.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

// Four lanes: SSE2, NEON, or whatever the compiler has.
#define LANES 4
#define NAMED(name) name##_baseline
#define VECTORS 1
#define CHAINS 1
#define PANEL_VECTORS 3

#include "vectors.h"

typedef int16_t shorts __attribute__((vector_size(4 * LANES)));
typedef uint16_t words __attribute__((vector_size(4 * LANES)));

INLINE integers add_pairs(integers sum, shorts a, shorts b) {
#if defined(__SSE2__)
  return sum + (integers)_mm_madd_epi16((__m128i)a, (__m128i)b);
#elif defined(__ARM_NEON)
  int16x8_t left = (int16x8_t)a, right = (int16x8_t)b;
  return sum + (integers)vpaddq_s32(vmull_s16(vget_low_s16(left), vget_low_s16(right)),
                              vmull_high_s16(left, right));
#else
  for (int lane = 0; lane < LANES; lane++) {
    sum[lane] += a[2 * lane] * b[2 * lane] + a[2 * lane + 1] * b[2 * lane + 1];
  }
  return sum;
#endif
}

INLINE shorts widened(const uint8_t *from) {
  typedef int8_t narrow __attribute__((vector_size(2 * LANES)));
  narrow bytes;
  memcpy(&bytes, from, sizeof bytes);
  return __builtin_convertvector(bytes, shorts);
}

// The fields are moved to their places, and a product shifts the exponent, also that of subnormal
// numbers. For finite numbers only.
INLINE floats from_halves(const uint8_t *from) {
  typedef uint16_t half_words __attribute__((vector_size(2 * LANES)));
  half_words halves;
  memcpy(&halves, from, sizeof halves);
  integers bits = __builtin_convertvector(halves, integers);
  floats size = (floats)((bits & 0x7fff) << 13) * 0x1p112f;
  return (floats)((integers)size | (bits & 0x8000) << 16);
}

#include "quantized_body.h"
