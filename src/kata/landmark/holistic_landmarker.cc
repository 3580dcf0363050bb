// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/holistic_landmarker.h"

#include <utility>

namespace kata {

HolisticLandmarker::HolisticLandmarker(Networks networks, const LandmarkerOptions& options)
    : is_single_images_(options.is_single_images),
      pose_(networks.pose_detector(), networks.pose(), !options.is_single_images),
      hand_pair_(networks.hand_recrop(), networks.hand()) {
  if (options.with_face) face_.emplace(networks.face_detector(), networks.face());
}

void HolisticLandmarker::expect(std::shared_ptr<const Image> image, Timestamp timestamp) {
  if (!is_single_images_) next_.push_back({std::move(image), timestamp});
}

void HolisticLandmarker::reset() {
  next_.clear();
  pose_.reset();
  hands_ = {};
  if (face_) face_->reset();
}

Landmarks HolisticLandmarker::detect(const ImageView& image, Timestamp timestamp) {
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
    hands_ = {};
    if (face_) face_->reset();
    return landmarks;
  }
  landmarks.pose = pose_from_image(*body, image.width, image.height);
  pose_.follow_ahead(next);
  hand_pair_.start_recrop(image, regions_from_wrists(*body));
  hand_pair_.start(image, followed_regions(hands_, hand_pair_.finish_recrop()));
  if (face_) face_->start(image, *body);
  hands_ = hand_pair_.finish();
  for (const Side side : kSides) {
    if (const auto& hand = hands_[index(side)]) {
      landmarks.hand(side) = hand_from_image(*hand, image.width, image.height);
    }
  }
  if (!face_) return landmarks;
  if (const auto face = face_->finish()) {
    landmarks.face = face_from_image(*face, image.width, image.height);
  }
  return landmarks;
}

}  // namespace kata
