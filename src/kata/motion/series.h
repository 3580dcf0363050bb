// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kata {

/// Channels over evenly spaced frames; channels-first in memory, so that loops over time vectorise.
/// A channel whose source was never seen is NaN throughout.
struct Series {
  std::size_t channels = 0;
  std::size_t frames = 0;
  std::vector<float> values;  ///< [channels, frames] row-major

  Series() = default;
  Series(std::size_t channel_count, std::size_t frame_count)
      : channels(channel_count), frames(frame_count), values(channel_count * frame_count) {}

  std::span<float> channel(std::size_t index) { return {&values[index * frames], frames}; }
  std::span<const float> channel(std::size_t index) const {
    return {&values[index * frames], frames};
  }
  float at(std::size_t channel_index, std::size_t frame) const {
    return values[channel_index * frames + frame];
  }
};

/// Linear resampling to `frames` evenly spaced moments between the first and the last time.
/// `times_s` rises and has one value for each frame of the series.
Series resampled(const Series& series, std::span<const double> times_s, std::size_t frames);

/// The channels of all parts, one after another; all have the same number of frames.
Series joined(std::span<const Series> parts);

/// Root of the mean square of what differs between two series of one shape; NaN pairs are left out.
double rms_difference(const Series& a, const Series& b);

}  // namespace kata
