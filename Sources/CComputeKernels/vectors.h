// Vectors of LANES floats, for a file that defines LANES and is compiled for one instruction set.
// Included once in each such file, after the attribute that names the set.

#include <stdint.h>
#include <string.h>

#pragma clang fp contract(fast)

typedef float floats __attribute__((ext_vector_type(LANES)));
typedef int32_t integers __attribute__((ext_vector_type(LANES)));
// The same where it lies in memory: at any address, under any type.
typedef floats stored_floats __attribute__((aligned(4), may_alias));

#define INLINE static inline __attribute__((always_inline))

INLINE floats all(float value) { return value - (floats){0}; }

INLINE floats load(const float *from) { return *(const stored_floats *)from; }

INLINE void store(float *to, floats value) { *(stored_floats *)to = value; }

INLINE floats choose(integers mask, floats where, floats otherwise) {
  return mask ? where : otherwise;
}

// All bits in the first lanes, none in the others.
INLINE integers first_of(size_t lanes) {
  integers number;
  for (int lane = 0; lane < LANES; lane++) number[lane] = lane;
  return number < (integers){0} + (int32_t)(lanes < LANES ? lanes : LANES);
}

// The value in the first lanes, zero in the others.
INLINE floats part_of(floats value, size_t lanes) {
  return lanes >= LANES ? value : choose(first_of(lanes), value, all(0));
}

// The first lanes from memory, zero in the others. What lies behind them is not touched.
INLINE floats load_part(const float *from, size_t lanes) {
  if (lanes >= LANES) return load(from);
#if defined(__x86_64__) && LANES == 16
  return (floats)_mm512_maskz_loadu_ps((__mmask16)((1u << lanes) - 1), from);
#elif defined(__x86_64__) && LANES == 8
  return (floats)_mm256_maskload_ps(from, (__m256i)first_of(lanes));
#else
  floats value = {0};
  memcpy(&value, from, lanes * sizeof(float));
  return value;
#endif
}

INLINE void store_part(float *to, floats value, size_t lanes) {
  if (lanes >= LANES) {
    store(to, value);
    return;
  }
#if defined(__x86_64__) && LANES == 16
  _mm512_mask_storeu_ps(to, (__mmask16)((1u << lanes) - 1), (__m512)value);
#elif defined(__x86_64__) && LANES == 8
  _mm256_maskstore_ps(to, (__m256i)first_of(lanes), (__m256)value);
#else
  memcpy(to, &value, lanes * sizeof(float));
#endif
}

// sum + a · b, rounded once where the processor can. The compiler may fuse what is written out, and
// may not, depending on what stands beside it; a sum that must be the same everywhere asks for it.
INLINE floats add_product(floats sum, floats a, floats b) {
#if LANES > 4 || defined(__aarch64__)
  return __builtin_elementwise_fma(a, b, sum);
#else
  return sum + a * b;
#endif
}

// The larger one, and b where one of them is no number.
INLINE floats larger(floats a, floats b) { return choose(a > b, a, b); }

// The smaller one, and b where one of them is no number.
INLINE floats smaller(floats a, floats b) { return choose(a < b, a, b); }

// The sum of the lanes, always in the same order: halves onto halves.
INLINE float sum_of_lanes(floats value) {
  float lanes[LANES];
  memcpy(lanes, &value, sizeof value);
  for (int width = LANES / 2; width > 0; width /= 2) {
    for (int lane = 0; lane < width; lane++) lanes[lane] += lanes[lane + width];
  }
  return lanes[0];
}

INLINE float largest_lane(floats value) {
  float result = value[0];
  for (int lane = 1; lane < LANES; lane++) result = value[lane] > result ? value[lane] : result;
  return result;
}
