// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace ov {
class Model;
}  // namespace ov

namespace kata {

/// Takes out of a network's inverted residual blocks (MobileNetV2: 1×1 convolution, depthwise
/// convolution, 1×1 convolution, each with its bias, the first two clamped) the channels between
/// the convolutions that cannot change what the block gives: those of which the last convolution
/// uses nothing, and those that are zero for every picture, whose constant share of the block's
/// result moves into its bias. Training leaves many of both in MediaPipe's hand network. What the
/// network computes stays the same, up to the order of a sum.
///
/// Returns how many channels were taken out. Source: docs/decisions/0112.
std::size_t remove_dead_channels(ov::Model& model);

}  // namespace kata
