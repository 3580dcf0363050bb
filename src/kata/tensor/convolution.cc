// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/convolution.h"

#include <algorithm>
#include <utility>

namespace kata {
namespace {

constexpr std::size_t kPixelsAtOnce = 24;

bool is_pointwise(const KernelWindow& window) {
  return window.height == 1 && window.width == 1 && window.stride_x == 1 && window.stride_y == 1 &&
         window.margins == Margins{};
}

}  // namespace

Convolution::Convolution(const PictureSizes& in, const PictureSizes& out, const KernelWindow& window,
                         Matrix matrix, const Clamp& clamp)
    : in_(in), out_(out), window_(window), matrix_(std::move(matrix)), clamp_(clamp) {}

std::size_t Convolution::scratch(const PictureSizes& in, const KernelWindow& window) {
  if (is_pointwise(window)) return 0;
  return kPixelsAtOnce * static_cast<std::size_t>(window.height * window.width) * in.channels;
}

/// What the window sees at output pixel (x, y): zeros beyond the picture.
void Convolution::gather(const float* in, std::size_t y, std::size_t x, float* row) const {
  const auto height = static_cast<std::ptrdiff_t>(in_.height);
  const auto width = static_cast<std::ptrdiff_t>(in_.width);
  const auto channels = static_cast<std::ptrdiff_t>(in_.channels);
  const std::ptrdiff_t top =
      static_cast<std::ptrdiff_t>(y) * window_.stride_y - window_.margins.top;
  const std::ptrdiff_t left =
      static_cast<std::ptrdiff_t>(x) * window_.stride_x - window_.margins.left;
  const std::ptrdiff_t begin = std::clamp<std::ptrdiff_t>(-left, 0, window_.width);
  const std::ptrdiff_t end = std::clamp<std::ptrdiff_t>(width - left, begin, window_.width);
  for (std::ptrdiff_t line = top; line < top + window_.height; ++line) {
    float* const row_end = row + window_.width * channels;
    if (line < 0 || line >= height || begin == end) {
      row = std::fill_n(row, window_.width * channels, 0.0f);
      continue;
    }
    row = std::fill_n(row, begin * channels, 0.0f);
    const float* from = in + (line * width + left + begin) * channels;
    row = std::copy_n(from, (end - begin) * channels, row);
    row = std::fill_n(row, row_end - row, 0.0f);
  }
}

void Convolution::run(const float* in, const float* residual, float* out, float* scratch) const {
  const std::size_t pixels = out_.height * out_.width;
  const std::size_t inputs = matrix_.inputs();
  if (is_pointwise(window_)) {
    multiply({in, inputs, pixels}, matrix_, clamp_, residual, out);
    return;
  }
  for (std::size_t pixel = 0; pixel < pixels; pixel += kPixelsAtOnce) {
    const std::size_t count = std::min(kPixelsAtOnce, pixels - pixel);
    for (std::size_t i = 0; i < count; ++i) {
      gather(in, (pixel + i) / out_.width, (pixel + i) % out_.width, scratch + i * inputs);
    }
    const std::size_t place = pixel * matrix_.outputs();
    multiply({scratch, inputs, count}, matrix_, clamp_,
             residual == nullptr ? nullptr : residual + place, out + place);
  }
}

}  // namespace kata
