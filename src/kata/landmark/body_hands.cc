// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/body_hands.h"

#include <utility>

#include "kata/core/topology.h"
#include "kata/landmark/region_choice.h"

namespace kata {
namespace {

constexpr double kLeastWristVisibility = 0.1;

/// Where to look: the last frame's hand if it still fits what the body says, else the body's word.
RectInImage chosen_region(const std::optional<HandInImage>& previous, const RectInImage& current) {
  if (!previous) return current;
  std::array<PointInImage, kHandPoints> points;
  for (std::size_t i = 0; i < kHandPoints; ++i) points[i] = previous->points[i].point();
  const RectInImage followed = region_from_hand(*previous);
  return is_tracking_kept(followed, points, current, hand_tolerance()) ? followed : current;
}

}  // namespace

BodyHands::BodyHands(Network recrop, Network landmark)
    : recrop_network_(std::move(recrop)),
      hand_network_(std::move(landmark)),
      ways_{Way{HandRecrop(recrop_network_.make_inference()),
                HandNetwork(hand_network_.make_inference())},
            Way{HandRecrop(recrop_network_.make_inference()),
                HandNetwork(hand_network_.make_inference())}} {}

void BodyHands::start(const ImageView& image, const BodyInImage& body, const Hands& previous) {
  for (const Side side : kSides) {
    Way& way = ways_[index(side)];
    const std::size_t wrist = side == Side::kLeft ? kLeftWrist : kRightWrist;
    way.is_under_way = body.visibility[wrist] > kLeastWristVisibility;
    if (way.is_under_way) way.recrop.start(image, region_from_wrist(body, side));
  }
  for (const Side side : kSides) {
    Way& way = ways_[index(side)];
    if (!way.is_under_way) continue;
    way.hand.start(image, chosen_region(previous[index(side)], way.recrop.finish()));
  }
}

Hands BodyHands::finish() {
  Hands hands;
  for (const Side side : kSides) {
    Way& way = ways_[index(side)];
    if (!std::exchange(way.is_under_way, false)) continue;
    HandInImage hand = way.hand.finish();
    if (hand.presence > kLeastHandPresence) hands[index(side)] = hand;
  }
  return hands;
}

}  // namespace kata
