// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/pose_tracker.h"

#include <numbers>
#include <utility>

namespace kata {
namespace {

/// The square region of a body: its middle, a point on its outline towards the head.
RectInImage body_region(PointInImage middle, PointInImage end) {
  const double angle = rotation_towards(middle, end, std::numbers::pi / 2);
  return grown(square_around(middle, end, angle), 1.25, 0);
}

}  // namespace

RectInImage region_from_detected_body(const Detection& body) {
  return body_region(body.keypoints[0], body.keypoints[1]);
}

RectInImage region_from_body(const BodyInImage& body) {
  return body_region(body.auxiliary[0].point(), body.auxiliary[1].point());
}

PoseTracker::PoseTracker(Detector detector, PoseNetwork network, bool is_smooth)
    : detector_(std::move(detector)),
      network_(std::move(network)),
      is_smooth_(is_smooth),
      filter_(is_smooth) {}

void PoseTracker::start(const ImageView& image, Timestamp timestamp) {
  timestamp_ = timestamp;
  if (ahead_ && ahead_->timestamp == timestamp) return;
  forget_ahead();
  if (!region_) {
    const auto bodies = detector_.detect(image, whole_image_square(image));
    if (!bodies.empty()) region_ = region_from_detected_body(bodies.front());
  }
  if (region_) network_.start(image, *region_);
}

std::optional<BodyInImage> PoseTracker::finish() {
  const auto ahead = std::exchange(ahead_, std::nullopt);
  return ahead && ahead->is_finished ? ahead->body : finish_begun(timestamp_);
}

void PoseTracker::start_ahead(const ImageView& image, Timestamp timestamp) {
  forget_ahead();
  if (!region_) return;
  network_.start(image, *region_);
  ahead_ = Ahead{.timestamp = timestamp, .filter = filter_, .region = region_};
}

std::optional<BodyInImage> PoseTracker::finish_ahead() {
  if (!ahead_) return std::nullopt;
  if (!std::exchange(ahead_->is_finished, true)) ahead_->body = finish_begun(ahead_->timestamp);
  return ahead_->body;
}

std::optional<BodyInImage> PoseTracker::finish_begun(Timestamp timestamp) {
  if (!region_) return std::nullopt;
  region_.reset();
  std::optional<BodyInImage> body = network_.finish();
  if (!body) {
    filter_.miss();
    return std::nullopt;
  }
  filter_.apply(*body, timestamp);
  region_ = region_from_body(*body);
  return body;
}

void PoseTracker::forget_ahead() {
  const auto ahead = std::exchange(ahead_, std::nullopt);
  if (!ahead) return;
  if (ahead->is_finished) {
    filter_ = ahead->filter;
    region_ = ahead->region;
  } else {
    network_.finish();
  }
}

void PoseTracker::lose() {
  forget_ahead();
  region_.reset();
  filter_.miss();
}

void PoseTracker::reset() {
  forget_ahead();
  region_.reset();
  filter_ = PoseFilter(is_smooth_);
}

}  // namespace kata
