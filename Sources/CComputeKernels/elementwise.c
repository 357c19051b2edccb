#include "tables.h"

const struct compute_elementwise *compute_elementwise_for(enum compute_instruction_set set) {
  return TABLE_FOR(set, compute_elementwise);
}

static const struct compute_elementwise *best(void) {
  return compute_elementwise_for(compute_best());
}

void compute_exp(float *values, size_t count) {
  best()->exp(values, count);
}

void compute_tanh(float *values, size_t count) {
  best()->tanh(values, count);
}

void compute_silu_gate(const float *gate, const float *up, float *result, size_t count) {
  best()->silu_gate(gate, up, result, count);
}

void compute_silu_gate_backward(const float *gate, const float *up, const float *result_gradient, float *gate_gradient, float *up_gradient, size_t count) {
  best()->silu_gate_backward(gate, up, result_gradient, gate_gradient, up_gradient, count);
}

void compute_gelu(const float *values, float *result, size_t count) {
  best()->gelu(values, result, count);
}

void compute_gelu_backward(const float *values, const float *result_gradient, float *gradient, size_t count) {
  best()->gelu_backward(values, result_gradient, gradient, count);
}

float compute_softmax(float *row, size_t count, float scale) {
  return best()->softmax(row, count, scale);
}

void compute_softmax_backward(const float *probabilities, float *gradient, size_t count, float scale) {
  best()->softmax_backward(probabilities, gradient, count, scale);
}

float compute_rms_norm(const float *values, const float *weight, float *result, size_t count, float epsilon) {
  return best()->rms_norm(values, weight, result, count, epsilon);
}

void compute_rms_norm_backward(const float *values, const float *weight, float inverse_rms, const float *result_gradient, float *gradient, float *weight_gradient, size_t count) {
  best()->rms_norm_backward(values, weight, inverse_rms, result_gradient, gradient, weight_gradient, count);
}

float compute_dot(const float *a, const float *b, size_t count) {
  return best()->dot(a, b, count);
}

void compute_axpy(float factor, const float *x, float *y, size_t count) {
  best()->axpy(factor, x, y, count);
}

void compute_add(const float *x, float *y, size_t count) {
  best()->add(x, y, count);
}

void compute_multiply(const float *x, float *y, size_t count) {
  best()->multiply(x, y, count);
}

void compute_scale(float factor, float *values, size_t count) {
  best()->scale(factor, values, count);
}

double compute_sum(const float *values, size_t count) {
  return best()->sum(values, count);
}

double compute_sum_of_squares(const float *values, size_t count) {
  return best()->sum_of_squares(values, count);
}

float compute_maximum(const float *values, size_t count) {
  return best()->maximum(values, count);
}

void compute_adamw(struct compute_adamw_step step, const float *gradients, float *weights, float *means, float *variances, size_t count) {
  best()->adamw(step, gradients, weights, means, variances, count);
}
