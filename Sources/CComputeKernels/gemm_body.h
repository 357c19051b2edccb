// The tile of a matrix product, for a file that defines LANES, NAMED and TILE_ROWS and includes
// vectors.h. A tile is two vectors wide.

// One column of A times one row of B.
INLINE void add_step(const int rows, const int vectors, const float *a, size_t a_row,
                     const float *b, floats sums[TILE_ROWS][2]) {
  floats right[2];
  for (int vector = 0; vector < vectors; vector++) right[vector] = load(b + vector * LANES);
  for (int row = 0; row < rows; row++) {
    floats left = all(a[(size_t)row * a_row]);
    for (int vector = 0; vector < vectors; vector++) {
      sums[row][vector] = add_product(sums[row][vector], left, right[vector]);
    }
  }
}

// Rows, vectors and steps a turn are constants where this is inlined: each combination becomes a
// loop of its own, with all sums in registers.
INLINE void product_tile(const int rows, const int vectors, const int unrolled, size_t depth,
                         const float *a, size_t a_row, size_t a_step, const float *b,
                         size_t b_step, float *c, size_t c_stride, bool accumulates) {
  floats sums[TILE_ROWS][2];
  for (int row = 0; row < rows; row++) {
    // C is needed when the sums are done; until then it can be on its way.
    __builtin_prefetch(c + (size_t)row * c_stride, 1);
    __builtin_prefetch(c + (size_t)row * c_stride + vectors * LANES - 1, 1);
    for (int vector = 0; vector < vectors; vector++) sums[row][vector] = all(0);
  }
  size_t k = 0;
  for (; unrolled > 1 && k + unrolled <= depth; k += unrolled) {
#pragma clang loop unroll(full)
    for (int step = 0; step < unrolled; step++) {
      __builtin_prefetch(b + (16 + (size_t)step) * b_step);
      add_step(rows, vectors, a + (size_t)step * a_step, a_row, b + (size_t)step * b_step, sums);
    }
    a += unrolled * a_step;
    b += unrolled * b_step;
  }
  for (; k < depth; k++) {
    add_step(rows, vectors, a, a_row, b, sums);
    a += a_step;
    b += b_step;
  }
  for (int row = 0; row < rows; row++) {
    for (int vector = 0; vector < vectors; vector++) {
      float *target = c + (size_t)row * c_stride + vector * LANES;
      store(target, accumulates ? load(target) + sums[row][vector] : sums[row][vector]);
    }
  }
}

// Where both lie packed, all distances are constants of the instructions.
INLINE void tile_of(const int rows, const int vectors, size_t depth, const float *a, size_t a_row,
                    size_t a_step, const float *b, size_t b_step, float *c, size_t c_stride,
                    bool accumulates) {
  if (a_row == 1 && a_step == TILE_ROWS && b_step == 2 * LANES) {
    product_tile(rows, vectors, 4, depth, a, 1, TILE_ROWS, b, 2 * LANES, c, c_stride, accumulates);
  } else {
    product_tile(rows, vectors, 1, depth, a, a_row, a_step, b, b_step, c, c_stride, accumulates);
  }
}

#define TILE_OF(rows)                                                                             \
  case rows:                                                                                      \
    if (is_wide) tile_of(rows, 2, depth, a, a_row, a_step, b, b_step, c, c_stride, accumulates);  \
    else tile_of(rows, 1, depth, a, a_row, a_step, b, b_step, c, c_stride, accumulates);          \
    return;

// A tile whose columns are whole vectors.
static void NAMED(whole_tile)(size_t rows, bool is_wide, size_t depth, const float *a,
                              size_t a_row, size_t a_step, const float *b, size_t b_step,
                              float *c, size_t c_stride, bool accumulates) {
  switch (rows) {
    TILE_OF(1)
    TILE_OF(2)
    TILE_OF(3)
    TILE_OF(4)
    TILE_OF(5)
    TILE_OF(6)
#if TILE_ROWS > 6
    TILE_OF(7)
    TILE_OF(8)
#endif
  }
}

