// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kata/learn/bytes.h"
#include "kata/motion/series.h"

namespace kata {

struct RocketOptions {
  std::uint32_t features = 2500;  ///< rounded down to a multiple of the 84 kernels
  std::uint32_t most_dilations = 32;
  std::uint32_t most_channels = 4;  ///< summed before one convolution; more mix joints that have
                                    ///< nothing to do with each other
  std::uint64_t seed = 1;
};

/// Turns a series into the shares of time during which fixed convolutions exceed learned limits.
///
/// MiniRocket (Dempster, Schmidt and Webb, KDD 2021) for several channels: 84 kernels of nine taps
/// (weights −1 and 2), dilations, random channel sums, biases from quantiles of the training data.
class RocketTransform {
 public:
  /// All series have one shape, at least nine frames and no NaN.
  static RocketTransform fit(std::span<const Series> training, const RocketOptions& options);

  std::size_t features() const { return biases_.size(); }
  std::size_t channels() const { return channels_; }
  std::size_t frames() const { return frames_; }
  /// Writes features() values, each 0–1.
  void transform(const Series& series, std::span<float> features) const;

  void save(ByteWriter& writer) const;
  static RocketTransform load(ByteReader& reader);

 private:
  struct Combination {  // one kernel at one dilation on one sum of channels
    std::uint32_t kernel = 0;
    std::uint32_t dilation = 1;
    std::uint32_t first_channel = 0;  // in chosen_channels_
    std::uint32_t channel_count = 0;
    std::uint32_t first_bias = 0;
    std::uint32_t bias_count = 0;
  };

  void plan(const RocketOptions& options);
  void convolve(const Series& series, const Combination& combination, float* padded,
                float* out) const;
  std::size_t padded_size() const;

  std::uint32_t channels_ = 0;
  std::uint32_t frames_ = 0;
  std::vector<Combination> combinations_;
  std::vector<std::uint32_t> chosen_channels_;
  std::vector<float> biases_;
};

}  // namespace kata
