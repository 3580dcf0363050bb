// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/tensor/convolution.h"
#include "kata/tensor/finish.h"
#include "kata/tensor/graph.h"

namespace kata {

/// `weights` are [height, width, channels] of the window; `slopes` is empty for none.
struct DepthwiseWeights {
  std::span<const float> weights;
  std::span<const float> bias;
  std::span<const float> slopes;
};

/// A convolution of each channel by itself.
class DepthwiseConvolution {
 public:
  DepthwiseConvolution(const PictureSizes& in, const PictureSizes& out, const KernelWindow& window,
                       const DepthwiseWeights& weights, const Clamp& clamp);

  /// Floats that run() needs beside the pictures.
  static std::size_t scratch(const PictureSizes& in, const KernelWindow& window);
  void run(const float* in, float* out, float* scratch) const;

 private:
  const float* row(const float* in, std::ptrdiff_t line, float* scratch) const;
  void run_row(const std::vector<const float*>& rows, float* out) const;
  template <std::size_t kColumns, std::size_t kStride>
  void run_row_of(const std::vector<const float*>& rows, float* out) const;
  template <typename Value, std::size_t kColumns, std::size_t kStride, std::size_t kPixels>
  void run_pixels(const std::vector<const float*>& rows, std::size_t x, std::size_t channel,
                  float* out) const;
  template <typename Value>
  void run_any(const std::vector<const float*>& rows, std::size_t x, std::size_t channel,
               float* out) const;

  PictureSizes in_;
  PictureSizes out_;
  KernelWindow window_;
  std::vector<float> weights_;
  std::vector<float> bias_;
  std::vector<float> slopes_;
  Clamp clamp_;
};

}  // namespace kata
