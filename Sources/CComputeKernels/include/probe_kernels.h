#ifndef PROBE_KERNELS_H
#define PROBE_KERNELS_H

#include "instruction_sets.h"
#include <stddef.h>

// Loops that must be exactly these instructions, so that what is timed is the machine and not the
// compiler. On x86-64 each exists for several instruction sets, and the loader picks the best once.

// Reads count doubles once and returns their sum: memory traffic of 8 bytes each.
double compute_read_sum(const double *values, size_t count);

// Follows next[] from an index for so many steps, each of which waits for the one before, and returns
// where it ends: the place to go on from, as a chase that begins anew finds its way in the cache.
size_t compute_chase(const size_t *next, size_t at, size_t steps);

// The same walk with one multiply-add at each step, on the number that lies beside the index; *sum
// goes on from its value.
size_t compute_chase_multiply_add(const size_t *next, size_t at, size_t steps, float *sum);

// The most that an instruction set can do.
struct compute_peaks {
  // Runs rounds of multiply-adds that do not wait for each other, in registers; *operations gets the
  // number of floating-point operations (a multiply-add counts as two). Returns a value that depends on
  // all of them.
  float (*multiply_add)(size_t rounds, double *operations);
};

// The loops of a set, which the processor must have; null where the program was not built for it.
const struct compute_peaks *compute_peaks_for(enum compute_instruction_set set);

#endif
