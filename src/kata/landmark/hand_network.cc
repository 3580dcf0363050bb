// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/hand_network.h"

#include <array>
#include <cstddef>
#include <numbers>

#include "kata/core/topology.h"
#include "kata/landmark/crop.h"

namespace kata {
namespace {

constexpr TensorShape kHandTensor{224, 0, 1, Border::kReplicate};
constexpr TensorShape kRecropTensor{256, 0, 1, Border::kReplicate};
constexpr double kDepthScale = 0.4;  ///< the hand network's z is that much too large
constexpr double kUp = std::numbers::pi / 2;

/// Wrist and fingers without their tips: these span the palm's box.
constexpr std::array<std::size_t, 12> kBoxPoints = {0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18};

}  // namespace

void HandNetwork::start(const ImageView& image, const RectInImage& region) {
  region_ = region;
  crop_to_tensor(image, region, kHandTensor, inference_.input());
  inference_.start();
}

HandInImage HandNetwork::finish() {
  inference_.wait();
  const auto landmarks = inference_.output(0);
  const auto world = inference_.output(3);
  HandInImage hand;
  hand.presence = inference_.output(1)[0];
  // The network calls "left" what is left in a mirrored image; ours are not mirrored.
  hand.right = inference_.output(2)[0];
  hand.region = region_;
  const double size = kHandTensor.size;
  for (std::size_t i = 0; i < kHandPoints; ++i) {
    const PointInImage point =
        image_from_unit(region_, landmarks[i * 3] / size, landmarks[i * 3 + 1] / size);
    const double z = landmarks[i * 3 + 2] / size / kDepthScale * region_.width;
    hand.points[i] = {point.x, point.y, z};
    const PointInImage turned = rotated({world[i * 3], world[i * 3 + 1]}, region_.angle);
    hand.world[i] = {static_cast<float>(turned.x), static_cast<float>(turned.y), world[i * 3 + 2]};
  }
  return hand;
}

void HandRecrop::start(const ImageView& image, const RectInImage& region) {
  region_ = region;
  crop_to_tensor(image, region, kRecropTensor, inference_.input());
  inference_.start();
}

RectInImage HandRecrop::finish() {
  inference_.wait();
  const auto values = inference_.output(0);
  const double size = kRecropTensor.size;
  const PointInImage middle = image_from_unit(region_, values[0] / size, values[1] / size);
  const PointInImage end = image_from_unit(region_, values[2] / size, values[3] / size);
  const double angle = rotation_towards(middle, end, -kUp);
  return grown(square_around(middle, end, angle), 1.0, -0.1);
}

RectInImage region_from_wrist(const BodyInImage& body, Side side) {
  const bool is_left = side == Side::kLeft;
  const PointInImage wrist = body.points[is_left ? kLeftWrist : kRightWrist].point();
  const PointInImage pinky = body.points[is_left ? kLeftPinky : kRightPinky].point();
  const PointInImage index = body.points[is_left ? kLeftIndex : kRightIndex].point();
  const PointInImage middle{(2 * index.x + pinky.x) / 3, (2 * index.y + pinky.y) / 3};
  const double angle = rotation_towards(wrist, middle, kUp);
  return grown(square_around(middle, wrist, angle), 2.7, -0.1);
}

RectInImage region_from_hand(const HandInImage& hand) {
  const auto& p = hand.points;
  // The middle of the knuckles; MediaPipe's source calls them PIP, its indices are the MCP joints.
  const PointInImage knuckles{((p[5].x + p[13].x) / 2 + p[9].x) / 2,
                              ((p[5].y + p[13].y) / 2 + p[9].y) / 2};
  const double angle = rotation_towards(p[0].point(), knuckles, kUp);
  std::array<PointInImage, kBoxPoints.size()> points;
  for (std::size_t i = 0; i < points.size(); ++i) points[i] = p[kBoxPoints[i]].point();
  const RectInImage upright = rect_from_box(bounding_box(points), 0);
  for (PointInImage& point : points) {
    point = rotated({point.x - upright.center.x, point.y - upright.center.y}, -angle);
  }
  RectInImage turned = rect_from_box(bounding_box(points), angle);
  const PointInImage offset = rotated(turned.center, angle);
  turned.center = {upright.center.x + offset.x, upright.center.y + offset.y};
  return grown(turned, 2.0, -0.1);
}

RectInImage region_from_palm(const BoxInImage& box, PointInImage wrist,
                             PointInImage middle_knuckle) {
  return grown(rect_from_box(box, rotation_towards(wrist, middle_knuckle, kUp)), 2.6, -0.5);
}

}  // namespace kata
