#ifndef INSTRUCTION_SETS_H
#define INSTRUCTION_SETS_H

#include <stdbool.h>

// Instruction sets that kernels exist for. On x86-64 the baseline is SSE2, on 64-bit ARM it is what
// the compiler makes of four lanes, and elsewhere whatever it can.
enum compute_instruction_set {
  compute_baseline = 0,
  compute_avx2 = 1,    // AVX2 with fused multiply-add
  compute_avx512 = 2,  // AVX-512 F, BW, DQ and VL
  compute_neon = 3,    // Advanced SIMD of 64-bit ARM
};

// Whether this processor, and the system on it, can run a set.
bool compute_has(enum compute_instruction_set set);

// Whether this processor multiplies bytes and adds them up in one instruction (AVX512_VNNI).
bool compute_has_byte_products(void);

// The best set that this processor can run, or the one that the environment variable MACHINEROOM_ISA
// names (baseline, avx2, avx512 or neon), if the processor can run it. The environment is read once.
enum compute_instruction_set compute_best(void);

// A hint to the processor that this thread is waiting in a loop.
static inline void compute_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
