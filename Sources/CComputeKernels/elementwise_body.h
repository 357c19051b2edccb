// The element-wise kernels, for a file that defines LANES and NAMED (what a name is called for its
// instruction set) and includes vectors.h.

#include "elementwise_kernels.h"
#include <math.h>

// Runs statements for each vector of a row, with its place in `at` and its length in `lanes`: whole
// vectors first, where the length is a constant, then what is left.
#define EACH_PART(...)                            \
  do {                                            \
    size_t at = 0;                                \
    for (; at + LANES <= count; at += LANES) {    \
      const size_t lanes = LANES;                 \
      __VA_ARGS__                                 \
    }                                             \
    if (at < count) {                             \
      const size_t lanes = count - at;            \
      __VA_ARGS__                                 \
    }                                             \
  } while (0)

// MARK: - Exponential and what is made of it

// x = n · ln 2 + r with |r| ≤ ln 2 / 2. The rest is exact as ln 2 is taken in two parts, the first
// short enough that its product with n is.
INLINE floats reduced(floats x, integers *power) {
  const floats shift = all(12582912.0f);  // 1.5 · 2²³: adding it rounds to a whole number
  floats shifted = x * 1.44269504f + shift;
  floats n = shifted - shift;
  *power = (integers)shifted - (integers)shift;
  return (x - n * 0.693359375f) + n * 2.12194440e-4f;
}

// (e^r − 1) / r by Taylor's series; what is left out is below 0.3466⁷ / 8! = 1.5e-8.
INLINE floats series(floats r) {
  floats sum = r * (1.0f / 5040) + 1.0f / 720;
  sum = sum * r + 1.0f / 120;
  sum = sum * r + 1.0f / 24;
  sum = sum * r + 1.0f / 6;
  sum = sum * r + 0.5f;
  return sum * r + 1.0f;
}

INLINE floats exponential(floats x) {
  // Comparisons are false for what is no number, so that it passes.
  integers power;
  floats r = reduced(larger(all(-87), smaller(all(89), x)), &power);
  // Twice 2ⁿ⁻¹, as 2ⁿ alone has no room for n = 128. For n = −126 the bits are those of 0.
  floats half = (floats)((power + 126) << 23);
  return (series(r) * r + 1.0f) * 2.0f * half;
}

// With t = e^(−2|x|) − 1, which is computed without subtracting near 0, tanh |x| = −t / (2 + t).
INLINE floats hyperbolic_tangent(floats x) {
  const integers sign = (integers)all(-0.0f);
  floats size = (floats)((integers)x & ~sign);
  integers power;
  floats r = reduced(smaller(all(10), size) * -2.0f, &power);
  floats scale = (floats)((power + 127) << 23);
  floats t = scale * (series(r) * r) + (scale - 1.0f);
  floats result = -t / (t + 2.0f);
  return (floats)((integers)result | ((integers)x & sign));
}

INLINE floats sigmoid(floats x) { return 1.0f / (exponential(-x) + 1.0f); }

static void NAMED(exp)(float *values, size_t count) {
  EACH_PART(store_part(values + at, exponential(load_part(values + at, lanes)), lanes););
}

static void NAMED(tanh)(float *values, size_t count) {
  EACH_PART(store_part(values + at, hyperbolic_tangent(load_part(values + at, lanes)), lanes););
}

static void NAMED(silu_gate)(const float *gate, const float *up, float *result, size_t count) {
  EACH_PART({
    floats x = load_part(gate + at, lanes);
    store_part(result + at, x * sigmoid(x) * load_part(up + at, lanes), lanes);
  });
}

// silu′(x) = s (1 + x (1 − s)) with s the sigmoid of x.
static void NAMED(silu_gate_backward)(const float *gate, const float *up,
                                      const float *result_gradient, float *gate_gradient,
                                      float *up_gradient, size_t count) {
  EACH_PART({
    floats x = load_part(gate + at, lanes), s = sigmoid(x);
    floats factor = load_part(up + at, lanes), upstream = load_part(result_gradient + at, lanes);
    store_part(up_gradient + at, upstream * x * s, lanes);
    store_part(gate_gradient + at, upstream * factor * s * (x * (1.0f - s) + 1.0f), lanes);
  });
}

