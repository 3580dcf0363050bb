// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/hand_pair.h"

#include <utility>

#include "kata/core/topology.h"
#include "kata/landmark/region_choice.h"

namespace kata {
namespace {

/// Source: mediapipe/modules/holistic_landmark/hand_wrist_for_pose.pbtxt and its threshold.
constexpr double kLeastWristVisibility = 0.1;

}  // namespace

HandPair::HandPair(Network recrop, Network landmark)
    : recrop_network_(std::move(recrop)),
      hand_network_(std::move(landmark)),
      ways_{Way{HandRecrop(recrop_network_.make_inference()),
                HandNetwork(hand_network_.make_inference())},
            Way{HandRecrop(recrop_network_.make_inference()),
                HandNetwork(hand_network_.make_inference())}} {}

void HandPair::start_recrop(const ImageView& image, const Regions& wide) {
  for (std::size_t i = 0; i < wide.size(); ++i) {
    ways_[i].is_recropping = wide[i].has_value();
    if (wide[i]) ways_[i].recrop.start(image, *wide[i]);
  }
}

Regions HandPair::finish_recrop() {
  Regions tight;
  for (std::size_t i = 0; i < tight.size(); ++i) {
    if (std::exchange(ways_[i].is_recropping, false)) tight[i] = ways_[i].recrop.finish();
  }
  return tight;
}

void HandPair::start(const ImageView& image, const Regions& regions) {
  for (std::size_t i = 0; i < regions.size(); ++i) {
    ways_[i].is_under_way = regions[i].has_value();
    if (regions[i]) ways_[i].hand.start(image, *regions[i]);
  }
}

Hands HandPair::finish(const PerSide<double>& least) {
  Hands hands;
  for (std::size_t i = 0; i < hands.size(); ++i) {
    presences_[i] = 0;
    if (!std::exchange(ways_[i].is_under_way, false)) continue;
    HandInImage hand = ways_[i].hand.finish();
    presences_[i] = hand.presence;
    if (hand.presence > least[i]) hands[i] = hand;
  }
  return hands;
}

Regions regions_from_wrists(const BodyInImage& body) {
  Regions regions;
  if (body.visibility[kLeftWrist] > kLeastWristVisibility) {
    regions[index(Side::kLeft)] = region_from_wrist(body, Side::kLeft);
  }
  if (body.visibility[kRightWrist] > kLeastWristVisibility) {
    regions[index(Side::kRight)] = region_from_wrist(body, Side::kRight);
  }
  return regions;
}

Regions followed_regions(const Hands& previous, const Regions& led_by_body) {
  Regions regions = led_by_body;
  for (std::size_t i = 0; i < regions.size(); ++i) {
    if (!regions[i] || !previous[i]) continue;
    std::array<PointInImage, kHandPoints> points;
    for (std::size_t k = 0; k < kHandPoints; ++k) points[k] = previous[i]->points[k].point();
    const RectInImage followed = region_from_hand(*previous[i]);
    if (is_tracking_kept(followed, points, *regions[i], hand_tolerance())) regions[i] = followed;
  }
  return regions;
}

}  // namespace kata
