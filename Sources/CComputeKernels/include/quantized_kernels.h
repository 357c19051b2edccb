#ifndef QUANTIZED_KERNELS_H
#define QUANTIZED_KERNELS_H

#include "instruction_sets.h"
#include <stddef.h>
#include <stdint.h>

// Products of vectors with matrices whose numbers are stored in few bits.
//
// A matrix lies in tiles of 16 rows, so that a load brings the same columns of all of them and no sum
// goes across a vector. The rows are cut into blocks of 32 columns, and a tile's blocks follow each
// other. What a block of a tile looks like depends on the layout:
//   nibbles, 320 bytes: 16 steps d and 16 offsets m as 16-bit floats, then 4 lines of 64 bytes. The
//     32 bits of row r in line c hold columns 8 c … 8 c + 7: in the lower 16 bits the even columns,
//     in the upper 16 the odd ones, four bits each. The number is d · q + m.
//   bytes, 544 bytes: 16 steps, then 16 lines of 32 bytes, where bytes 2 r and 2 r + 1 of line c hold
//     columns 2 c and 2 c + 1 of row r with sign. The number is d · q.
//   floats, 2,048 bytes: 32 lines of 16 numbers, one column each.

enum compute_layout { compute_floats = 0, compute_nibbles = 1, compute_bytes = 2 };

// Formats of rows in model files, by GGUF's numbers.
enum compute_format {
  compute_f32 = 0,
  compute_f16 = 1,
  compute_q4_0 = 2,
  compute_q4_1 = 3,
  compute_q8_0 = 8,
  compute_q4_k = 12,
  compute_q6_k = 14,
  compute_bf16 = 30,
};

// The layout that holds a format: 4 bits stay 4 bits (Q4_K's steps and offsets are rounded to 16-bit
// floats), Q6_K is rounded to 8 bits, and all floats become 32-bit floats.
enum compute_layout compute_layout_of(enum compute_format format);

// Bytes of a tile with so many columns, of which bytes and nibbles need a multiple of 32.
size_t compute_tile_bytes(enum compute_layout layout, size_t columns);

// Packs up to 16 rows, which lie one after the other, into a tile; rows that are not there are zero.
void compute_pack_tile(enum compute_format format, const void *rows, size_t row_count,
                       size_t columns, void *tile);

// Writes the numbers of one row of a tile.
void compute_unpack_row(enum compute_layout layout, const void *tile, size_t row, size_t columns,
                        float *numbers);

// Rounds vectors to 16 bits, block by block of 32: values ≈ scale · integer with |integer| ≤ 32,767.
// sums gets scale · Σ integer of each block. All three follow each other vector by vector.
void compute_quantize(const float *values, size_t blocks, int16_t *integers, float *scales,
                      float *sums);

// result[v · result_stride + r] = row r of a tile · vector v, for r = 0 … 15 and all vectors, which
// are rounded to 16 bits. What a vector gets does not depend on how many there are.
void compute_nibbles_product(const void *tile, size_t blocks, const int16_t *integers,
                             const float *scales, const float *sums, size_t vectors, float *result,
                             size_t result_stride);

// The same for a tile of bytes.
void compute_bytes_product(const void *tile, size_t blocks, const int16_t *integers,
                           const float *scales, size_t vectors, float *result,
                           size_t result_stride);

// result[v · result_stride + r] = Σₖ values[v · stride + k] · panel[k · panel_stride + r] for
// r = 0 … 15 and k = 0 … depth − 1, or that added to what is there. A tile of floats is a panel
// with a stride of 16. The order of a sum depends on nothing but the instruction set.
void compute_panel_product(const float *panel, size_t panel_stride, size_t depth,
                           const float *values, size_t stride, size_t vectors, float *result,
                           size_t result_stride, bool accumulates);

// Writes the four lines of a block of nibbles from 16 rows that are `stride` bytes apart, each of 16 bytes
// whose lower halves are columns 0 … 15 and whose upper halves are columns 16 … 31.
void compute_nibble_lines(const uint8_t *from, size_t stride, uint8_t *to);

// The same kernels of one instruction set, which the processor must have.
struct compute_quantized {
  __typeof__(compute_quantize) *quantize;
  __typeof__(compute_nibbles_product) *nibbles_product;
  __typeof__(compute_bytes_product) *bytes_product;
  __typeof__(compute_panel_product) *panel_product;
  __typeof__(compute_nibble_lines) *nibble_lines;
};

// The table of a set, or null where the program was not built for it.
const struct compute_quantized *compute_quantized_for(enum compute_instruction_set set);

// The same as it is on processors without products of bytes (see compute_has_byte_products).
const struct compute_quantized *compute_quantized_plain(enum compute_instruction_set set);

#endif
