// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "kata/motion/point_track.h"

namespace kata {

/// Where a body is in each frame and how large it is throughout: what makes positions comparable.
struct BodyFrame {
  std::vector<std::array<float, 3>> origin;  ///< one for each frame
  float size = 1;                            ///< of one body unit, in the track's unit
};

/// Origin: the middle of two points; size: the median of their distance in the picture, because
/// depth from one camera is too rough to measure with. Empty when one of them is missing.
std::optional<BodyFrame> body_frame(const PointTrack& filled_track, std::size_t left,
                                    std::size_t right);

/// For tracks of body_skeleton(): the shoulders' middle; the mean of the shoulders' width and of
/// what the neck's length says of it, which changes less when the body turns.
std::optional<BodyFrame> shoulder_frame(const PointTrack& filled_track);

/// Where else a camera may stand, and what is assumed of the depth that one camera hardly measures.
struct Turn {
  double yaw_rad = 0;  ///< about the upright axis
  double table_slope =
      0;  ///< how far the hands are nearer for being lower: 0 in the air, 2–4 on a table
};

/// Those to learn from: together they say which coordinates can be relied on from everywhere.
inline constexpr std::array<Turn, 6> kTurnsToLearnFrom = {
    {{-0.42, 0}, {-0.42, 2}, {-0.42, 4}, {0.42, 0}, {0.42, 2}, {0.42, 4}}};

/// The same repetition as a camera that stands elsewhere would see it. Depth of the body comes from
/// a constant model and the slope; depth within a hand is the tracker's own.
PointTrack turned_body(const PointTrack& filled_track, Turn turn);

/// The same repetition by a person whose arms are longer or shorter, as seen in the picture.
PointTrack with_scaled_arms(const PointTrack& filled_track, double scale);

/// The median over the frames of the distance of two points, in three dimensions.
float median_distance(const PointTrack& filled_track, std::size_t a, std::size_t b);

}  // namespace kata
