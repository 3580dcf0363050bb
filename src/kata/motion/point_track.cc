// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/point_track.h"

#include <cmath>
#include <limits>

#include "kata/core/topology.h"

namespace kata {
namespace {

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();
constexpr double kUnknownAspect = 4.0 / 3.0;

float aspect_of(const Landmarks& frame) {
  if (frame.image_width <= 0 || frame.image_height <= 0) return static_cast<float>(kUnknownAspect);
  return static_cast<float>(frame.image_width) / static_cast<float>(frame.image_height);
}

/// The body network always gives all 33 points; legs that the picture does not show are guesses.
bool is_guessed_leg(const Pose& pose, std::size_t point) {
  constexpr float kOutside = 0.05F;  // beyond the picture's edge, as a share of its size
  if (point < kLeftHip) return false;
  const PointInUnit& p = pose.points[point];
  return pose.visibility[point] < 0.3F || p.y > 1 + kOutside || p.x < -kOutside ||
         p.x > 1 + kOutside;
}

void forget_guessed_legs(PointTrack& track, std::size_t frame, const Pose& pose) {
  for (std::size_t point = kLeftHip; point < kPosePoints; ++point) {
    if (!is_guessed_leg(pose, point)) continue;
    for (float& value : track.at(frame, point)) value = kMissing;
  }
}

template <std::size_t N>
void put(PointTrack& track, std::size_t frame, std::size_t start,
         const std::array<PointInUnit, N>& points, float aspect) {
  for (std::size_t i = 0; i < N; ++i) {
    const auto to = track.at(frame, start + i);
    to[0] = points[i].x * aspect;
    to[1] = points[i].y;
    to[2] = points[i].z * aspect;
  }
}

void blend(PointTrack& track, std::size_t point, std::size_t before, std::size_t after) {
  const double span = track.times_s[after] - track.times_s[before];
  for (std::size_t frame = before + 1; frame < after; ++frame) {
    const double share = span > 0 ? (track.times_s[frame] - track.times_s[before]) / span : 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const float a = track.at(before, point)[axis];
      const float b = track.at(after, point)[axis];
      track.at(frame, point)[axis] = a + static_cast<float>(share) * (b - a);
    }
  }
}

void copy_point(PointTrack& track, std::size_t point, std::size_t from, std::size_t to) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    track.at(to, point)[axis] = track.at(from, point)[axis];
  }
}

void fill_point(PointTrack& track, std::size_t point, double least_share) {
  std::vector<std::size_t> seen;
  for (std::size_t frame = 0; frame < track.frames(); ++frame) {
    if (track.is_seen(frame, point)) seen.push_back(frame);
  }
  if (seen.size() == track.frames()) return;
  const bool is_absent = seen.empty() || static_cast<double>(seen.size()) <
                                             least_share * static_cast<double>(track.frames());
  if (is_absent) {
    for (std::size_t frame : seen) {
      for (float& value : track.at(frame, point)) value = kMissing;
    }
    return;
  }
  for (std::size_t frame = 0; frame < seen.front(); ++frame) {
    copy_point(track, point, seen.front(), frame);
  }
  for (std::size_t i = 0; i + 1 < seen.size(); ++i) blend(track, point, seen[i], seen[i + 1]);
  for (std::size_t frame = seen.back() + 1; frame < track.frames(); ++frame) {
    copy_point(track, point, seen.back(), frame);
  }
}

}  // namespace

bool PointTrack::is_seen(std::size_t frame, std::size_t point) const {
  const auto p = at(frame, point);
  return std::isfinite(p[0]) && std::isfinite(p[1]) && std::isfinite(p[2]);
}

double PointTrack::seen_share(std::size_t point) const {
  if (frames() == 0) return 0;
  std::size_t seen = 0;
  for (std::size_t frame = 0; frame < frames(); ++frame) seen += is_seen(frame, point) ? 1 : 0;
  return static_cast<double>(seen) / static_cast<double>(frames());
}

PointTrack unseen_track(std::size_t frames, std::size_t points) {
  PointTrack track;
  track.times_s.assign(frames, 0.0);
  track.points = points;
  track.xyz.assign(frames * points * 3, kMissing);
  return track;
}

PointTrack track_from_landmarks(std::span<const Landmarks> frames) {
  PointTrack track = unseen_track(frames.size(), body_skeleton().size());
  for (std::size_t i = 0; i < frames.size(); ++i) {
    const Landmarks& frame = frames[i];
    const float aspect = aspect_of(frame);
    track.times_s[i] = seconds(frame.timestamp);
    if (frame.pose) {
      put(track, i, 0, frame.pose->points, aspect);
      forget_guessed_legs(track, i, *frame.pose);
    }
    if (frame.left_hand) put(track, i, kLeftHandStart, frame.left_hand->points, aspect);
    if (frame.right_hand) put(track, i, kRightHandStart, frame.right_hand->points, aspect);
  }
  return track;
}

PointTrack filled(const PointTrack& track, double least_share) {
  PointTrack result = track;
  for (std::size_t point = 0; point < track.points; ++point) fill_point(result, point, least_share);
  return result;
}

PointTrack mirrored(const PointTrack& track, const Skeleton& skeleton) {
  PointTrack result = track;
  for (std::size_t frame = 0; frame < track.frames(); ++frame) {
    for (std::size_t point = 0; point < track.points; ++point) {
      const auto from = track.at(frame, skeleton.mirror[point]);
      const auto to = result.at(frame, point);
      to[0] = -from[0];
      to[1] = from[1];
      to[2] = from[2];
    }
  }
  return result;
}

}  // namespace kata
