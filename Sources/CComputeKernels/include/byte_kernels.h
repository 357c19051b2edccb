#ifndef BYTE_KERNELS_H
#define BYTE_KERNELS_H

#include "instruction_sets.h"
#include <stddef.h>
#include <stdint.h>

// Products of numbers that were rounded to whole ones from −127 to 127. Each lies in 16 bits, two that
// follow in depth beside each other: processors multiply such pairs and add the two products up in one
// instruction. The sums are whole numbers in 32 bits, exact up to a depth of 133,000.

struct compute_bytes {
  // The largest tile: so many rows and columns of C.
  size_t tile_rows, tile_columns;

  // c[i · c_stride + j] ← row_scales[i] · column_scales[j] · Σ over all pairs p of the sum of the two
  // products of a[p · tile_rows + i] and b[p · tile_columns + j], for i < rows, j < columns.
  void (*tile)(size_t rows, size_t columns, size_t pairs, const int32_t *a, const int32_t *b,
               const float *row_scales, const float *column_scales, float *c, size_t c_stride);

  // Runs rounds of pair products that do not wait for each other, in registers; *operations gets how many
  // multiplications and additions of whole numbers that were. Returns a value that depends on all.
  float (*peak)(size_t rounds, double *operations);
};

// The kernels of a set, which the processor must have; null where the program was not built for it.
const struct compute_bytes *compute_bytes_for(enum compute_instruction_set set);

// scales[j] ← the largest size of column j of a matrix, over 127.
void compute_byte_scales(const float *matrix, size_t rows, size_t columns, float *scales);

// One row: pairs[p] ← the numbers 2p and 2p + 1 of it, divided by a scale and rounded. An odd count ends
// with a 0. Returns the scale, which is the largest size over 127.
float compute_byte_row(const float *row, size_t count, int32_t *pairs);

// Two rows, of which the second may be null for zeros: pairs[j] ← number j of each, divided by scales[j]
// and rounded.
void compute_byte_rows(const float *first, const float *second, const float *scales, size_t count,
                       int32_t *pairs);

#endif
