// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/channel_fill.h"

#include <cmath>

#include "kata/core/error.h"

namespace kata {

ChannelFill ChannelFill::fit(std::span<const Series> training) {
  ChannelFill result;
  if (training.empty()) return result;
  for (std::size_t c = 0; c < training[0].channels; ++c) {
    double sum = 0;
    std::size_t count = 0;
    for (const Series& series : training) {
      for (const float value : series.channel(c)) {
        if (!std::isfinite(value)) continue;
        sum += static_cast<double>(value);
        ++count;
      }
    }
    result.means_.push_back(count > 0 ? static_cast<float>(sum / static_cast<double>(count))
                                      : 0.0F);
  }
  return result;
}

Series ChannelFill::fill(const Series& series) const {
  KATA_CHECK(series.channels == means_.size(), "a series with the fitted channels");
  Series result = series;
  for (std::size_t c = 0; c < result.channels; ++c) {
    for (float& value : result.channel(c)) {
      if (!std::isfinite(value)) value = means_[c];
    }
  }
  return result;
}

ChannelFill ChannelFill::load(ByteReader& reader) {
  ChannelFill result;
  result.means_ = reader.array<float>();
  return result;
}

}  // namespace kata
