#include "gemm_tables.h"

#if defined(__aarch64__)

// Sixteen sums of the thirty-two registers.
#define LANES 4
#define TILE_ROWS 8
#define NAMED(name) name##_neon

#include "vectors.h"

#include "gemm_body.h"

#endif