// ½ (1 + tanh u) is the sigmoid of 2u.
#define GELU_SLOPE 1.59576912f  // 2 √(2/π)
#define GELU_CUBE 0.044715f

static void NAMED(gelu)(const float *values, float *result, size_t count) {
  EACH_PART({
    floats x = load_part(values + at, lanes);
    floats s = sigmoid(GELU_SLOPE * (x + GELU_CUBE * x * x * x));
    store_part(result + at, x * s, lanes);
  });
}

static void NAMED(gelu_backward)(const float *values, const float *result_gradient,
                                 float *gradient, size_t count) {
  EACH_PART({
    floats x = load_part(values + at, lanes), square = x * x;
    floats s = sigmoid(GELU_SLOPE * (x + GELU_CUBE * x * square));
    floats slope = s + x * s * (1.0f - s) * (GELU_SLOPE * (1.0f + 3.0f * GELU_CUBE * square));
    store_part(gradient + at, load_part(result_gradient + at, lanes) * slope, lanes);
  });
}

// MARK: - Sums

// Four sums side by side, as an addition takes as long as four can be begun.
static float NAMED(dot)(const float *a, const float *b, size_t count) {
  floats sums[4] = {{0}};
  size_t at = 0;
  for (; at + 4 * LANES <= count; at += 4 * LANES) {
    for (int part = 0; part < 4; part++) {
      sums[part] += load(a + at + part * LANES) * load(b + at + part * LANES);
    }
  }
  for (int part = 0; at < count; at += LANES, part++) {
    size_t lanes = count - at < LANES ? count - at : LANES;
    sums[part] += load_part(a + at, lanes) * load_part(b + at, lanes);
  }
  return sum_of_lanes((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

INLINE float short_sum(const float *values, size_t count) {
  floats sums[4] = {{0}};
  size_t at = 0;
  for (; at + 4 * LANES <= count; at += 4 * LANES) {
    for (int part = 0; part < 4; part++) sums[part] += load(values + at + part * LANES);
  }
  for (int part = 0; at < count; at += LANES, part++) {
    sums[part] += load_part(values + at, count - at < LANES ? count - at : LANES);
  }
  return sum_of_lanes((sums[0] + sums[1]) + (sums[2] + sums[3]));
}

enum { sum_block = 4096 };

static double NAMED(sum)(const float *values, size_t count) {
  double result = 0;
  for (size_t at = 0; at < count; at += sum_block) {
    result += short_sum(values + at, count - at < sum_block ? count - at : sum_block);
  }
  return result;
}

static double NAMED(sum_of_squares)(const float *values, size_t count) {
  double result = 0;
  for (size_t at = 0; at < count; at += sum_block) {
    size_t length = count - at < sum_block ? count - at : sum_block;
    result += NAMED(dot)(values + at, values + at, length);
  }
  return result;
}

static float NAMED(maximum)(const float *values, size_t count) {
  floats largest = all(-INFINITY);
  size_t at = 0;
  for (; at + LANES <= count; at += LANES) largest = larger(load(values + at), largest);
  float result = largest_lane(largest);
  for (; at < count; at++) result = values[at] > result ? values[at] : result;
  return result;
}

// MARK: - Linear

static void NAMED(axpy)(float factor, const float *x, float *y, size_t count) {
  EACH_PART({
    floats sum = load_part(y + at, lanes) + factor * load_part(x + at, lanes);
    store_part(y + at, sum, lanes);
  });
}

static void NAMED(add)(const float *x, float *y, size_t count) {
  EACH_PART(store_part(y + at, load_part(y + at, lanes) + load_part(x + at, lanes), lanes););
}

static void NAMED(multiply)(const float *x, float *y, size_t count) {
  EACH_PART(store_part(y + at, load_part(y + at, lanes) * load_part(x + at, lanes), lanes););
}

static void NAMED(scale)(float factor, float *values, size_t count) {
  EACH_PART(store_part(values + at, load_part(values + at, lanes) * factor, lanes););
}

// MARK: - Rows

static float NAMED(softmax)(float *row, size_t count, float scale) {
  if (count == 0) return -INFINITY;
  // The exponents are taken from the largest one, so that none is above 0.
  NAMED(scale)(scale, row, count);
  float extreme = NAMED(maximum)(row, count);
  floats sums = {0};
  EACH_PART({
    floats part = exponential(load_part(row + at, lanes) - extreme);
    store_part(row + at, part, lanes);
    // What lies behind the end is not of the row.
    sums += part_of(part, lanes);
  });
  float sum = sum_of_lanes(sums);
  NAMED(scale)(1 / sum, row, count);
  return extreme + logf(sum);
}

static void NAMED(softmax_backward)(const float *probabilities, float *gradient, size_t count,
                                    float scale) {
  float mean = NAMED(dot)(probabilities, gradient, count);
  EACH_PART({
    floats p = load_part(probabilities + at, lanes), g = load_part(gradient + at, lanes);
    store_part(gradient + at, scale * p * (g - mean), lanes);
  });
}

static float NAMED(rms_norm)(const float *values, const float *weight, float *result, size_t count,
                             float epsilon) {
  if (count == 0) return 0;
  float mean = NAMED(dot)(values, values, count) / (float)count;
  float inverse = 1 / sqrtf(mean + epsilon);
  EACH_PART({
    floats normal = load_part(values + at, lanes) * inverse;
    store_part(result + at, load_part(weight + at, lanes) * normal, lanes);
  });
  return inverse;
}

static void NAMED(rms_norm_backward)(const float *values, const float *weight, float inverse_rms,
                                     const float *result_gradient, float *gradient,
                                     float *weight_gradient, size_t count) {
  if (count == 0) return;
  floats sums = {0};
  EACH_PART({
    sums += load_part(weight + at, lanes) * load_part(result_gradient + at, lanes) *
            load_part(values + at, lanes);
  });
  float mean = sum_of_lanes(sums) / (float)count * inverse_rms * inverse_rms;
  EACH_PART({
    floats x = load_part(values + at, lanes), g = load_part(result_gradient + at, lanes);
    floats w = load_part(weight + at, lanes);
    floats before = load_part(gradient + at, lanes);
    store_part(gradient + at, before + inverse_rms * (w * g - x * mean), lanes);
    before = load_part(weight_gradient + at, lanes);
    store_part(weight_gradient + at, before + g * x * inverse_rms, lanes);
  });
}

// MARK: - Learning

static void NAMED(adamw)(struct compute_adamw_step step, const float *gradients, float *weights,
                         float *means, float *variances, size_t count) {
  float mean_factor = step.learning_rate / step.correction1;
  float variance_factor = 1 / step.correction2;
  float kept = 1 - step.learning_rate * step.weight_decay;
  EACH_PART({
    floats g = load_part(gradients + at, lanes) * step.gradient_scale;
    floats m = load_part(means + at, lanes), v = load_part(variances + at, lanes);
    m = step.beta1 * m + (1 - step.beta1) * g;
    v = step.beta2 * v + (1 - step.beta2) * g * g;
    store_part(means + at, m, lanes);
    store_part(variances + at, v, lanes);
    floats deviation = __builtin_elementwise_sqrt(v * variance_factor);
    floats change = mean_factor * m / (deviation + step.epsilon);
    store_part(weights + at, load_part(weights + at, lanes) * kept - change, lanes);
  });
}

const struct compute_elementwise NAMED(compute_elementwise) = {
    .exp = NAMED(exp),
    .tanh = NAMED(tanh),
    .silu_gate = NAMED(silu_gate),
    .silu_gate_backward = NAMED(silu_gate_backward),
    .gelu = NAMED(gelu),
    .gelu_backward = NAMED(gelu_backward),
    .softmax = NAMED(softmax),
    .softmax_backward = NAMED(softmax_backward),
    .rms_norm = NAMED(rms_norm),
    .rms_norm_backward = NAMED(rms_norm_backward),
    .dot = NAMED(dot),
    .axpy = NAMED(axpy),
    .add = NAMED(add),
    .multiply = NAMED(multiply),
    .scale = NAMED(scale),
    .sum = NAMED(sum),
    .sum_of_squares = NAMED(sum_of_squares),
    .maximum = NAMED(maximum),
    .adamw = NAMED(adamw),
};
