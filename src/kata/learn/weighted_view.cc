// SPDX-License-Identifier: Apache-2.0
#include "kata/learn/weighted_view.h"

#include <numeric>
#include <vector>

namespace kata {

Series thinned(const Series& series, std::size_t frames) {
  std::vector<double> times(series.frames);
  std::iota(times.begin(), times.end(), 0.0);
  return resampled(series, times, frames);
}

WeightedView WeightedView::learn(const Dataset& dataset, float hand_weight) {
  return {ChannelFill::fit(dataset.series), static_cast<std::uint32_t>(dataset.body_channels),
          hand_weight, dataset.level_share};
}

Series WeightedView::of(const Series& series, std::size_t frames) const {
  Series thin = thinned(fill.fill(series), frames);
  for (std::size_t c = 0; c < thin.channels; ++c) {
    const auto values = thin.channel(c);
    const float weight = c < body_channels ? 1.0F : hand_weight;
    const float sum = std::accumulate(values.begin(), values.end(), 0.0F);
    const float dropped = (1 - level_share) * sum / static_cast<float>(values.size());
    for (float& value : values) value = weight * (value - dropped);
  }
  return thin;
}

void WeightedView::save(ByteWriter& writer) const {
  fill.save(writer);
  writer.put(body_channels);
  writer.put(hand_weight);
  writer.put(level_share);
}

WeightedView WeightedView::load(ByteReader& reader) {
  WeightedView view;
  view.fill = ChannelFill::load(reader);
  view.body_channels = reader.number<std::uint32_t>();
  view.hand_weight = reader.number<float>();
  view.level_share = reader.number<float>();
  return view;
}

}  // namespace kata
