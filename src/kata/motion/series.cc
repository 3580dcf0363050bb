// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/series.h"

#include <algorithm>
#include <cmath>

#include "kata/core/error.h"

namespace kata {

Series resampled(const Series& series, std::span<const double> times_s, std::size_t frames) {
  KATA_CHECK(series.frames == times_s.size() && series.frames > 0, "one time for each frame");
  Series result(series.channels, frames);
  const double begin = times_s.front();
  const double step = frames > 1 ? (times_s.back() - begin) / static_cast<double>(frames - 1) : 0;
  std::size_t right = std::min<std::size_t>(1, series.frames - 1);
  for (std::size_t frame = 0; frame < frames; ++frame) {
    const double time = begin + step * static_cast<double>(frame);
    while (right + 1 < series.frames && times_s[right] < time) ++right;
    const std::size_t left = right > 0 ? right - 1 : 0;
    const double gap = times_s[right] - times_s[left];
    const double raw = gap > 0 ? (time - times_s[left]) / gap : 1.0;
    const float share = static_cast<float>(std::clamp(raw, 0.0, 1.0));
    for (std::size_t c = 0; c < series.channels; ++c) {
      const float a = series.at(c, left);
      result.channel(c)[frame] = a + share * (series.at(c, right) - a);
    }
  }
  return result;
}

Series joined(std::span<const Series> parts) {
  Series result;
  for (const Series& part : parts) {
    if (part.channels == 0) continue;
    KATA_CHECK(result.channels == 0 || part.frames == result.frames, "parts of one length");
    result.frames = part.frames;
    result.channels += part.channels;
    result.values.insert(result.values.end(), part.values.begin(), part.values.end());
  }
  return result;
}

double rms_difference(const Series& a, const Series& b) {
  KATA_CHECK(a.channels == b.channels && a.frames == b.frames, "series of one shape");
  double sum = 0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) {
    const double difference = static_cast<double>(a.values[i]) - static_cast<double>(b.values[i]);
    if (!std::isfinite(difference)) continue;
    sum += difference * difference;
    ++count;
  }
  return count > 0 ? std::sqrt(sum / static_cast<double>(count)) : 0;
}

}  // namespace kata
