// SPDX-License-Identifier: Apache-2.0
#include "kata/tensor/dead_channels.h"

#include <algorithm>

namespace kata {

LivingChannels living_channels(const InvertedResidual& block) {
  const std::size_t channels = block.expand_bias.size();
  const std::size_t inputs = block.expand.size() / channels;
  LivingChannels living;
  living.project_bias.assign(block.project_bias.begin(), block.project_bias.end());
  for (std::size_t channel = 0; channel < channels; ++channel) {
    const auto weights = block.expand.subspan(channel * inputs, inputs);
    const bool is_constant =
        std::all_of(weights.begin(), weights.end(), [](float weight) { return weight == 0; });
    // Zero, and not any constant: the depthwise convolution's margin is zero too.
    const bool is_zero = is_constant && std::clamp(block.expand_bias[channel], block.expand_low,
                                                   block.expand_high) == 0;
    const float share =
        std::clamp(block.depthwise_bias[channel], block.depthwise_low, block.depthwise_high);
    bool is_used = false;
    for (std::size_t output = 0; output < living.project_bias.size(); ++output) {
      const float weight = block.project[output * channels + channel];
      is_used = is_used || weight != 0;
      if (is_zero) living.project_bias[output] += weight * share;
    }
    if (is_used && !is_zero) living.kept.push_back(channel);
  }
  return living;
}

}  // namespace kata
