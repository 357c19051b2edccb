#include "gemm_tables.h"

// Twelve sums of four lanes, two vectors of b and one of a: all of SSE2's sixteen registers.
#define LANES 4
#define TILE_ROWS 6
#define NAMED(name) name##_baseline

#include "vectors.h"

#include "gemm_body.h"
