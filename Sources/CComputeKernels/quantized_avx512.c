#include "quantized_tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANES 16
#define NAMED(name) name##_avx512
#define VECTORS 8
#define CHAINS 1
#define PANEL_VECTORS 12
#define ADD_PAIRS(sum, a, b) _mm512_add_epi32(sum, _mm512_madd_epi16(a, b))

#pragma clang attribute push(                                                              \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c"))),  \
    apply_to = function)

#include "quantized_avx512_body.h"

#pragma clang attribute pop

#endif
