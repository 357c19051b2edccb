#ifndef QUANTIZED_TABLES_H
#define QUANTIZED_TABLES_H

#include "quantized_kernels.h"

extern const struct compute_quantized compute_quantized_baseline;
#if defined(__x86_64__)
extern const struct compute_quantized compute_quantized_avx2;
extern const struct compute_quantized compute_quantized_avx512;
extern const struct compute_quantized compute_quantized_vnni;
#endif

#endif
