#ifndef COMPUTE_KERNELS_H
#define COMPUTE_KERNELS_H

// What the processor is asked to do in exactly so many instructions: everything that must be fast on
// each instruction set, chosen at run time. What is not an inner loop is Swift.

#include "byte_kernels.h"
#include "elementwise_kernels.h"
#include "gemm_kernels.h"
#include "instruction_sets.h"
#include "probe_kernels.h"
#include "quantized_kernels.h"

#endif
