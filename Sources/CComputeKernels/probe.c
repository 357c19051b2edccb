#include "tables.h"

// One body for every instruction set: the compiler makes a clone of each, the loader chooses.
#if defined(__x86_64__) && defined(__linux__)
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONES
#endif

typedef double doubles __attribute__((vector_size(64)));

CLONES
double compute_read_sum(const double *values, size_t count) {
  doubles sums[4] = {{0}};
  size_t index = 0;
  for (; index + 32 <= count; index += 32) {
    const doubles *block = (const doubles *)__builtin_assume_aligned(values + index, 64);
    for (int lane = 0; lane < 4; lane++) sums[lane] += block[lane];
  }
  doubles all = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  double sum = 0;
  for (int lane = 0; lane < 8; lane++) sum += all[lane];
  for (; index < count; index++) sum += values[index];
  return sum;
}

size_t compute_chase(const size_t *next, size_t at, size_t steps) {
  for (size_t step = 0; step < steps; step++) at = next[at];
  return at;
}

size_t compute_chase_multiply_add(const size_t *next, size_t at, size_t steps, float *sum) {
  float all = *sum;
  for (size_t step = 0; step < steps; step++) {
    all = all * 0.999f + (float)next[at + 1];
    at = next[at];
  }
  *sum = all;
  return at;
}

const struct compute_peaks *compute_peaks_for(enum compute_instruction_set set) {
  return TABLE_FOR(set, compute_peaks);
}
