// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/pose_filter.h"

#include <cmath>
#include <cstddef>

namespace kata {

void PoseFilter::apply(const Values& values, Timestamp timestamp) {
  const auto& aux = values.auxiliary;
  const double size = 2 * std::hypot(aux[3] - aux[0], aux[4] - aux[1]);
  const double scale = size > 0 ? 1 / size : 0;
  auxiliary_.apply(values.auxiliary, timestamp, scale);
  if (!has_landmarks_) return;
  points_.apply(values.points, timestamp, scale);
  visibility_.apply(values.visibility);
  world_.apply(values.world, timestamp, 1);
}

void PoseFilter::apply(BodyInImage& body, Timestamp timestamp) {
  std::array<double, kPosePoints * 3> points;
  std::array<double, kPosePoints * 3> world;
  std::array<double, 6> auxiliary;
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    points[i * 3] = body.points[i].x;
    points[i * 3 + 1] = body.points[i].y;
    points[i * 3 + 2] = body.points[i].z;
    world[i * 3] = body.world[i].x;
    world[i * 3 + 1] = body.world[i].y;
    world[i * 3 + 2] = body.world[i].z;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    auxiliary[i * 3] = body.auxiliary[i].x;
    auxiliary[i * 3 + 1] = body.auxiliary[i].y;
    auxiliary[i * 3 + 2] = body.auxiliary[i].z;
  }
  apply({points, body.visibility, world, auxiliary}, timestamp);
  for (std::size_t i = 0; i < kPosePoints; ++i) {
    body.points[i] = {points[i * 3], points[i * 3 + 1], points[i * 3 + 2]};
    body.world[i] = {static_cast<float>(world[i * 3]), static_cast<float>(world[i * 3 + 1]),
                     static_cast<float>(world[i * 3 + 2])};
  }
  for (std::size_t i = 0; i < 2; ++i) {
    body.auxiliary[i] = {auxiliary[i * 3], auxiliary[i * 3 + 1], auxiliary[i * 3 + 2]};
  }
}

void PoseFilter::miss() {
  points_.reset();
  auxiliary_.reset();
}

}  // namespace kata
