// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "kata/core/timestamp.h"

namespace kata {

inline constexpr std::size_t kPosePoints = 33;
inline constexpr std::size_t kHandPoints = 21;
inline constexpr std::size_t kFacePoints = 468;

/// The person's own side, whatever the picture's mirroring.
enum class Side { kLeft, kRight };

/// A point in units of the image: x over its width, y over its height (0–1 inside; points outside
/// the picture are kept, not clamped), z in units of the width, smaller is nearer the camera.
/// The origin of z is the hips' middle (pose) or the wrist (hand).
struct PointInUnit {
  float x = 0;
  float y = 0;
  float z = 0;
};

/// Metres; the origin is the hips' middle (pose) or the hand's centre (hand).
struct PointInWorld {
  float x = 0;
  float y = 0;
  float z = 0;
};

/// A body in MediaPipe's order of 33 points (core/topology.h names them).
struct Pose {
  std::array<PointInUnit, kPosePoints> points{};
  std::array<float, kPosePoints> visibility{};  ///< 0–1: likely in the picture and not hidden
  std::array<PointInWorld, kPosePoints> world{};
  float confidence = 0;  ///< 0–1: that there is a body at all
};

/// A hand in MediaPipe's order of 21 points.
struct Hand {
  std::array<PointInUnit, kHandPoints> points{};
  std::array<PointInWorld, kHandPoints> world{};
  float confidence = 0;  ///< 0–1: that there is a hand at all
};

/// A face in MediaPipe's order of 468 points.
struct Face {
  std::vector<PointInUnit> points;
  float confidence = 0;
};

/// What was seen of one person in one frame. A part that was not seen is empty, never zeros.
struct Landmarks {
  Timestamp timestamp{};
  int image_width = 0;   ///< px; with the height, the aspect needed to measure angles; 0 = unknown
  int image_height = 0;  ///< px
  std::optional<Pose> pose;
  std::optional<Hand> left_hand;
  std::optional<Hand> right_hand;
  std::optional<Face> face;

  bool is_empty() const { return !pose && !left_hand && !right_hand && !face; }
  const std::optional<Hand>& hand(Side side) const {
    return side == Side::kLeft ? left_hand : right_hand;
  }
  std::optional<Hand>& hand(Side side) { return side == Side::kLeft ? left_hand : right_hand; }
};

/// Seconds from the first to the last; 0 of none.
double duration_s(std::span<const Landmarks> frames);

/// The same person seen in a mirror: x is reflected and left and right parts change places.
Landmarks mirrored(const Landmarks& landmarks);

}  // namespace kata
