// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/landmark/rect.h"

namespace kata {

/// Pixels; z has the scale of x and y, its origin is the part's own.
struct LandmarkInImage {
  double x = 0;
  double y = 0;
  double z = 0;

  PointInImage point() const { return {x, y}; }
};

/// A body as the network sees it, in pixels of the image.
struct BodyInImage {
  std::array<LandmarkInImage, kPosePoints> points{};
  std::array<LandmarkInImage, 2> auxiliary{};  ///< middle and end of the next frame's region
  std::array<double, kPosePoints> visibility{};
  std::array<PointInWorld, kPosePoints> world{};
  double presence = 0;
};

/// A hand as the network sees it, in pixels of the image.
struct HandInImage {
  std::array<LandmarkInImage, kHandPoints> points{};
  std::array<PointInWorld, kHandPoints> world{};
  double presence = 0;
  double right = 0;    ///< 0–1: likely a right hand (the person's own)
  RectInImage region;  ///< what the network looked at
};

struct FaceInImage {
  std::vector<LandmarkInImage> points;
  double presence = 0;
};

Pose pose_from_image(const BodyInImage& body, int width, int height);
Hand hand_from_image(const HandInImage& hand, int width, int height);
Face face_from_image(const FaceInImage& face, int width, int height);

}  // namespace kata
