// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/crop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "kata/core/error.h"
#include "kata/landmark/crop_lanes.h"

namespace kata {
namespace {

// Positions are walked in fixed point with 40 fraction bits: over 256 steps the error stays below
// 2⁻³² px, so that rounding to 1/32 px falls the same way as in double precision.
constexpr int kFractionBits = 40;
constexpr int kStepBits = 5;  ///< 1/32 px
constexpr std::int64_t kHalfStep = std::int64_t{1} << (kFractionBits - kStepBits - 1);
constexpr std::int64_t kOnePixel = std::int64_t{1} << kFractionBits;
constexpr double kFarthest = 1e6;  ///< px; beyond it fixed point would overflow

std::int64_t fixed(double value) { return std::llround(std::ldexp(value, kFractionBits)); }

/// Weights of the four taps for each of the 32 × 32 sub-pixel positions, summing to 1024: the upper
/// two packed into one word, the lower two into another.
struct TapWeights {
  std::uint32_t upper;
  std::uint32_t lower;
};

constexpr std::array<TapWeights, 1024> make_tap_weights() {
  std::array<TapWeights, 1024> table{};
  for (std::uint32_t y = 0; y < 32; ++y) {
    for (std::uint32_t x = 0; x < 32; ++x) {
      table[y * 32 + x] = {((32 - x) * (32 - y)) | ((x * (32 - y)) << 16),
                           ((32 - x) * y) | ((x * y) << 16)};
    }
  }
  return table;
}

constexpr std::array<TapWeights, 1024> kTapWeights = make_tap_weights();

/// One row of the tensor: fixed-point position of its first pixel and the step to the next.
struct Row {
  std::int64_t x;
  std::int64_t y;
  std::int64_t step_x;
  std::int64_t step_y;
};

/// Calls `at(i, x, y, weights)` for each step in [begin, end), with whole pixels x and y.
template <typename At>
void walk(const Row& row, std::int64_t begin, std::int64_t end, const At& at) {
  std::int64_t fixed_x = row.x + begin * row.step_x;
  std::int64_t fixed_y = row.y + begin * row.step_y;
  for (std::int64_t i = begin; i < end; ++i) {
    const std::int64_t x = fixed_x >> (kFractionBits - kStepBits);
    const std::int64_t y = fixed_y >> (kFractionBits - kStepBits);
    fixed_x += row.step_x;
    fixed_y += row.step_y;
    at(i, x >> kStepBits, y >> kStepBits,
       kTapWeights[static_cast<std::size_t>((y & 31) * 32 + (x & 31))]);
  }
}

struct Scale {
  float factor;
  float offset;
};

/// Byte positions of red, green and blue in a pixel.
struct ChannelOrder {
  int red;
  int green;
  int blue;
};

ChannelOrder channel_order(PixelFormat format) {
  switch (format) {
    case PixelFormat::kGray:
      return {0, 0, 0};
    case PixelFormat::kRgb:
    case PixelFormat::kRgba:
      return {0, 1, 2};
    case PixelFormat::kBgr:
    case PixelFormat::kBgra:
      return {2, 1, 0};
  }
  return {0, 1, 2};
}

std::int64_t ceil_divided(std::int64_t a, std::int64_t b) {  // b > 0
  return a >= 0 ? (a + b - 1) / b : -((-a) / b);
}

/// Narrows [begin, end) to the steps at which 0 ≤ start + i·step < limit.
void clip_steps(std::int64_t start, std::int64_t step, std::int64_t limit, std::int64_t& begin,
                std::int64_t& end) {
  if (step < 0) {  // mirror to a rising sequence: 0 ≤ v < limit  ⇔  0 ≤ limit − 1 − v < limit
    start = limit - 1 - start;
    step = -step;
  }
  if (step == 0) {
    if (start < 0 || start >= limit) end = begin;
    return;
  }
  begin = std::max(begin, ceil_divided(-start, step));
  end = std::min(end, ceil_divided(limit - start, step));
  end = std::max(begin, end);
}

/// Samples pixels whose taps may lie outside the image.
class EdgeSampler {
 public:
  EdgeSampler(const ImageView& image, Border border)
      : image_(image),
        border_(border),
        order_(channel_order(image.format)),
        channels_(channels(image.format)),
        last_pixel_(image.data + static_cast<std::size_t>(image.height - 1) * image.row_stride +
                    static_cast<std::size_t>(image.width - 1) *
                        static_cast<std::size_t>(channels_)) {}

