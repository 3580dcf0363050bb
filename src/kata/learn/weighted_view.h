// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "kata/learn/channel_fill.h"
#include "kata/learn/classifier.h"

namespace kata {

/// A series as neighbours and postures compare it: gaps filled, thinned, hands weighted against the
/// body, as much of each channel's level kept as the data asks for.
struct WeightedView {
  ChannelFill fill;
  std::uint32_t body_channels = 0;
  float hand_weight = 1;
  float level_share = 1;

  static WeightedView learn(const Dataset& dataset, float hand_weight);
  Series of(const Series& series, std::size_t frames) const;

  void save(ByteWriter& writer) const;
  static WeightedView load(ByteReader& reader);
};

/// The series on so many evenly spaced frames.
Series thinned(const Series& series, std::size_t frames);

}  // namespace kata
