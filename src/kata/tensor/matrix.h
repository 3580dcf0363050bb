// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/tensor/graph.h"

namespace kata {

/// Weights of a convolution or a fully connected layer as the kernel wants them: panels of a few
/// outputs each, in a panel input after input.
class Matrix {
 public:
  /// `weights` is [outputs, inputs]; `bias` has a value for each output, `slopes` too or is empty.
  Matrix(std::span<const float> weights, std::span<const float> bias,
         std::span<const float> slopes);

  std::size_t inputs() const { return inputs_; }
  std::size_t outputs() const { return outputs_; }

 private:
  friend class Multiplication;
  std::size_t inputs_;
  std::size_t outputs_;
  std::vector<float> panels_;
  std::vector<float> bias_;
  std::vector<float> slopes_;
};

/// MatrixRows of floats, one for each pixel, `stride` apart.
struct MatrixRows {
  const float* data;
  std::size_t stride;
  std::size_t count;
};

/// Writes for each row the matrix times the row + bias (+ the same place of `residual`, if not
/// null), below zero × slopes or clamped, to `out`, row after row without gaps.
void multiply(const MatrixRows& rows, const Matrix& matrix, const Clamp& clamp, const float* residual,
              float* out);

}  // namespace kata