  void sample(const Row& row, std::int64_t begin, std::int64_t end, Scale scale, float* out) const {
    if (begin >= end) return;
    if (channels_ == 3) {
      sample_as<3>(row, begin, end, scale, out);
    } else if (channels_ == 4) {
      sample_as<4>(row, begin, end, scale, out);
    } else {
      sample_as<1>(row, begin, end, scale, out);
    }
  }

 private:
  using Taps = std::array<const std::uint8_t*, 4>;

  /// Pixels and rows as one walks them; 0 where the nearest one stands for all outside.
  struct Pitch {
    std::ptrdiff_t x;
    std::ptrdiff_t y;
  };

  template <int kChannels>
  void sample_as(const Row& row, std::int64_t begin, std::int64_t end, Scale scale,
                 float* out) const {
    if (border_ == Border::kZero) {
      sample_over_black<kChannels>(row, begin, end, scale, out);
    } else {
      sample_replicated<kChannels>(row, begin, end, scale, out);
    }
  }

  template <int kChannels>
  void sample_over_black(const Row& row, std::int64_t begin, std::int64_t end, Scale scale,
                         float* out) const {
    // Far outside everything is black.
    std::int64_t near = begin;
    std::int64_t far = end;
    clip_steps(row.x + kOnePixel, row.step_x, (image_.width + 1) * kOnePixel, near, far);
    clip_steps(row.y + kOnePixel, row.step_y, (image_.height + 1) * kOnePixel, near, far);
    if (far <= near) near = far = end;
    std::fill(out + begin * 3, out + near * 3, scale.offset);
    std::fill(out + far * 3, out + end * 3, scale.offset);
    walk(row, near, far, [&](std::int64_t i, std::int64_t x, std::int64_t y, TapWeights weights) {
      write<kChannels>(taps_over_black(x, y), weights, scale, out + i * 3);
    });
  }

  /// In pieces over each of which the row stays on one side of every edge.
  template <int kChannels>
  void sample_replicated(const Row& row, std::int64_t begin, std::int64_t end, Scale scale,
                         float* out) const {
    const std::int64_t last_x = (image_.width - 1) * kOnePixel;
    const std::int64_t last_y = (image_.height - 1) * kOnePixel;
    std::array<std::int64_t, 6> cuts = {begin, begin, begin, end, end, end};
    clip_steps(row.x, row.step_x, last_x, cuts[1], cuts[3]);
    clip_steps(row.y, row.step_y, last_y, cuts[2], cuts[4]);
    for (std::int64_t& cut : cuts) cut = std::clamp(cut, begin, end);
    std::sort(cuts.begin(), cuts.end());
    for (std::size_t k = 0; k + 1 < cuts.size(); ++k) {
      if (cuts[k] == cuts[k + 1]) continue;
      const std::int64_t x = row.x + cuts[k] * row.step_x;
      const std::int64_t y = row.y + cuts[k] * row.step_y;
      const bool is_beside = x < 0 || x >= last_x;
      const bool is_above_or_below = y < 0 || y >= last_y;
      const std::uint8_t* base = image_.data;
      if (is_beside && x > 0) base += static_cast<std::size_t>(image_.width - 1) * kChannels;
      if (is_above_or_below && y > 0)
        base += static_cast<std::size_t>(image_.height - 1) * image_.row_stride;
      const Pitch pitch = {is_beside ? 0 : kChannels,
                           is_above_or_below ? 0 : static_cast<std::ptrdiff_t>(image_.row_stride)};
      sample_piece<kChannels>(base, pitch, row, cuts[k], cuts[k + 1], scale, out);
    }
  }

