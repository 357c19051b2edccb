#ifndef ELEMENTWISE_TABLES_H
#define ELEMENTWISE_TABLES_H

#include "elementwise_kernels.h"

extern const struct compute_elementwise compute_elementwise_baseline;
#if defined(__x86_64__)
extern const struct compute_elementwise compute_elementwise_avx2;
extern const struct compute_elementwise compute_elementwise_avx512;
#endif

#endif
