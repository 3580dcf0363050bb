// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "kata/core/image.h"
#include "kata/core/landmarks.h"
#include "kata/infer/network.h"
#include "kata/landmark/hand_network.h"
#include "kata/landmark/parts_in_image.h"

namespace kata {

/// Left and right, in this order, of something that each hand has.
template <typename T>
using PerSide = std::array<T, 2>;

inline constexpr PerSide<Side> kSides = {Side::kLeft, Side::kRight};

constexpr std::size_t index(Side side) { return side == Side::kLeft ? 0 : 1; }
constexpr Side other(Side side) { return side == Side::kLeft ? Side::kRight : Side::kLeft; }

using Hands = PerSide<std::optional<HandInImage>>;
using Regions = PerSide<std::optional<RectInImage>>;

inline constexpr PerSide<double> kLeastPresences = {kLeastHandPresence, kLeastHandPresence};

/// Looks at up to two hands at once.
class HandPair {
 public:
  /// Both networks need two parallel inferences.
  HandPair(Network recrop, Network landmark);

  /// Tight regions of hands for the wide ones that a body's wrists give; other work fits between
  /// the two halves.
  void start_recrop(const ImageView& image, const Regions& wide);
  Regions finish_recrop();

  /// Hands in these regions whose presence is above the side's `least`.
  Hands detect(const ImageView& image, const Regions& regions,
               const PerSide<double>& least = kLeastPresences) {
    start(image, regions);
    return finish(least);
  }
  /// The two halves of detect(), with other work between them.
  void start(const ImageView& image, const Regions& regions);
  Hands finish(const PerSide<double>& least = kLeastPresences);
  /// Presence of what the latest detect() looked at; 0 where it did not look.
  const PerSide<double>& presences() const { return presences_; }

 private:
  struct Way {
    HandRecrop recrop;
    HandNetwork hand;
    bool is_recropping = false;
    bool is_under_way = false;
  };

  Network recrop_network_;
  Network hand_network_;
  PerSide<Way> ways_;
  PerSide<double> presences_{};
};

/// Wide regions about the body's wrists, where these are likely in the picture.
Regions regions_from_wrists(const BodyInImage& body);

/// Where to look: the last frame's hand if it still fits what the body says, else the body's word.
/// Source: mediapipe/modules/holistic_landmark/hand_tracking_cpu.pbtxt.
Regions followed_regions(const Hands& previous, const Regions& led_by_body);

}  // namespace kata