  template <int kChannels>
  void sample_piece(const std::uint8_t* base, Pitch pitch, const Row& row, std::int64_t begin,
                    std::int64_t end, Scale scale, float* out) const {
    if (pitch.x == 0 && pitch.y == 0) {  // the corner's colour
      write<kChannels>({base, base, base, base}, kTapWeights[0], scale, out + begin * 3);
      for (std::int64_t i = begin + 1; i < end; ++i)
        std::memcpy(out + i * 3, out + begin * 3, 3 * sizeof(float));
      return;
    }
    walk(row, begin, end, [&](std::int64_t i, std::int64_t x, std::int64_t y, TapWeights weights) {
      const std::uint8_t* upper = base + y * pitch.y + x * pitch.x;
      const std::uint8_t* lower = upper + pitch.y;
      write<kChannels>({upper, upper + pitch.x, lower, lower + pitch.x}, weights, scale,
                       out + i * 3);
    });
  }

  /// The four pixels from (x, y) on, black ones outside.
  Taps taps_over_black(std::int64_t x, std::int64_t y) const {
    const auto inside = [](std::int64_t position, int limit) {
      return static_cast<std::size_t>(std::clamp<std::int64_t>(position, 0, limit - 1));
    };
    const auto step = static_cast<std::size_t>(channels_);
    const std::size_t left = inside(x, image_.width) * step;
    const std::size_t right = inside(x + 1, image_.width) * step;
    const std::uint8_t* upper = image_.data + inside(y, image_.height) * image_.row_stride;
    const std::uint8_t* lower = image_.data + inside(y + 1, image_.height) * image_.row_stride;
    Taps found = {upper + left, upper + right, lower + left, lower + right};
    const auto blacken = [&](bool is_outside, std::size_t a, std::size_t b) {
      if (is_outside) found[a] = found[b] = kBlack.data();
    };
    blacken(x < 0 || x >= image_.width, 0, 2);
    blacken(x + 1 < 0 || x + 1 >= image_.width, 1, 3);
    blacken(y < 0 || y >= image_.height, 0, 1);
    blacken(y + 1 < 0 || y + 1 >= image_.height, 2, 3);
    return found;
  }

  template <int kChannels>
  void write(const Taps& taps, TapWeights weights, Scale scale, float* pixel) const {
#if KATA_CROP_LANES
    if constexpr (kChannels >= 3) {
      const IntLanes upper =
          weighted_pair(word<kChannels>(taps[0]), word<kChannels>(taps[1]), weights.upper);
      const IntLanes lower =
          weighted_pair(word<kChannels>(taps[2]), word<kChannels>(taps[3]), weights.lower);
      std::array<float, 4> values;
      store_values(values.data(),
                   order_.red == 0 ? tensor_values<false>(upper, lower, scale.factor, scale.offset)
                                   : tensor_values<true>(upper, lower, scale.factor, scale.offset));
      std::memcpy(pixel, values.data(), 3 * sizeof(float));
      return;
    }
#endif
    pixel[0] = value(taps, order_.red, weights, scale);
    pixel[1] = value(taps, order_.green, weights, scale);
    pixel[2] = value(taps, order_.blue, weights, scale);
  }

#if KATA_CROP_LANES
  /// Four bytes from a pixel on, of which the fourth does not count; never reads past the image.
  template <int kChannels>
  std::uint32_t word(const std::uint8_t* pixel) const {
    if (kChannels == 4 || pixel != last_pixel_) return four_bytes(pixel);
    std::uint32_t value = 0;
    std::memcpy(&value, pixel, kChannels);
    return value;
  }
#endif

  static float value(const Taps& taps, int channel, TapWeights weights, Scale scale) {
    const std::uint32_t sum =
        taps[0][channel] * (weights.upper & 0xffff) + taps[1][channel] * (weights.upper >> 16) +
        taps[2][channel] * (weights.lower & 0xffff) + taps[3][channel] * (weights.lower >> 16);
    return static_cast<float>((sum + 512) >> 10) * scale.factor + scale.offset;
  }

  static constexpr std::array<std::uint8_t, 4> kBlack{};

