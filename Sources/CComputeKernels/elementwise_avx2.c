#include "elementwise_tables.h"

#if defined(__x86_64__)

#define LANES 8
#define NAMED(name) name##_avx2

#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)

#include "vectors.h"

#include "elementwise_body.h"

#pragma clang attribute pop

#endif
