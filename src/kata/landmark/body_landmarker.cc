// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/body_landmarker.h"

#include <utility>

#include "kata/landmark/parts_in_image.h"

namespace kata {

BodyLandmarker::BodyLandmarker(Networks networks, const LandmarkerOptions& options)
    : is_single_images_(options.is_single_images),
      pose_(networks.pose_detector(), networks.pose(), !options.is_single_images) {
  if (options.with_face) face_.emplace(networks.face_detector(), networks.face());
}

void BodyLandmarker::expect(std::shared_ptr<const Image> image, Timestamp timestamp) {
  if (!is_single_images_) next_.push_back({std::move(image), timestamp});
}

void BodyLandmarker::reset() {
  next_.clear();
  pose_.reset();
  if (face_) face_->reset();
}

Landmarks BodyLandmarker::detect(const ImageView& image, Timestamp timestamp) {
  const auto next = std::exchange(next_, {});
  if (is_single_images_ || image.width != width_ || image.height != height_) reset();
  width_ = image.width;
  height_ = image.height;
  Landmarks landmarks;
  landmarks.timestamp = timestamp;
  landmarks.image_width = image.width;
  landmarks.image_height = image.height;
  if (image.is_empty()) return landmarks;
  pose_.start(image, timestamp);
  const auto body = pose_.finish();
  if (!body) {
    if (face_) face_->reset();
    return landmarks;
  }
  landmarks.pose = pose_from_image(*body, image.width, image.height);
  pose_.follow_ahead(next);
  if (!face_) return landmarks;
  face_->start(image, *body);
  if (const auto face = face_->finish()) {
    landmarks.face = face_from_image(*face, image.width, image.height);
  }
  return landmarks;
}

}  // namespace kata
