// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/motion/skeleton.h"

namespace kata {

/// Named points over time; x to the right of the picture, y down, one unit for all three axes.
/// Points that were not seen are NaN.
struct PointTrack {
  std::vector<double> times_s;  ///< rising; from any zero
  std::size_t points = 0;
  std::vector<float> xyz;  ///< [frames, points, 3] row-major

  std::size_t frames() const { return times_s.size(); }
  double duration_s() const { return times_s.empty() ? 0 : times_s.back() - times_s.front(); }
  std::span<float, 3> at(std::size_t frame, std::size_t point) {
    return std::span<float, 3>(&xyz[(frame * points + point) * 3], 3);
  }
  std::span<const float, 3> at(std::size_t frame, std::size_t point) const {
    return std::span<const float, 3>(&xyz[(frame * points + point) * 3], 3);
  }
  bool is_seen(std::size_t frame, std::size_t point) const;
  /// Share of the frames in which the point was seen.
  double seen_share(std::size_t point) const;
};

/// A track of `frames` × `points` in which nothing was seen; times are zero.
PointTrack unseen_track(std::size_t frames, std::size_t points);

/// Body and hands (body_skeleton()) in units of the picture's height. Where the picture's size is
/// unknown, 4:3 is assumed: the shape of most web cameras' default picture.
PointTrack track_from_landmarks(std::span<const Landmarks> frames);

/// The track with gaps filled: linear in time inside, held at the ends. A point that is seen in
/// less than `least_share` of the frames becomes missing throughout.
PointTrack filled(const PointTrack& track, double least_share = 0.2);

/// The same person in a mirror: x reflected and the sides exchanged.
PointTrack mirrored(const PointTrack& track, const Skeleton& skeleton);

}  // namespace kata
