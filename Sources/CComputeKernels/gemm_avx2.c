#include "gemm_tables.h"

#if defined(__x86_64__)

// Twelve sums, two vectors of b and one of a, of sixteen registers.
#define LANES 8
#define TILE_ROWS 6
#define NAMED(name) name##_avx2

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "vectors.h"

#include "gemm_body.h"

#pragma clang attribute pop

#endif
