#include "elementwise_tables.h"

#if defined(__x86_64__)

#define LANES 16
#define NAMED(name) name##_avx512

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma"))), apply_to = function)

#include "vectors.h"

#include "elementwise_body.h"

#pragma clang attribute pop

#endif
