// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kata {

/// Weights of an inverted residual block (MobileNetV2: 1×1 convolution, depthwise convolution, 1×1
/// convolution, each with its bias, the first two clamped). Matrices are [outputs, inputs].
struct InvertedResidual {
  std::span<const float> expand;
  std::span<const float> expand_bias;
  float expand_low;
  float expand_high;
  std::span<const float> depthwise_bias;
  float depthwise_low;
  float depthwise_high;
  std::span<const float> project;
  std::span<const float> project_bias;
};

/// What of a block's inside can change what it gives.
struct LivingChannels {
  std::vector<std::size_t> kept;    ///< channels between the convolutions, rising
  std::vector<float> project_bias;  ///< with the constant share of the others
};

/// Leaves out the channels of which the last convolution uses nothing, and those that are zero for
/// every picture. Training leaves many of both in MediaPipe's hand network. What the block computes
/// stays the same, up to the order of a sum. Source: docs/decisions/0112.
LivingChannels living_channels(const InvertedResidual& block);

}  // namespace kata
