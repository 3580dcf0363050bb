// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/rocket_transform.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "kata/core/error.h"
#include "kata/learn/random.h"

namespace kata {
namespace {

constexpr std::size_t kTaps = 9;
constexpr std::size_t kKernels = 84;  // ways to choose the three taps of weight 2 among nine
constexpr double kGoldenRatio = 1.6180339887498949;

using KernelTaps = std::array<std::uint8_t, 3>;

constexpr std::array<KernelTaps, kKernels> make_kernels() {
  std::array<KernelTaps, kKernels> kernels{};
  std::size_t count = 0;
  for (std::uint8_t a = 0; a < kTaps; ++a) {
    for (std::uint8_t b = a + 1; b < kTaps; ++b) {
      for (std::uint8_t c = b + 1; c < kTaps; ++c) kernels[count++] = {a, b, c};
    }
  }
  return kernels;
}
constexpr std::array<KernelTaps, kKernels> kKernelTaps = make_kernels();

struct Dilation {
  std::uint32_t step = 1;
  std::uint32_t biases = 0;  ///< for each kernel
};

/// Exponentially spaced dilations up to the series' length, sharing out the biases of a kernel.
std::vector<Dilation> share_out(std::size_t frames, std::uint32_t per_kernel, std::uint32_t most) {
  const std::uint32_t count = std::min(per_kernel, most);
  const double largest = std::log2(static_cast<double>(frames - 1) / (kTaps - 1));
  std::vector<Dilation> dilations;
  for (std::uint32_t i = 0; i < count; ++i) {
    const double exponent = count > 1 ? largest * i / (count - 1) : 0;
    const auto step = static_cast<std::uint32_t>(std::max(1.0, std::pow(2.0, exponent) + 1e-9));
    if (dilations.empty() || dilations.back().step != step) dilations.push_back({step, 0});
    ++dilations.back().biases;
  }
  std::uint32_t given = 0;
  for (Dilation& dilation : dilations) {
    dilation.biases = dilation.biases * per_kernel / count;
    given += dilation.biases;
  }
  for (std::size_t i = 0; given < per_kernel; i = (i + 1) % dilations.size(), ++given) {
    ++dilations[i].biases;
  }
  return dilations;
}

/// Linear between the order statistics; `sorted` is not empty.
float quantile(const std::vector<float>& sorted, double share) {
  const double position = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const auto rest = static_cast<float>(position - static_cast<double>(below));
  return sorted[below] + rest * (sorted[above] - sorted[below]);
}

std::size_t padding(std::uint32_t dilation) { return (kTaps / 2) * dilation; }

int count_above(const float* values, std::size_t count, float limit) {
  int above = 0;
  for (std::size_t i = 0; i < count; ++i) above += values[i] > limit ? 1 : 0;
  return above;
}

}  // namespace

void RocketTransform::plan(const RocketOptions& options) {
  const std::uint32_t per_kernel =
      std::max<std::uint32_t>(1, options.features / static_cast<std::uint32_t>(kKernels));
  const std::uint32_t most_channels = std::min(channels_, options.most_channels);
  const double exponent_range = std::log2(most_channels + 1.0);
  Random random(options.seed);
  std::vector<std::uint32_t> order(channels_);
  std::uint32_t next_bias = 0;
  for (const Dilation dilation : share_out(frames_, per_kernel, options.most_dilations)) {
    for (std::uint32_t kernel = 0; kernel < kKernels; ++kernel) {
      const double draw = std::pow(2.0, random.uniform() * exponent_range);
      const std::uint32_t count =
          std::clamp(static_cast<std::uint32_t>(draw), std::uint32_t{1}, most_channels);
      for (std::uint32_t i = 0; i < channels_; ++i) order[i] = i;
      for (std::uint32_t i = 0; i < count; ++i) {
        std::swap(order[i], order[i + random.below(channels_ - i)]);
      }
      combinations_.push_back({kernel, dilation.step,
                               static_cast<std::uint32_t>(chosen_channels_.size()), count,
                               next_bias, dilation.biases});
      chosen_channels_.insert(chosen_channels_.end(), order.begin(), order.begin() + count);
      next_bias += dilation.biases;
    }
  }
  biases_.assign(next_bias, 0.0F);
}

std::size_t RocketTransform::padded_size() const {
  std::uint32_t largest = 1;
  for (const Combination& combination : combinations_) {
    largest = std::max(largest, combination.dilation);
  }
  return frames_ + 2 * padding(largest);
}

void RocketTransform::convolve(const Series& series, const Combination& combination, float* padded,
                               float* out) const {
  const std::size_t edge = padding(combination.dilation);
  const std::size_t step = combination.dilation;
  const std::size_t frames = frames_;
  float* sum = padded + edge;
  std::fill(padded, padded + frames + 2 * edge, 0.0F);
  for (std::uint32_t i = 0; i < combination.channel_count; ++i) {
    const float* from = &series.values[chosen_channels_[combination.first_channel + i] * frames];
    for (std::size_t t = 0; t < frames; ++t) sum[t] += from[t];
  }
  const KernelTaps& taps = kKernelTaps[combination.kernel];
  const float* a = padded + taps[0] * step;
  const float* b = padded + taps[1] * step;
  const float* c = padded + taps[2] * step;
  for (std::size_t t = 0; t < frames; ++t) out[t] = 3 * (a[t] + b[t] + c[t]);
  for (std::size_t tap = 0; tap < kTaps; ++tap) {
    const float* from = padded + tap * step;
    for (std::size_t t = 0; t < frames; ++t) out[t] -= from[t];
  }
}

RocketTransform RocketTransform::fit(std::span<const Series> training,
                                     const RocketOptions& options) {
  KATA_CHECK(!training.empty() && training[0].channels > 0, "series to learn from");
  KATA_CHECK(training[0].frames > kTaps, "series longer than the kernels");
  RocketTransform result;
  result.channels_ = static_cast<std::uint32_t>(training[0].channels);
  result.frames_ = static_cast<std::uint32_t>(training[0].frames);
  result.plan(options);
  Random random(options.seed + 1);
  std::vector<float> padded(result.padded_size());
  std::vector<float> out(result.frames_);
  for (const Combination& combination : result.combinations_) {
    const Series& example = training[random.below(training.size())];
    KATA_CHECK(example.channels == result.channels_ && example.frames == result.frames_,
               "series of one shape");
    result.convolve(example, combination, padded.data(), out.data());
    std::sort(out.begin(), out.end());
    for (std::uint32_t i = 0; i < combination.bias_count; ++i) {
      const std::uint32_t bias = combination.first_bias + i;
      // A low-discrepancy sequence of quantiles, as in the paper.
      const double share = std::fmod((bias + 1.0) * kGoldenRatio, 1.0);
      result.biases_[bias] = quantile(out, share);
    }
  }
  return result;
}

void RocketTransform::transform(const Series& series, std::span<float> features) const {
  KATA_CHECK(series.channels == channels_ && series.frames == frames_,
             "a series of the fitted shape");
  KATA_CHECK(features.size() == biases_.size(), "room for all features");
  std::vector<float> padded(padded_size());
  std::vector<float> out(frames_);
  for (std::size_t i = 0; i < combinations_.size(); ++i) {
    const Combination& combination = combinations_[i];
    convolve(series, combination, padded.data(), out.data());
    // Half of the combinations leave out the edges, where the kernel sees padding.
    const bool is_inner = (i / kKernels + combination.kernel) % 2 == 1;
    const std::size_t edge = is_inner ? padding(combination.dilation) : 0;
    const std::size_t count = frames_ - 2 * edge;
    const float scale = 1.0F / static_cast<float>(count);
    for (std::uint32_t k = 0; k < combination.bias_count; ++k) {
      const std::uint32_t bias = combination.first_bias + k;
      const int above = count_above(out.data() + edge, count, biases_[bias]);
      features[bias] = static_cast<float>(above) * scale;
    }
  }
}

void RocketTransform::save(ByteWriter& writer) const {
  writer.put(channels_);
  writer.put(frames_);
  writer.put(static_cast<std::uint32_t>(combinations_.size()));
  for (const Combination& c : combinations_) {
    for (const std::uint32_t value :
         {c.kernel, c.dilation, c.first_channel, c.channel_count, c.first_bias, c.bias_count}) {
      writer.put(value);
    }
  }
  writer.put_array(chosen_channels_);
  writer.put_array(biases_);
}

RocketTransform RocketTransform::load(ByteReader& reader) {
  RocketTransform result;
  result.channels_ = reader.number<std::uint32_t>();
  result.frames_ = reader.number<std::uint32_t>();
  const std::size_t count = reader.count(6 * sizeof(std::uint32_t));
  for (std::size_t i = 0; i < count; ++i) {
    Combination c;
    for (std::uint32_t* value : {&c.kernel, &c.dilation, &c.first_channel, &c.channel_count,
                                 &c.first_bias, &c.bias_count}) {
      *value = reader.number<std::uint32_t>();
    }
    result.combinations_.push_back(c);
  }
  result.chosen_channels_ = reader.array<std::uint32_t>();
  result.biases_ = reader.array<float>();
  constexpr std::uint32_t kMost = 1U << 20;  // far beyond real use; keeps the sums below in range
  ByteReader::expect(result.frames_ > kTaps && result.frames_ < kMost && result.channels_ < kMost);
  for (const Combination& c : result.combinations_) {
    ByteReader::expect(c.kernel < kKernels && c.dilation >= 1 &&
                       (kTaps - 1) * static_cast<std::size_t>(c.dilation) < result.frames_ &&
                       std::size_t{c.first_channel} + c.channel_count <=
                           result.chosen_channels_.size() &&
                       std::size_t{c.first_bias} + c.bias_count <= result.biases_.size());
  }
  for (const std::uint32_t channel : result.chosen_channels_) {
    ByteReader::expect(channel < result.channels_);
  }
  return result;
}

}  // namespace kata
