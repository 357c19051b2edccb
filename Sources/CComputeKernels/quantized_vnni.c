// AVX-512 for processors that multiply pairs and add them up in one instruction.

#include "quantized_tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANES 16
#define NAMED(name) name##_vnni
#define VECTORS 8
// The instruction answers after four to five cycles.
#define CHAINS 4
#define PANEL_VECTORS 12
#define ADD_PAIRS(sum, a, b) _mm512_dpwssd_epi32(sum, a, b)

#pragma clang attribute push(                                                                         \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx512vnni,avx2,fma,f16c"))),  \
    apply_to = function)

#include "quantized_avx512_body.h"

#pragma clang attribute pop

#endif
