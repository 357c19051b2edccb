// The byte products of AVX-512 for processors that add them up in the same instruction.

#include "tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANES 16
#define TILE_ROWS 8
#define FUSES_PAIRS
#define NAMED(name) name##_vnni

#pragma clang attribute push(                                                               \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni,avx2,fma"))),      \
    apply_to = function)

#include "vectors.h"

#include "byte_body.h"

#pragma clang attribute pop

#endif