  ImageView image_;
  Border border_;
  ChannelOrder order_;
  int channels_;
  const std::uint8_t* last_pixel_;
};

#if KATA_CROP_LANES
/// Pixels whose taps lie inside. Reads a byte past the right tap and writes a float past the pixel,
/// so the caller leaves out the image's last column and the row's last pixel.
template <int kChannels, bool kIsBgr>
void sample_inside(const ImageView& image, const Row& row, std::int64_t begin, std::int64_t end,
                   Scale scale, float* out) {
  walk(row, begin, end, [&](std::int64_t i, std::int64_t x, std::int64_t y, TapWeights weights) {
    const std::uint8_t* upper = image.data + static_cast<std::size_t>(y) * image.row_stride +
                                static_cast<std::size_t>(x) * kChannels;
    const std::uint8_t* lower = upper + image.row_stride;
    store_values(out + i * 3,
                 tensor_values<kIsBgr>(
                     weighted_pair(four_bytes(upper), four_bytes(upper + kChannels), weights.upper),
                     weighted_pair(four_bytes(lower), four_bytes(lower + kChannels), weights.lower),
                     scale.factor, scale.offset));
  });
}

using InsideSampler = void (*)(const ImageView&, const Row&, std::int64_t, std::int64_t, Scale,
                               float*);

InsideSampler inside_sampler(PixelFormat format) {
  switch (format) {
    case PixelFormat::kGray:
      return nullptr;  // rare: the edge sampler does it all
    case PixelFormat::kRgb:
      return sample_inside<3, false>;
    case PixelFormat::kBgr:
      return sample_inside<3, true>;
    case PixelFormat::kRgba:
      return sample_inside<4, false>;
    case PixelFormat::kBgra:
      return sample_inside<4, true>;
  }
  return nullptr;
}
#else
using InsideSampler = void (*)(const ImageView&, const Row&, std::int64_t, std::int64_t, Scale,
                               float*);
InsideSampler inside_sampler(PixelFormat) { return nullptr; }
#endif

bool is_sane(const RectInImage& rect) {
  const double reach = std::abs(rect.center.x) + std::abs(rect.center.y) + std::abs(rect.width) +
                       std::abs(rect.height);
  return std::isfinite(reach) && std::isfinite(rect.angle) && reach < kFarthest;
}

}  // namespace

void crop_to_tensor(const ImageView& image, const RectInImage& rect, const TensorShape& shape,
                    std::span<float> tensor) {
  KATA_CHECK(tensor.size() ==
                 static_cast<std::size_t>(shape.size) * static_cast<std::size_t>(shape.size) * 3,
             "the tensor does not fit the crop");
  const Scale scale{(shape.high - shape.low) / 255.0f, shape.low};
  if (image.is_empty() || !is_sane(rect)) {
    std::fill(tensor.begin(), tensor.end(), shape.low);
    return;
  }
  const double c = std::cos(rect.angle);
  const double s = std::sin(rect.angle);
  const double size = shape.size;
  const PointInImage corner = image_from_unit(rect, 0, 0);
  const EdgeSampler edge(image, shape.border);
  const InsideSampler inside = inside_sampler(image.format);
  const std::int64_t last = channels(image.format) == 4 ? 1 : 2;  // see sample_inside
  Row row{0, 0, fixed(c * rect.width / size), fixed(s * rect.width / size)};
  for (int v = 0; v < shape.size; ++v) {
    row.x = fixed(corner.x - s * rect.height * v / size) + kHalfStep;
    row.y = fixed(corner.y + c * rect.height * v / size) + kHalfStep;
    float* out = tensor.data() + static_cast<std::ptrdiff_t>(v) * shape.size * 3;
    std::int64_t begin = 0;
    std::int64_t end = inside ? shape.size - 1 : 0;
    clip_steps(row.x, row.step_x, (image.width - last) * kOnePixel, begin, end);
    clip_steps(row.y, row.step_y, (image.height - 1) * kOnePixel, begin, end);
    if (end <= begin) begin = end = 0;
    // The inside goes before what follows it: its last store reaches one float too far.
    edge.sample(row, 0, begin, scale, out);
    if (end > begin) inside(image, row, begin, end, scale, out);
    edge.sample(row, end, shape.size, scale, out);
  }
}

RectInImage whole_image_square(const ImageView& image) {
  const double side = std::max(image.width, image.height);
  return {{image.width / 2.0, image.height / 2.0}, side, side, 0};
}

}  // namespace kata
