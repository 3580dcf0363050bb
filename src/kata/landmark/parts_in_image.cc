// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/parts_in_image.h"

#include <algorithm>

namespace kata {
namespace {

PointInUnit unit_from_image(const LandmarkInImage& point, int width, int height) {
  return {static_cast<float>(point.x / width), static_cast<float>(point.y / height),
          static_cast<float>(point.z / width)};
}

}  // namespace

Pose pose_from_image(const BodyInImage& body, int width, int height) {
  Pose pose;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    pose.points[i] = unit_from_image(body.points[i], width, height);
    pose.visibility[i] = static_cast<float>(body.visibility[i]);
  }
  pose.world = body.world;
  pose.confidence = static_cast<float>(body.presence);
  return pose;
}

Hand hand_from_image(const HandInImage& hand, int width, int height) {
  Hand result;
  std::transform(hand.points.begin(), hand.points.end(), result.points.begin(),
                 [&](const LandmarkInImage& p) { return unit_from_image(p, width, height); });
  result.world = hand.world;
  result.confidence = static_cast<float>(hand.presence);
  return result;
}

Face face_from_image(const FaceInImage& face, int width, int height) {
  Face result;
  result.confidence = static_cast<float>(face.presence);
  for (const LandmarkInImage& point : face.points) {
    result.points.push_back(unit_from_image(point, width, height));
  }
  return result;
}

}  // namespace kata
