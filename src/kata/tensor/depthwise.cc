// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/depthwise.h"

#include <algorithm>
#include <array>

#include "kata/tensor/lanes.h"

namespace kata {
namespace {

/// Neighbours in a row that share what they read; their sums and a row of weights fit into the
/// registers.
constexpr std::size_t kPixelsAtOnce = 4;

/// Floats of an input row with its margins.
std::size_t padded_row(const PictureSizes& in, const KernelWindow& window) {
  return (in.width + static_cast<std::size_t>(window.margins.left + window.margins.right)) *
         in.channels;
}

}  // namespace

DepthwiseConvolution::DepthwiseConvolution(const PictureSizes& in, const PictureSizes& out,
                                           const KernelWindow& window, const DepthwiseWeights& weights,
                                           const Clamp& clamp)
    : in_(in),
      out_(out),
      window_(window),
      weights_(weights.weights.begin(), weights.weights.end()),
      bias_(weights.bias.begin(), weights.bias.end()),
      slopes_(weights.slopes.begin(), weights.slopes.end()),
      clamp_(clamp) {}

/// The rows that a window sees, and one of zeros.
std::size_t DepthwiseConvolution::scratch(const PictureSizes& in, const KernelWindow& window) {
  return (static_cast<std::size_t>(window.height) + 1) * padded_row(in, window);
}

/// Row `line` of the input with its margins, in its place of the scratch.
const float* DepthwiseConvolution::row(const float* in, std::ptrdiff_t line, float* scratch) const {
  const std::size_t width = in_.width * in_.channels;
  const auto left = static_cast<std::size_t>(window_.margins.left) * in_.channels;
  const auto right = static_cast<std::size_t>(window_.margins.right) * in_.channels;
  float* const begin =
      scratch + static_cast<std::size_t>(line % window_.height) * padded_row(in_, window_);
  float* to = std::fill_n(begin, left, 0.0f);
  to = std::copy_n(in + static_cast<std::size_t>(line) * width, width, to);
  std::fill_n(to, right, 0.0f);
  return begin;
}

void DepthwiseConvolution::run(const float* in, float* out, float* scratch) const {
  const auto height = static_cast<std::ptrdiff_t>(in_.height);
  const auto length = static_cast<std::size_t>(window_.height);
  float* const zeros = scratch + length * padded_row(in_, window_);
  std::fill_n(zeros, padded_row(in_, window_), 0.0f);
  std::vector<const float*> kept(length, zeros);  // by line modulo the window's height
  std::vector<const float*> rows(length);
  std::ptrdiff_t next = 0;  // lines before are in the scratch, or no longer needed
  for (std::size_t y = 0; y < out_.height; ++y) {
    const std::ptrdiff_t top =
        static_cast<std::ptrdiff_t>(y) * window_.stride_y - window_.margins.top;
    for (std::size_t i = 0; i < length; ++i) {
      const std::ptrdiff_t line = top + static_cast<std::ptrdiff_t>(i);
      if (line < 0 || line >= height) {
        rows[i] = zeros;
        continue;
      }
      const auto place = static_cast<std::size_t>(line % window_.height);
      if (line >= next) {
        kept[place] = row(in, line, scratch);
        next = line + 1;
      }
      rows[i] = kept[place];
    }
    run_row(rows, out + y * out_.width * out_.channels);
  }
}

void DepthwiseConvolution::run_row(const std::vector<const float*>& rows, float* out) const {
  const auto is = [this](int width, int stride) {
    return window_.width == width && window_.stride_x == stride;
  };
  if (is(3, 1)) return run_row_of<3, 1>(rows, out);
  if (is(3, 2)) return run_row_of<3, 2>(rows, out);
  if (is(5, 1)) return run_row_of<5, 1>(rows, out);
  if (is(5, 2)) return run_row_of<5, 2>(rows, out);
  for (std::size_t x = 0; x < out_.width; ++x) {
    for_lanes(out_.channels,
              [&]<typename Value>(std::size_t channel) { run_any<Value>(rows, x, channel, out); });
  }
}

template <std::size_t kColumns, std::size_t kStride>
void DepthwiseConvolution::run_row_of(const std::vector<const float*>& rows, float* out) const {
  std::size_t x = 0;
  const auto run_some = [&]<std::size_t kPixels>() {
    for_lanes(out_.channels, [&]<typename Value>(std::size_t channel) {
      run_pixels<Value, kColumns, kStride, kPixels>(rows, x, channel, out);
    });
    x += kPixels;
  };
  while (x + kPixelsAtOnce <= out_.width) run_some.template operator()<kPixelsAtOnce>();
  if (x + 2 <= out_.width) run_some.template operator()<2>();
  if (x < out_.width) run_some.template operator()<1>();
}

template <typename Value, std::size_t kColumns, std::size_t kStride, std::size_t kPixels>
void DepthwiseConvolution::run_pixels(const std::vector<const float*>& rows, std::size_t x,
                                      std::size_t channel, float* out) const {
  const std::size_t channels = out_.channels;
  std::array<Value, kPixels> sums;
  sums.fill(load<Value>(bias_.data() + channel));
  const float* weights = weights_.data() + channel;
  for (const float* const row : rows) {
    std::array<Value, kColumns> w;
    for (std::size_t i = 0; i < kColumns; ++i) w[i] = load<Value>(weights + i * channels);
    weights += kColumns * channels;
    const float* from = row + x * kStride * channels + channel;
#pragma GCC unroll 16
    for (std::size_t column = 0; column < (kPixels - 1) * kStride + kColumns; ++column) {
      const Value seen = load<Value>(from + column * channels);
#pragma GCC unroll 4
      for (std::size_t pixel = 0; pixel < kPixels; ++pixel) {
        const std::size_t i = column - pixel * kStride;  // wraps around where it is before
        if (i < kColumns) sums[pixel] = multiplied_added(seen, w[i], sums[pixel]);
      }
    }
  }
  const Finish finish{clamp_, slopes_.empty() ? nullptr : slopes_.data()};
  for (std::size_t pixel = 0; pixel < kPixels; ++pixel) {
    store(out + (x + pixel) * channels + channel, finish.apply(sums[pixel], channel));
  }
}

template <typename Value>
void DepthwiseConvolution::run_any(const std::vector<const float*>& rows, std::size_t x,
                                   std::size_t channel, float* out) const {
  const std::size_t channels = out_.channels;
  const std::size_t first = x * static_cast<std::size_t>(window_.stride_x);
  Value sum = load<Value>(bias_.data() + channel);
  const float* weights = weights_.data() + channel;
  for (const float* const row : rows) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(window_.width); ++i) {
      sum = multiplied_added(load<Value>(row + (first + i) * channels + channel),
                             load<Value>(weights), sum);
      weights += channels;
    }
  }
  const Finish finish{clamp_, slopes_.empty() ? nullptr : slopes_.data()};
  store(out + x * channels + channel, finish.apply(sum, channel));
}

}  // namespace kata
