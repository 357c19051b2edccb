// The kernels in four lanes: SSE2, NEON, or whatever the compiler has.

#include "tables.h"

#define LANES 4
// Twelve sums of four lanes, two vectors of b and one of a fill SSE2's sixteen registers.
#define TILE_ROWS 6
#define NAMED(name) name##_baseline

#include "vectors.h"

#include "byte_body.h"
#include "elementwise_body.h"
#include "gemm_body.h"
#include "peak_body.h"
