#include "quantized_tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANES 16
#define NAMED(name) name##_avx512
#define PANEL_VECTORS 6

#define SET "avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx2,fma,f16c"
#pragma clang attribute push(__attribute__((target(SET))), apply_to = function)

#include "vectors.h"

#include "quantized_body.h"

#pragma clang attribute pop

#pragma clang attribute push(__attribute__((target(SET ",avx512vnni"))), apply_to = function)

#define VECTORS 4
#define EACH(index, count) _Pragma("clang loop unroll(full)") for (int index = 0; index < count; index++)

INLINE __m512 from_halves(const uint8_t *from) {
  return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)from));
}

// Four columns of a vector, to all rows.
INLINE __m512i columns(const int8_t *from) {
  int32_t four;
  memcpy(&four, from, sizeof four);
  return _mm512_set1_epi32(four);
}

// Each 32-bit lane is a row, to which four products are added at once.
INLINE void nibbles(const uint8_t *tile, size_t blocks, const int8_t *x, const float *scales,
                    const float *sums, float *result, size_t result_stride, const int vectors) {
  const __m512i lower = _mm512_set1_epi8(15);
  __m512 total[VECTORS];
  EACH(v, vectors) total[v] = _mm512_setzero_ps();
  for (size_t block = 0; block < blocks; block++, tile += 320) {
    __m512i products[VECTORS];
    EACH(v, vectors) products[v] = _mm512_setzero_si512();
    EACH(line, 4) {
      __m512i both = _mm512_loadu_si512(tile + 64 + 64 * line);
      __m512i low = _mm512_and_si512(both, lower);
      __m512i high = _mm512_and_si512(_mm512_srli_epi16(both, 4), lower);
      EACH(v, vectors) {
        const int8_t *at = x + (v * blocks + block) * 32 + 8 * line;
        products[v] = _mm512_dpbusd_epi32(products[v], low, columns(at));
        products[v] = _mm512_dpbusd_epi32(products[v], high, columns(at + 4));
      }
    }
    __m512 step = from_halves(tile), offset = from_halves(tile + 32);
    EACH(v, vectors) {
      __m512 scale = _mm512_mul_ps(step, _mm512_set1_ps(scales[v * blocks + block]));
      __m512 part = _mm512_fmadd_ps(_mm512_cvtepi32_ps(products[v]), scale, total[v]);
      total[v] = _mm512_fmadd_ps(offset, _mm512_set1_ps(sums[v * blocks + block]), part);
    }
  }
  EACH(v, vectors) _mm512_storeu_ps(result + v * result_stride, total[v]);
}

// Bytes with sign: the sign goes from the weight to the column, as one factor must be without.
INLINE void bytes(const uint8_t *tile, size_t blocks, const int8_t *x, const float *scales,
                  float *result, size_t result_stride, const int vectors) {
  const __m512i zero = _mm512_setzero_si512();
  __m512 total[VECTORS];
  EACH(v, vectors) total[v] = _mm512_setzero_ps();
  for (size_t block = 0; block < blocks; block++, tile += 544) {
    __m512i products[VECTORS];
    EACH(v, vectors) products[v] = _mm512_setzero_si512();
    EACH(line, 8) {
      __m512i weights = _mm512_loadu_si512(tile + 32 + 64 * line);
      __m512i size = _mm512_abs_epi8(weights);
      __mmask64 negative = _mm512_movepi8_mask(weights);
      EACH(v, vectors) {
        __m512i four = columns(x + (v * blocks + block) * 32 + 4 * line);
        __m512i turned = _mm512_mask_sub_epi8(four, negative, zero, four);
        products[v] = _mm512_dpbusd_epi32(products[v], size, turned);
      }
    }
    __m512 step = from_halves(tile);
    EACH(v, vectors) {
      __m512 scale = _mm512_mul_ps(step, _mm512_set1_ps(scales[v * blocks + block]));
      total[v] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(products[v]), scale, total[v]);
    }
  }
  EACH(v, vectors) _mm512_storeu_ps(result + v * result_stride, total[v]);
}

static __typeof__(compute_nibbles_product) compute_nibbles_product_avx512;
static __typeof__(compute_bytes_product) compute_bytes_product_avx512;

#include "quantized_vectors.h"

#pragma clang attribute pop

const struct compute_quantized compute_quantized_avx512 = {
    .quantize = quantize_avx512,
    .nibbles_product = compute_nibbles_product_avx2,
    .bytes_product = compute_bytes_product_avx2,
    .panel_product = panel_product_avx512,
};

const struct compute_quantized compute_quantized_avx512_bytes = {
    .quantize = quantize_avx512,
    .nibbles_product = compute_nibbles_product_avx512,
    .bytes_product = compute_bytes_product_avx512,
    .panel_product = panel_product_avx512,
};

#endif
