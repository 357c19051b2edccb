// The products for any count of vectors, for a file that defines nibbles and bytes for 1 … VECTORS = 4 of
// them, and NAMED.

#define CASES(body) \
  case 1:           \
    body(1);        \
    break;          \
  case 2:           \
    body(2);        \
    break;          \
  case 3:           \
    body(3);        \
    break;          \
  default:          \
    body(4);

void NAMED(compute_nibbles_product)(const void *tile, size_t blocks, const int8_t *integers,
                                    const float *scales, const float *sums, size_t vectors,
                                    float *result, size_t result_stride) {
  for (size_t at = 0; at < vectors; at += VECTORS) {
#define BODY(count)                                                                             \
  nibbles(tile, blocks, integers + at * blocks * 32, scales + at * blocks, sums + at * blocks,  \
          result + at * result_stride, result_stride, count)
    switch (vectors - at) { CASES(BODY) }
#undef BODY
  }
}

void NAMED(compute_bytes_product)(const void *tile, size_t blocks, const int8_t *integers,
                                  const float *scales, size_t vectors, float *result,
                                  size_t result_stride) {
  for (size_t at = 0; at < vectors; at += VECTORS) {
#define BODY(count)                                                                           \
  bytes(tile, blocks, integers + at * blocks * 32, scales + at * blocks,                      \
        result + at * result_stride, result_stride, count)
    switch (vectors - at) { CASES(BODY) }
#undef BODY
  }
}
