// The kernels for 64-bit ARM, with a tile for its thirty-two registers.

#include "tables.h"

#if defined(__aarch64__)

#define LANES 4
#define TILE_ROWS 8
#define NAMED(name) name##_neon

#include "vectors.h"

#include "byte_body.h"
#include "elementwise_body.h"
#include "gemm_body.h"
#include "peak_body.h"

#endif
