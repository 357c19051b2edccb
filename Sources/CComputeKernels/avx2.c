// The kernels for AVX2 with fused multiply-add.

#include "tables.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>

#define LANES 8
// Twelve sums, two vectors of b and one of a, of sixteen registers.
#define TILE_ROWS 6
#define NAMED(name) name##_avx2

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "vectors.h"

#include "byte_body.h"
#include "elementwise_body.h"
#include "gemm_body.h"
#include "peak_body.h"

#pragma clang attribute pop

#endif
