// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include "kata/tensor/graph.h"
#include "kata/tensor/matrix.h"

namespace kata {

/// A picture's sizes.
struct PictureSizes {
  std::size_t height;
  std::size_t width;
  std::size_t channels;
};

/// A convolution over all channels, as a multiplication of what the window sees at each pixel.
class Convolution {
 public:
  /// `matrix` has the window's rows, in them its columns, in them the channels as inputs.
  Convolution(const PictureSizes& in, const PictureSizes& out, const KernelWindow& window, Matrix matrix,
              const Clamp& clamp);

  /// Floats that run() needs beside the pictures.
  static std::size_t scratch(const PictureSizes& in, const KernelWindow& window);

  /// `residual` is null or a picture like `out`.
  void run(const float* in, const float* residual, float* out, float* scratch) const;

 private:
  void gather(const float* in, std::size_t y, std::size_t x, float* row) const;

  PictureSizes in_;
  PictureSizes out_;
  KernelWindow window_;
  Matrix matrix_;
  Clamp clamp_;
};

}  // namespace kata
