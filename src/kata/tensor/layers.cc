// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/layers.h"

#include <algorithm>
#include <cmath>

#include "kata/tensor/lanes.h"

namespace kata {
namespace {

/// Between which two lines or columns a resized one lies.
struct Blend {
  std::size_t first;
  std::size_t second;
  float share;  ///< of the second
};

std::vector<Blend> blends(std::size_t in, std::size_t out, bool has_half_pixels) {
  const float scale = static_cast<float>(in) / static_cast<float>(out);
  std::vector<Blend> blends(out);
  for (std::size_t i = 0; i < out; ++i) {
    const float at = has_half_pixels ? (static_cast<float>(i) + 0.5f) * scale - 0.5f
                                     : static_cast<float>(i) * scale;
    const float floor = std::floor(at);
    const auto last = static_cast<float>(in - 1);
    blends[i] = {static_cast<std::size_t>(std::clamp(floor, 0.0f, last)),
                 static_cast<std::size_t>(std::clamp(floor + 1, 0.0f, last)), at - floor};
  }
  return blends;
}

std::size_t offset(const TensorSizes& sizes, const std::vector<int>& index) {
  std::size_t offset = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i)
    offset = offset * static_cast<std::size_t>(sizes[i]) + static_cast<std::size_t>(index[i]);
  return offset;
}

}  // namespace

void activate(std::span<const float> a, const float* b, std::size_t channels, const Finish& finish,
              float* out) {
  for (std::size_t pixel = 0; pixel < a.size(); pixel += channels) {
    for_lanes(channels, [&]<typename Value>(std::size_t channel) {
      const std::size_t place = pixel + channel;
      Value value = load<Value>(a.data() + place);
      if (b != nullptr) value += load<Value>(b + place);
      store(out + place, finish.apply(value, channel));
    });
  }
}

void logistic(std::span<const float> in, float* out) {
  for (const float value : in) *out++ = 1.0f / (1.0f + std::exp(-value));
}

void max_pool(const float* in, const PictureSizes& in_sizes, const KernelWindow& window,
              const Clamp& clamp, const PictureSizes& out_sizes, float* out) {
  const auto range = [](std::size_t step, int stride, int margin, int length, std::size_t size) {
    const std::ptrdiff_t begin = static_cast<std::ptrdiff_t>(step) * stride - margin;
    const auto limit = static_cast<std::ptrdiff_t>(size);
    return std::pair(
        static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(begin, 0, limit)),
        static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(begin + length, 0, limit)));
  };
  const std::size_t channels = in_sizes.channels;
  const Finish finish{clamp};
  for (std::size_t y = 0; y < out_sizes.height; ++y) {
    const auto [top, bottom] =
        range(y, window.stride_y, window.margins.top, window.height, in_sizes.height);
    for (std::size_t x = 0; x < out_sizes.width; ++x, out += channels) {
      const auto [left, right] =
          range(x, window.stride_x, window.margins.left, window.width, in_sizes.width);
      for_lanes(channels, [&, top = top, bottom = bottom, left = left,
                           right = right]<typename Value>(std::size_t channel) {
        Value most = splat<Value>(-std::numeric_limits<float>::infinity());
        for (std::size_t line = top; line < bottom; ++line) {
          const float* row = in + line * in_sizes.width * channels + channel;
          for (std::size_t i = left; i < right; ++i)
            most = larger(most, load<Value>(row + i * channels));
        }
        store(out + channel, finish.apply(most, channel));
      });
    }
  }
}

void mean_of_picture(const float* in, const PictureSizes& sizes, float* out) {
  const std::size_t pixels = sizes.height * sizes.width;
  for_lanes(sizes.channels, [&]<typename Value>(std::size_t channel) {
    Value sum = splat<Value>(0);
    for (std::size_t pixel = 0; pixel < pixels; ++pixel)
      sum += load<Value>(in + pixel * sizes.channels + channel);
    store(out + channel, sum * splat<Value>(1.0f / static_cast<float>(pixels)));
  });
}

void resize_bilinear(const float* in, const PictureSizes& in_sizes, bool has_half_pixels,
                     const PictureSizes& out_sizes, float* out) {
  const std::vector<Blend> lines = blends(in_sizes.height, out_sizes.height, has_half_pixels);
  const std::vector<Blend> columns = blends(in_sizes.width, out_sizes.width, has_half_pixels);
  const std::size_t channels = in_sizes.channels;
  const std::size_t width = in_sizes.width * channels;
  for (const Blend& y : lines) {
    const float* upper = in + y.first * width;
    const float* lower = in + y.second * width;
    for (const Blend& x : columns) {
      const std::size_t left = x.first * channels;
      const std::size_t right = x.second * channels;
      for_lanes(channels, [&]<typename Value>(std::size_t c) {
        const Value share = splat<Value>(x.share);
        const Value a = load<Value>(upper + left + c);
        const Value b = load<Value>(lower + left + c);
        const Value above = a + (load<Value>(upper + right + c) - a) * share;
        const Value below = b + (load<Value>(lower + right + c) - b) * share;
        store(out + c, above + (below - above) * splat<Value>(y.share));
      });
      out += channels;
    }
  }
}

void depth_to_space(const float* in, const PictureSizes& in_sizes, std::size_t block, float* out) {
  const std::size_t channels = in_sizes.channels / (block * block);
  for (std::size_t y = 0; y < in_sizes.height * block; ++y) {
    for (std::size_t x = 0; x < in_sizes.width * block; ++x) {
      const std::size_t pixel = y / block * in_sizes.width + x / block;
      const std::size_t part = y % block * block + x % block;
      out = std::copy_n(in + pixel * in_sizes.channels + part * channels, channels, out);
    }
  }
}

void copy_box(const float* from, const Extent& box, float* to) {
  const std::size_t rank = box.sizes.size();
  const auto length = static_cast<std::size_t>(box.sizes.back());
  std::vector<int> index(rank, 0);
  std::vector<int> source = box.from_begin;
  std::vector<int> target = box.to_begin;
  for (std::size_t row = volume(box.sizes) / length; row > 0; --row) {
    std::copy_n(from + offset(box.from_sizes, source), length, to + offset(box.to_sizes, target));
    for (std::size_t i = rank - 1; i-- > 0;) {  // counts on in all dimensions but the last
      ++source[i];
      ++target[i];
      if (++index[i] < box.sizes[i]) break;
      index[i] = 0;
      source[i] = box.from_begin[i];
      target[i] = box.to_begin[i];
    }
  }
}

}  // namespace kata
