#include "tables.h"

#include <string.h>

const struct compute_gemm *compute_gemm_for(enum compute_instruction_set set) {
  return TABLE_FOR(set, compute_gemm);
}

typedef float quad __attribute__((vector_size(16)));
typedef quad stored_quad __attribute__((aligned(4), may_alias));

// Four columns that lie there as rows: four by four numbers at a time are turned round in registers.
static void pack_four(const float *b, size_t column, size_t depth, size_t width, float *panel) {
  size_t k = 0;
  for (; k + 4 <= depth; k += 4) {
    const float *from = b + k;
    quad r0 = *(const stored_quad *)from, r1 = *(const stored_quad *)(from + column);
    quad r2 = *(const stored_quad *)(from + 2 * column);
    quad r3 = *(const stored_quad *)(from + 3 * column);
    quad low01 = __builtin_shufflevector(r0, r1, 0, 4, 1, 5);
    quad high01 = __builtin_shufflevector(r0, r1, 2, 6, 3, 7);
    quad low23 = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
    quad high23 = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
    float *to = panel + k * width;
    *(stored_quad *)to = __builtin_shufflevector(low01, low23, 0, 1, 4, 5);
    *(stored_quad *)(to + width) = __builtin_shufflevector(low01, low23, 2, 3, 6, 7);
    *(stored_quad *)(to + 2 * width) = __builtin_shufflevector(high01, high23, 0, 1, 4, 5);
    *(stored_quad *)(to + 3 * width) = __builtin_shufflevector(high01, high23, 2, 3, 6, 7);
  }
  for (; k < depth; k++) {
    for (size_t j = 0; j < 4; j++) panel[k * width + j] = b[k + j * column];
  }
}

// Columns that lie beside each other, at least four a panel. Several panels at a time, so that what is read of a row before the
// next row is more than a cache line.
static void pack_rows(const float *b, size_t step, size_t depth, size_t panels, size_t width,
                      float *packed) {
  for (size_t k = 0; k < depth; k++) {
    const float *from = b + k * step;
    for (size_t at = 0; at < panels * width; at += 32) __builtin_prefetch(from + 8 * step + at);
    for (size_t panel = 0; panel < panels; panel++) {
      float *to = packed + (panel * depth + k) * width;
      size_t j = 0;
      for (; j + 4 <= width; j += 4) *(stored_quad *)(to + j) = *(const stored_quad *)(from + j);
      if (j < width) *(stored_quad *)(to + width - 4) = *(const stored_quad *)(from + width - 4);
      from += width;
    }
  }
}

static void pack_part_of_rows(const float *b, size_t step, size_t depth, size_t columns,
                              size_t width, float *packed) {
  for (size_t k = 0; k < depth; k++) {
    for (size_t j = 0; j < width; j++) packed[k * width + j] = j < columns ? b[k * step + j] : 0;
  }
}

static void pack_columns(const float *b, size_t column, size_t depth, size_t columns, size_t width,
                         float *panel) {
  size_t j = 0;
  for (; j + 4 <= columns; j += 4) pack_four(b + j * column, column, depth, width, panel + j);
  if (j < columns && columns >= 4) {
    // Some of the last four were packed before; they are the same again.
    size_t last = columns - 4;
    pack_four(b + last * column, column, depth, width, panel + last);
    j = columns;
  }
  for (; j < width; j++) {
    for (size_t k = 0; k < depth; k++) panel[k * width + j] = j < columns ? b[k + j * column] : 0;
  }
}

void compute_gemm_pack(const float *b, size_t step, size_t column, size_t depth, size_t columns,
                       size_t width, float *packed) {
  size_t whole = columns / width, done = 0;
  while (done < columns) {
    size_t left = columns - done, panels = whole > 4 ? 4 : whole;
    const float *from = b + done * column;
    float *to = packed + done * depth;
    if (column != 1) {
      pack_columns(from, column, depth, left < width ? left : width, width, to);
      done += width;
    } else if (panels > 0) {
      pack_rows(from, step, depth, panels, width, to);
      done += panels * width;
      whole -= panels;
    } else {
      pack_part_of_rows(from, step, depth, left, width, to);
      done += width;
    }
  }
}
