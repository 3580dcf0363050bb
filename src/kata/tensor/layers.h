// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "kata/tensor/convolution.h"
#include "kata/tensor/finish.h"
#include "kata/tensor/graph.h"

namespace kata {

/// The small layers, each a function on whole tensors. TensorFlow Lite's reference kernels say what
/// each is (tensorflow/lite/kernels/internal/reference).

/// `b` is null, or added to `a`. `out` may be `a`. `channels` of the finish come round again.
void activate(std::span<const float> a, const float* b, std::size_t channels, const Finish& finish,
              float* out);

void logistic(std::span<const float> in, float* out);

void max_pool(const float* in, const PictureSizes& in_sizes, const KernelWindow& window,
              const Clamp& clamp, const PictureSizes& out_sizes, float* out);

void mean_of_picture(const float* in, const PictureSizes& sizes, float* out);

void resize_bilinear(const float* in, const PictureSizes& in_sizes, bool has_half_pixels,
                     const PictureSizes& out_sizes, float* out);

void depth_to_space(const float* in, const PictureSizes& in_sizes, std::size_t block, float* out);

/// Copies `sizes` values, from `from_begin` on in a tensor of `from_sizes`, to `to_begin` on in one
/// of `to_sizes`: slices, paddings and concatenations.
struct Extent {
  TensorSizes sizes;
  TensorSizes from_sizes;
  std::vector<int> from_begin;
  TensorSizes to_sizes;
  std::vector<int> to_begin;
};
void copy_box(const float* from, const Extent& box, float* to);

}  // namespace kata
