// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "kata/motion/point_track.h"
#include "kata/motion/series.h"

namespace kata {

/// Which parts of a body a craft is judged by; decided once from its repetitions and kept with the
/// classifier, so that every repetition gives the same channels.
struct FeaturePlan {
  bool with_arms = false;
  bool with_legs = false;
  bool with_left_hand = false;
  bool with_right_hand = false;
  bool with_hand_paths = false;  ///< no body in view: where the hands go counts by itself
  std::uint32_t frames = 64;     ///< of the series, whatever the repetition's duration

  bool is_empty() const { return !with_arms && !with_legs && !with_left_hand && !with_right_hand; }
};

/// Parts that are seen in most of the repetitions.
FeaturePlan plan_features(std::span<const PointTrack> tracks);

/// How many of the first channels are the body's; the rest are the hands'.
std::size_t body_channels(const FeaturePlan& plan);

/// Positions in body units, directions of limbs, tilt and travel of the trunk, curl of the fingers.
/// `track` is of body_skeleton(), as seen; gaps are filled here. Parts of the plan that this
/// repetition lacks are NaN throughout.
Series body_features(const PointTrack& track, const FeaturePlan& plan);

/// The repetition as seen, then as cameras on either side would have seen it, done with somewhat
/// longer and shorter arms: what is learned from all of them is judged alike from all of them.
std::vector<Series> body_features_around(const PointTrack& track, const FeaturePlan& plan);

}  // namespace kata
