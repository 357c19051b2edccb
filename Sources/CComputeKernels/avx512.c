// The kernels for AVX-512.

#include "tables.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>

#define LANES 16
// Sixteen sums of the thirty-two registers: enough for two units that answer after four cycles, and
// most matrices have a multiple of eight rows.
#define TILE_ROWS 8
#define NAMED(name) name##_avx512

#pragma clang attribute push(                                                            \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)

#include "vectors.h"

#include "byte_body.h"
#include "elementwise_body.h"
#include "gemm_body.h"
#include "peak_body.h"

#pragma clang attribute pop

#endif
