#ifndef QUANTIZED_TABLES_H
#define QUANTIZED_TABLES_H

#include "quantized_kernels.h"

extern const struct compute_quantized compute_quantized_baseline;
#if defined(__x86_64__)
extern const struct compute_quantized compute_quantized_avx2;
// For AVX-512 with and without products of bytes; without, those of AVX2 serve.
extern const struct compute_quantized compute_quantized_avx512;
extern const struct compute_quantized compute_quantized_avx512_bytes;

__typeof__(compute_nibbles_product) compute_nibbles_product_avx2;
__typeof__(compute_bytes_product) compute_bytes_product_avx2;
#endif

#endif