static void NAMED(tile)(size_t rows, size_t columns, size_t depth, const float *a, size_t a_row,
                        size_t a_step, const float *b, size_t b_step, float *c, size_t c_stride,
                        bool accumulates) {
  bool is_wide = columns > LANES;
  if (columns % LANES == 0) {
    NAMED(whole_tile)(rows, is_wide, depth, a, a_row, a_step, b, b_step, c, c_stride, accumulates);
    return;
  }
  // At the right edge the tile is made beside C, and what belongs to C is taken over.
  float beside[TILE_ROWS * 2 * LANES];
  NAMED(whole_tile)(rows, is_wide, depth, a, a_row, a_step, b, b_step, beside, 2 * LANES, false);
  for (size_t row = 0; row < rows; row++) {
    for (size_t column = 0; column < columns; column++) {
      float *target = c + row * c_stride + column;
      float sum = beside[row * 2 * LANES + column];
      *target = accumulates ? *target + sum : sum;
    }
  }
}

INLINE void dot_step(const int rows, const int columns, const float *a, size_t a_stride,
                     const float *b, size_t b_stride, size_t lanes, floats sums[3][4]) {
  floats left[3];
  for (int row = 0; row < rows; row++) left[row] = load_part(a + row * a_stride, lanes);
  for (int column = 0; column < columns; column++) {
    floats right = load_part(b + column * b_stride, lanes);
    for (int row = 0; row < rows; row++) {
      sums[row][column] = add_product(sums[row][column], left[row], right);
    }
  }
}

// Dot products of rows that lie beside each other, taken together so that each vector that is read
// serves several.
INLINE void dot_tile(const int rows, const int columns, size_t depth, const float *a,
                     size_t a_stride, const float *b, size_t b_stride, float *c, size_t c_stride,
                     bool accumulates) {
  floats sums[3][4];
  for (int row = 0; row < rows; row++) {
    for (int column = 0; column < columns; column++) sums[row][column] = all(0);
  }
  size_t k = 0;
  for (; k + LANES <= depth; k += LANES) {
    dot_step(rows, columns, a + k, a_stride, b + k, b_stride, LANES, sums);
  }
  if (k < depth) dot_step(rows, columns, a + k, a_stride, b + k, b_stride, depth - k, sums);
  for (int row = 0; row < rows; row++) {
    for (int column = 0; column < columns; column++) {
      float *target = c + row * c_stride + column, sum = sum_of_lanes(sums[row][column]);
      *target = accumulates ? *target + sum : sum;
    }
  }
}

// The same rows of b serve all rows of a before the next ones are read.
INLINE void dot_columns(const int columns, size_t rows, size_t depth, const float *a,
                        size_t a_stride, const float *b, size_t b_stride, float *c,
                        size_t c_stride, bool accumulates) {
  size_t i = 0;
  for (; i + 3 <= rows; i += 3) {
    dot_tile(3, columns, depth, a + i * a_stride, a_stride, b, b_stride, c + i * c_stride, c_stride,
             accumulates);
  }
  for (; i < rows; i++) {
    dot_tile(1, columns, depth, a + i * a_stride, a_stride, b, b_stride, c + i * c_stride, c_stride,
             accumulates);
  }
}

static void NAMED(dots)(size_t rows, size_t columns, size_t depth, const float *a, size_t a_stride,
                        const float *b, size_t b_stride, float *c, size_t c_stride,
                        bool accumulates) {
  size_t j = 0;
  for (; j + 4 <= columns; j += 4) {
    dot_columns(4, rows, depth, a, a_stride, b + j * b_stride, b_stride, c + j, c_stride,
                accumulates);
  }
  for (; j < columns; j++) {
    dot_columns(1, rows, depth, a, a_stride, b + j * b_stride, b_stride, c + j, c_stride,
                accumulates);
  }
}

const struct compute_gemm NAMED(compute_gemm) = {
    .tile_rows = TILE_ROWS,
    .tile_columns = 2 * LANES,
    .tile = NAMED(tile),
    .dots = NAMED(dots),
};
