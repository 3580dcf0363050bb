// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/crop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "kata/core/error.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace kata {
namespace {

// Positions are walked in fixed point with 40 fraction bits: over 256 steps the error stays below
// 2⁻³² px, so that rounding to 1/32 px falls the same way as in double precision.
constexpr int kFractionBits = 40;
constexpr int kStepBits = 5;  ///< 1/32 px
constexpr std::int64_t kHalfStep = std::int64_t{1} << (kFractionBits - kStepBits - 1);
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
      : image_(image), border_(border), order_(channel_order(image.format)) {}

  void sample(const Row& row, std::int64_t begin, std::int64_t end, Scale scale, float* out) const {
    for (std::int64_t i = begin; i < end; ++i) {
      const std::int64_t x = (row.x + i * row.step_x) >> (kFractionBits - kStepBits);
      const std::int64_t y = (row.y + i * row.step_y) >> (kFractionBits - kStepBits);
      const TapWeights weights = kTapWeights[static_cast<std::size_t>((y & 31) * 32 + (x & 31))];
      const std::array<const std::uint8_t*, 4> taps = {
          tap(x >> kStepBits, y >> kStepBits), tap((x >> kStepBits) + 1, y >> kStepBits),
          tap(x >> kStepBits, (y >> kStepBits) + 1),
          tap((x >> kStepBits) + 1, (y >> kStepBits) + 1)};
      float* pixel = out + i * 3;
      pixel[0] = value(taps, order_.red, weights, scale);
      pixel[1] = value(taps, order_.green, weights, scale);
      pixel[2] = value(taps, order_.blue, weights, scale);
    }
  }

 private:
  /// The pixel, or null where it counts as black.
  const std::uint8_t* tap(std::int64_t x, std::int64_t y) const {
    if (x < 0 || y < 0 || x >= image_.width || y >= image_.height) {
      if (border_ == Border::kZero) return nullptr;
      x = std::clamp<std::int64_t>(x, 0, image_.width - 1);
      y = std::clamp<std::int64_t>(y, 0, image_.height - 1);
    }
    return image_.data + static_cast<std::size_t>(y) * image_.row_stride +
           static_cast<std::size_t>(x) * static_cast<std::size_t>(channels(image_.format));
  }

  static float value(const std::array<const std::uint8_t*, 4>& taps, int channel,
                     TapWeights weights, Scale scale) {
    const auto at = [&](std::size_t i) -> std::uint32_t { return taps[i] ? taps[i][channel] : 0u; };
    const std::uint32_t sum = at(0) * (weights.upper & 0xffff) + at(1) * (weights.upper >> 16) +
                              at(2) * (weights.lower & 0xffff) + at(3) * (weights.lower >> 16);
    return static_cast<float>((sum + 512) >> 10) * scale.factor + scale.offset;
  }

  ImageView image_;
  Border border_;
  ChannelOrder order_;
};

#if defined(__SSE2__)
std::uint32_t four_bytes(const std::uint8_t* from) {
  std::uint32_t value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

/// Weighted sum of two neighbours, all channels at once, as four 32-bit lanes.
__m128i weighted_pair(const std::uint8_t* left, int channel_count, std::uint32_t weights) {
  const __m128i a = _mm_cvtsi32_si128(static_cast<int>(four_bytes(left)));
  const __m128i b = _mm_cvtsi32_si128(static_cast<int>(four_bytes(left + channel_count)));
  const __m128i pairs = _mm_unpacklo_epi8(_mm_unpacklo_epi8(a, b), _mm_setzero_si128());
  return _mm_madd_epi16(pairs, _mm_set1_epi32(static_cast<int>(weights)));
}

/// Pixels whose taps lie inside. Reads a byte past the right tap and writes a float past the pixel,
/// so the caller leaves out the image's last column and the row's last pixel.
template <int kChannels, bool kIsBgr>
void sample_inside(const ImageView& image, const Row& row, std::int64_t begin, std::int64_t end,
                   Scale scale, float* out) {
  const __m128 factor = _mm_set1_ps(scale.factor);
  const __m128 offset = _mm_set1_ps(scale.offset);
  const __m128i half = _mm_set1_epi32(512);
  std::int64_t fixed_x = row.x + begin * row.step_x;
  std::int64_t fixed_y = row.y + begin * row.step_y;
  for (std::int64_t i = begin; i < end; ++i) {
    const std::int64_t x = fixed_x >> (kFractionBits - kStepBits);
    const std::int64_t y = fixed_y >> (kFractionBits - kStepBits);
    fixed_x += row.step_x;
    fixed_y += row.step_y;
    const TapWeights weights = kTapWeights[static_cast<std::size_t>((y & 31) * 32 + (x & 31))];
    const std::uint8_t* upper = image.data +
                                static_cast<std::size_t>(y >> kStepBits) * image.row_stride +
                                static_cast<std::size_t>(x >> kStepBits) * kChannels;
    __m128i sum = _mm_add_epi32(weighted_pair(upper, kChannels, weights.upper),
                                weighted_pair(upper + image.row_stride, kChannels, weights.lower));
    sum = _mm_srli_epi32(_mm_add_epi32(sum, half), 10);
    if constexpr (kIsBgr) sum = _mm_shuffle_epi32(sum, _MM_SHUFFLE(3, 0, 1, 2));
    _mm_storeu_ps(out + i * 3, _mm_add_ps(_mm_mul_ps(_mm_cvtepi32_ps(sum), factor), offset));
  }
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
    clip_steps(row.x, row.step_x, (image.width - last) * (std::int64_t{1} << kFractionBits), begin,
               end);
    clip_steps(row.y, row.step_y, (image.height - 1) * (std::int64_t{1} << kFractionBits), begin,
               end);
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
