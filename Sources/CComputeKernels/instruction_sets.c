#include "instruction_sets.h"

#include <stdlib.h>
#include <string.h>

bool compute_has(enum compute_instruction_set set) {
  switch (set) {
  case compute_baseline:
    return true;
#if defined(__x86_64__)
  case compute_avx2:
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  case compute_avx512:
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#elif defined(__aarch64__)
  case compute_neon:
    return true;
#endif
  default:
    return false;
  }
}

bool compute_has_byte_products(void) {
#if defined(__x86_64__)
  return compute_has(compute_avx512) && __builtin_cpu_supports("avx512vnni");
#else
  return false;
#endif
}

static enum compute_instruction_set chosen(void) {
  static const struct {
    const char *name;
    enum compute_instruction_set set;
  } names[] = {
      {"baseline", compute_baseline},
      {"avx2", compute_avx2},
      {"avx512", compute_avx512},
      {"neon", compute_neon},
  };
  const char *forced = getenv("MACHINEROOM_ISA");
  for (int index = 0; forced && index < 4; index++) {
    if (strcmp(forced, names[index].name) == 0 && compute_has(names[index].set)) {
      return names[index].set;
    }
  }
  if (compute_has(compute_neon)) return compute_neon;
  if (compute_has(compute_avx512)) return compute_avx512;
  return compute_has(compute_avx2) ? compute_avx2 : compute_baseline;
}

enum compute_instruction_set compute_best(void) {
  // Two threads that ask first at the same time write the same answer.
  static _Atomic int known = -1;
  int best = known;
  if (best < 0) known = best = (int)chosen();
  return (enum compute_instruction_set)best;
}
