// The fastest loop of multiply-adds, for a file that defines LANES and NAMED and includes vectors.h.

#include "probe_kernels.h"

static float NAMED(float_peak)(size_t rounds, double *operations) {
  // Twelve chains: enough to keep two units busy that each answer after four to five cycles.
  enum { chains = 12 };
  floats sums[chains];
  for (int chain = 0; chain < chains; chain++) {
    for (int lane = 0; lane < LANES; lane++) sums[chain][lane] = (float)(chain + lane);
  }
  floats factor = all(0.999f), term = all(0.001f);
  for (size_t round = 0; round < rounds; round++) {
    for (int chain = 0; chain < chains; chain++) sums[chain] = sums[chain] * factor + term;
  }
  floats sum = sums[0];
  for (int chain = 1; chain < chains; chain++) sum += sums[chain];
  *operations = (double)rounds * chains * LANES * 2;
  return sum_of_lanes(sum);
}

const struct compute_peaks NAMED(compute_peaks) = {.multiply_add = NAMED(float_peak)};
