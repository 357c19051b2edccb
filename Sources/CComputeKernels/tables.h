#ifndef TABLES_H
#define TABLES_H

#include "byte_kernels.h"
#include "elementwise_kernels.h"
#include "gemm_kernels.h"
#include "probe_kernels.h"

// What each instruction set's file defines.
#define TABLES_OF(set)                                           \
  extern const struct compute_elementwise compute_elementwise_##set; \
  extern const struct compute_gemm compute_gemm_##set;               \
  extern const struct compute_bytes compute_bytes_##set;             \
  extern const struct compute_peaks compute_peaks_##set;

TABLES_OF(baseline)

#if defined(__x86_64__)
TABLES_OF(avx2)
TABLES_OF(avx512)
extern const struct compute_bytes compute_bytes_vnni;
#define TABLE_FOR(set, table)                   \
  ((set) == compute_baseline ? &table##_baseline \
   : (set) == compute_avx2   ? &table##_avx2     \
   : (set) == compute_avx512 ? &table##_avx512   \
                             : NULL)
#elif defined(__aarch64__)
TABLES_OF(neon)
#define TABLE_FOR(set, table) \
  ((set) == compute_baseline ? &table##_baseline : (set) == compute_neon ? &table##_neon : NULL)
#else
#define TABLE_FOR(set, table) ((set) == compute_baseline ? &table##_baseline : NULL)
#endif

#endif
