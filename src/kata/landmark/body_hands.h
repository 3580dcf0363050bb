// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>

#include "kata/core/image.h"
#include "kata/infer/network.h"
#include "kata/landmark/hand_network.h"
#include "kata/landmark/parts_in_image.h"

namespace kata {

/// Left and right, in this order, of something that each hand has.
template <typename T>
using PerSide = std::array<T, 2>;

constexpr std::size_t index(Side side) { return side == Side::kLeft ? 0 : 1; }
inline constexpr PerSide<Side> kSides = {Side::kLeft, Side::kRight};

using Hands = PerSide<std::optional<HandInImage>>;

/// Finds the hands to which a body's wrists lead, both at once, and follows them.
/// Source: mediapipe/modules/holistic_landmark/hand_landmarks_from_pose_cpu.pbtxt.
class BodyHands {
 public:
  /// The networks need two parallel inferences each.
  BodyHands(Network recrop, Network landmark);

  /// `previous`: the hands of the frame right before, where there were any.
  void start(const ImageView& image, const BodyInImage& body, const Hands& previous);
  /// Hands whose presence is high enough.
  Hands finish();

 private:
  struct Way {
    HandRecrop recrop;
    HandNetwork hand;
    bool is_under_way = false;
  };

  Network recrop_network_;
  Network hand_network_;
  PerSide<Way> ways_;
};

}  // namespace kata
