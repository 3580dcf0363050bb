// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/face_tracker.h"

#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "kata/landmark/crop.h"
#include "kata/landmark/region_choice.h"

namespace kata {
namespace {

constexpr TensorShape kTensor{192, 0, 1, Border::kReplicate};
constexpr double kLeastPresence = 0.5;
constexpr std::size_t kRightEyeCorner = 33;
constexpr std::size_t kLeftEyeCorner = 263;

std::vector<PointInImage> points_of(std::span<const LandmarkInImage> landmarks) {
  std::vector<PointInImage> points;
  for (const LandmarkInImage& landmark : landmarks) points.push_back(landmark.point());
  return points;
}

/// Source: mediapipe/modules/holistic_landmark/face_detection_front_detections_to_roi.pbtxt.
RectInImage region_from_detected_face(const Detection& face) {
  const auto points = std::span(face.keypoints).first(6);
  return grown(rect_from_box(bounding_box(points), rotation_towards(points[0], points[1], 0)), 2.0,
               -0.1);
}

/// Source: mediapipe/modules/holistic_landmark/face_landmarks_to_roi.pbtxt.
RectInImage region_from_face(std::span<const PointInImage> points) {
  const double angle = rotation_towards(points[kRightEyeCorner], points[kLeftEyeCorner], 0);
  return grown(rect_from_box(bounding_box(points), angle), 1.5, 0);
}

}  // namespace

/// Source: mediapipe/modules/holistic_landmark/face_landmarks_from_pose_to_recrop_roi.pbtxt.
RectInImage region_from_body_face(const BodyInImage& body) {
  const auto points = points_of(std::span(body.points).first(11));
  return grown(rect_from_box(bounding_box(points), rotation_towards(points[5], points[2], 0)), 3.0,
               0);
}

FaceTracker::FaceTracker(Detector detector, Network landmark)
    : detector_(std::move(detector)),
      network_(std::move(landmark)),
      inference_(network_.make_inference()) {}

void FaceTracker::start(const ImageView& image, const BodyInImage& body) {
  const auto previous = std::exchange(previous_, std::nullopt);
  const auto faces = detector_.detect(image, region_from_body_face(body));
  is_under_way_ = !faces.empty();
  if (!is_under_way_) return;
  region_ = region_from_detected_face(faces.front());
  if (previous) {
    const auto points = points_of(previous->points);
    const RectInImage followed = region_from_face(points);
    if (is_tracking_kept(followed, points, region_, face_tolerance())) region_ = followed;
  }
  crop_to_tensor(image, region_, kTensor, inference_.input());
  inference_.start();
}

std::optional<FaceInImage> FaceTracker::finish() {
  if (!std::exchange(is_under_way_, false)) return std::nullopt;
  inference_.wait();
  FaceInImage face;
  face.presence = 1 / (1 + std::exp(-static_cast<double>(inference_.output(1)[0])));
  if (!(face.presence > kLeastPresence)) return std::nullopt;
  const auto values = inference_.output(0);
  const double size = kTensor.size;
  face.points.reserve(kFacePoints);
  for (std::size_t i = 0; i < kFacePoints; ++i) {
    const PointInImage point =
        image_from_unit(region_, values[i * 3] / size, values[i * 3 + 1] / size);
    face.points.push_back({point.x, point.y, values[i * 3 + 2] / size * region_.width});
  }
  previous_ = face;
  return face;
}

}  // namespace kata
