#include "elementwise_tables.h"

// Four lanes: SSE2, NEON, or whatever the compiler has.
#define LANES 4
#define NAMED(name) name##_baseline

#include "vectors.h"

#include "elementwise_body.h"
