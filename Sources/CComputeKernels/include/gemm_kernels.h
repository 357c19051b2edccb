#ifndef GEMM_KERNELS_H
#define GEMM_KERNELS_H

#include "instruction_sets.h"
#include <stddef.h>

// The inner part of a matrix product: one tile of C, small enough to stay in registers.

// What an instruction set works on.
struct compute_gemm {
  // The largest tile: so many rows and columns of C.
  size_t tile_rows, tile_columns;

  // c[i · c_stride + j] ← (accumulates ? c[…] : 0) + Σ a[i · a_row + k · a_step] · b[k · b_step + j]
  // for i < rows ≤ tile_rows, j < columns ≤ tile_columns, k < depth; the sum runs over k in order. Of
  // each row of b whole vectors are read: tile_columns numbers, or half as many if they suffice.
  void (*tile)(size_t rows, size_t columns, size_t depth, const float *a, size_t a_row,
               size_t a_step, const float *b, size_t b_step, float *c, size_t c_stride,
               bool accumulates);

  // c[i · c_stride + j] ← (accumulates ? c[…] : 0) + Σ a[i · a_stride + k] · b[j · b_stride + k] for
  // any i < rows, j < columns, k < depth. For few rows, where b is read once only. The order of a sum
  // depends on depth alone.
  void (*dots)(size_t rows, size_t columns, size_t depth, const float *a, size_t a_stride,
               const float *b, size_t b_stride, float *c, size_t c_stride, bool accumulates);
};

// The kernels of a set, which the processor must have; null where the program was not built for it.
const struct compute_gemm *compute_gemm_for(enum compute_instruction_set set);

// Lays a matrix of depth × columns into panels that tiles read one after the other. A panel holds
// width columns, at least four: for each k those of row k, and zeros where the matrix has no more.
// b[k · step + j · column] is the number of row k and column j; one of step and column is 1.
void compute_gemm_pack(const float *b, size_t step, size_t column, size_t depth, size_t columns,
                       size_t width, float *packed);

#endif
