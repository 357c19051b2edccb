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

// The first lanes from memory, zero in the others.
INLINE floats load_part(const float *from, size_t lanes) {
  if (lanes >= LANES) return load(from);
  floats value = {0};
  memcpy(&value, from, lanes * sizeof(float));
  return value;
}

INLINE void store_part(float *to, floats value, size_t lanes) {
  if (lanes >= LANES) {
    store(to, value);
  } else {
    memcpy(to, &value, lanes * sizeof(float));
  }
}

INLINE floats choose(integers mask, floats where, floats otherwise) {
  return mask ? where : otherwise;
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
