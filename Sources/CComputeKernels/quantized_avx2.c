#include "quantized_tables.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define LANES 8
#define NAMED(name) name##_avx2
#define PANEL_VECTORS 6

// Every processor with AVX2 converts 16-bit floats (F16C).
#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)

#include "vectors.h"

#include "quantized_body.h"

// How many vectors meet a tile at once.
#define VECTORS 4
#define EACH(index, count) _Pragma("clang loop unroll(full)") for (int index = 0; index < count; index++)

INLINE __m256 from_halves(const uint8_t *from) {
  return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)from));
}

// Four columns of a vector, to all rows.
INLINE __m256i columns(const int8_t *from) {
  int32_t four;
  memcpy(&four, from, sizeof four);
  return _mm256_set1_epi32(four);
}

// Each 32-bit lane is a row. Products of a nibble and a byte are added in pairs to 16 bits, at most
// 2 · 15 · 127 each, and eight of them fit without overflow.
INLINE void nibbles(const uint8_t *tile, size_t blocks, const int8_t *x, const float *scales,
                    const float *sums, float *result, size_t result_stride, const int vectors) {
  const __m256i lower = _mm256_set1_epi8(15), ones = _mm256_set1_epi16(1);
  __m256 total[VECTORS][2];
  EACH(v, vectors) EACH(half, 2) total[v][half] = _mm256_setzero_ps();
  for (size_t block = 0; block < blocks; block++, tile += 320) {
    __m256i pairs[VECTORS][2];
    EACH(v, vectors) EACH(half, 2) pairs[v][half] = _mm256_setzero_si256();
    EACH(line, 4) {
      __m256i low[2], high[2];
      EACH(half, 2) {
        const uint8_t *from = tile + 64 + 64 * line + 32 * half;
        __m256i both = _mm256_loadu_si256((const __m256i *)from);
        low[half] = _mm256_and_si256(both, lower);
        high[half] = _mm256_and_si256(_mm256_srli_epi16(both, 4), lower);
      }
      EACH(v, vectors) {
        const int8_t *at = x + (v * blocks + block) * 32 + 8 * line;
        __m256i first = columns(at), second = columns(at + 4);
        EACH(half, 2) {
          __m256i sum = _mm256_add_epi16(_mm256_maddubs_epi16(low[half], first),
                                         _mm256_maddubs_epi16(high[half], second));
          pairs[v][half] = _mm256_add_epi16(pairs[v][half], sum);
        }
      }
    }
    EACH(half, 2) {
      __m256 step = from_halves(tile + 16 * half), offset = from_halves(tile + 32 + 16 * half);
      EACH(v, vectors) {
        __m256 sum = _mm256_cvtepi32_ps(_mm256_madd_epi16(pairs[v][half], ones));
        __m256 scale = _mm256_mul_ps(step, _mm256_set1_ps(scales[v * blocks + block]));
        __m256 part = _mm256_fmadd_ps(sum, scale, total[v][half]);
        total[v][half] = _mm256_fmadd_ps(offset, _mm256_set1_ps(sums[v * blocks + block]), part);
      }
    }
  }
  EACH(v, vectors) EACH(half, 2) {
    _mm256_storeu_ps(result + v * result_stride + 8 * half, total[v][half]);
  }
}

// Bytes with sign: the sign goes from the weight to the column, as one factor must be without.
INLINE void bytes(const uint8_t *tile, size_t blocks, const int8_t *x, const float *scales,
                  float *result, size_t result_stride, const int vectors) {
  const __m256i ones = _mm256_set1_epi16(1);
  __m256 total[VECTORS][2];
  EACH(v, vectors) EACH(half, 2) total[v][half] = _mm256_setzero_ps();
  for (size_t block = 0; block < blocks; block++, tile += 544) {
    __m256i sums[VECTORS][2];
    EACH(v, vectors) EACH(half, 2) sums[v][half] = _mm256_setzero_si256();
    EACH(line, 8) {
      __m256i weights[2];
      EACH(half, 2) {
        const uint8_t *from = tile + 32 + 64 * line + 32 * half;
        weights[half] = _mm256_loadu_si256((const __m256i *)from);
      }
      EACH(v, vectors) {
        __m256i four = columns(x + (v * blocks + block) * 32 + 4 * line);
        EACH(half, 2) {
          __m256i pairs = _mm256_maddubs_epi16(_mm256_abs_epi8(weights[half]),
                                               _mm256_sign_epi8(four, weights[half]));
          sums[v][half] = _mm256_add_epi32(sums[v][half], _mm256_madd_epi16(pairs, ones));
        }
      }
    }
    EACH(half, 2) {
      __m256 step = from_halves(tile + 16 * half);
      EACH(v, vectors) {
        __m256 scale = _mm256_mul_ps(step, _mm256_set1_ps(scales[v * blocks + block]));
        total[v][half] =
            _mm256_fmadd_ps(_mm256_cvtepi32_ps(sums[v][half]), scale, total[v][half]);
      }
    }
  }
  EACH(v, vectors) EACH(half, 2) {
    _mm256_storeu_ps(result + v * result_stride + 8 * half, total[v][half]);
  }
}

#include "quantized_vectors.h"

#pragma clang attribute pop

const struct compute_quantized compute_quantized_avx2 = {
    .quantize = quantize_avx2,
    .nibbles_product = compute_nibbles_product_avx2,
    .bytes_product = compute_bytes_product_avx2,
    .panel_product = panel_product_avx2,
};

#endif
