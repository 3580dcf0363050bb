// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "kata/motion/point_track.h"
#include "kata/motion/series.h"

namespace kata {

/// How the points of any tracker are made independent of place and size.
struct PointPlan {
  std::optional<std::size_t> origin;  ///< none: the middle of all points
  bool is_relative = false;  ///< the other points are stored relative to the origin already
  std::optional<std::pair<std::size_t, std::size_t>> scale;  ///< none: the points' mean distance
  std::vector<Segment> segments;
  std::vector<Segment> lateral;  ///< from a right point to the same on the left: which way it faces
  std::uint32_t frames = 64;     ///< of the series
};

/// Finds out from the tracks themselves which points are connected (their distance hardly changes)
/// and whether they are stored relative to the origin. `scale` is "A:B", both names of points.
/// Throws Error{kInvalidArgument} for a name that is not there.
PointPlan plan_points(std::span<const PointTrack> tracks, const Skeleton& skeleton,
                      std::string_view origin, std::string_view scale);

/// Directions of segments, positions in units of the scale and the way of the origin, turned about
/// the upright axis (y) so that the body faces the camera on average; and the cosines of the angles
/// where segments meet.
Series point_features(const PointTrack& track, const PointPlan& plan);

}  // namespace kata
