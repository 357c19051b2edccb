#ifndef GEMM_TABLES_H
#define GEMM_TABLES_H

#include "gemm_kernels.h"

extern const struct compute_gemm compute_gemm_baseline;
#if defined(__x86_64__)
extern const struct compute_gemm compute_gemm_avx2;
extern const struct compute_gemm compute_gemm_avx512;
#elif defined(__aarch64__)
extern const struct compute_gemm compute_gemm_neon;
#endif

#endif
