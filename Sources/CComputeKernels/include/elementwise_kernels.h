#ifndef ELEMENTWISE_KERNELS_H
#define ELEMENTWISE_KERNELS_H

#include "instruction_sets.h"
#include <stddef.h>

// Kernels over rows of floats. Pointers need no alignment, counts may be anything, and 0 does
// nothing. A result may be written over an argument, at the same address. The order of a sum depends
// on the count and the instruction set alone. Every kernel exists for each instruction set: the
// functions take the best, compute_elementwise_for gives those of one.

// What AdamW does in one step.
//   m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  where g = gradient_scale · gradient
//   w ← w − learning_rate · (m / correction1 / (√(v / correction2) + epsilon) + weight_decay · w)
// with correction1 = 1 − β₁ᵗ and correction2 = 1 − β₂ᵗ after t steps.
// Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization", ICLR 2019, algorithm 2.
struct compute_adamw_step {
  float learning_rate, beta1, beta2, epsilon, weight_decay;
  float correction1, correction2;
  float gradient_scale;
};

// values[i] ← e^values[i], off by less than 2⁻²³ of it (1.3 units in the last place); 0 below −87, infinity
// above 88.7228.
void compute_exp(float *values, size_t count);

// values[i] ← tanh(values[i]), off by less than 2⁻²² of it (2.6 units in the last place).
void compute_tanh(float *values, size_t count);

// result[i] ← silu(gate[i]) · up[i], where silu(x) = x / (1 + e^−x).
void compute_silu_gate(const float *gate, const float *up, float *result, size_t count);

// The gradients of the gate and of up, from that of the result; both are overwritten.
void compute_silu_gate_backward(const float *gate, const float *up, const float *result_gradient,
                                float *gate_gradient, float *up_gradient, size_t count);

// result[i] ← ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))), x = values[i].
// Source: Hendrycks and Gimpel, "Gaussian Error Linear Units (GELUs)", 2016, section 2.
void compute_gelu(const float *values, float *result, size_t count);

// gradient[i] ← result_gradient[i] · gelu′(values[i]).
void compute_gelu_backward(const float *values, const float *result_gradient, float *gradient,
                           size_t count);

// row ← softmax(scale · row), in place. Returns log Σ e^(scale · row[i]) of the row before, so that a
// cross entropy is that minus scale · row[target].
float compute_softmax(float *row, size_t count, float scale);

// gradient ← scale · p · (gradient − Σ p · gradient), in place: from the gradient of a softmax's
// probabilities p to that of the row that it was made of.
void compute_softmax_backward(const float *probabilities, float *gradient, size_t count,
                              float scale);

// result[i] ← weight[i] · values[i] · r, where r = 1 / √(mean of squares + epsilon). Returns r.
// Source: Zhang and Sennrich, "Root Mean Square Layer Normalization", NeurIPS 2019, equation 4.
float compute_rms_norm(const float *values, const float *weight, float *result, size_t count,
                       float epsilon);

// Adds the gradient of the values to gradient, and that of the weight to weight_gradient, from that of
// the result; inverse_rms is what compute_rms_norm returned.
//   gradient[i] += r · (w[i] g[i] − values[i] · r² · mean of (w g values))
//   weight_gradient[i] += g[i] · values[i] · r
void compute_rms_norm_backward(const float *values, const float *weight, float inverse_rms,
                               const float *result_gradient, float *gradient,
                               float *weight_gradient, size_t count);

// Σ a[i] · b[i].
float compute_dot(const float *a, const float *b, size_t count);

// y[i] += factor · x[i].
void compute_axpy(float factor, const float *x, float *y, size_t count);

// y[i] += x[i].
void compute_add(const float *x, float *y, size_t count);

// y[i] *= x[i].
void compute_multiply(const float *x, float *y, size_t count);

// values[i] *= factor.
void compute_scale(float factor, float *values, size_t count);

// Σ values[i], in blocks of 4,096 that are added up in double.
double compute_sum(const float *values, size_t count);

// Σ values[i]², in blocks of 4,096 that are added up in double.
double compute_sum_of_squares(const float *values, size_t count);

// The largest of the values, −∞ if there are none.
float compute_maximum(const float *values, size_t count);

// One step of AdamW for so many weights.
void compute_adamw(struct compute_adamw_step step, const float *gradients, float *weights,
                   float *means, float *variances, size_t count);

// The same kernels of one instruction set, which the processor must have.
struct compute_elementwise {
  __typeof__(compute_exp) *exp;
  __typeof__(compute_tanh) *tanh;
  __typeof__(compute_silu_gate) *silu_gate;
  __typeof__(compute_silu_gate_backward) *silu_gate_backward;
  __typeof__(compute_gelu) *gelu;
  __typeof__(compute_gelu_backward) *gelu_backward;
  __typeof__(compute_softmax) *softmax;
  __typeof__(compute_softmax_backward) *softmax_backward;
  __typeof__(compute_rms_norm) *rms_norm;
  __typeof__(compute_rms_norm_backward) *rms_norm_backward;
  __typeof__(compute_dot) *dot;
  __typeof__(compute_axpy) *axpy;
  __typeof__(compute_add) *add;
  __typeof__(compute_multiply) *multiply;
  __typeof__(compute_scale) *scale;
  __typeof__(compute_sum) *sum;
  __typeof__(compute_sum_of_squares) *sum_of_squares;
  __typeof__(compute_maximum) *maximum;
  __typeof__(compute_adamw) *adamw;
};

// The table of a set, or null where the program was not built for it.
const struct compute_elementwise *compute_elementwise_for(enum compute_instruction_set set);

#endif
