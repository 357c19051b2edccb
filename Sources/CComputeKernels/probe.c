#include "tables.h"

double compute_read_sum(const double *values, size_t count) {
  return compute_peaks_for(compute_best())->read_sum(values, count);
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
