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
  if (ahead_ == timestamp) {
    ahead_.reset();
    return;
  }
  drop_ahead();
  if (!region_) {
    const auto bodies = detector_.detect(image, whole_image_square(image));
    if (!bodies.empty()) region_ = region_from_detected_body(bodies.front());
  }
  if (region_) network_.start(image, *region_);
}

void PoseTracker::start_ahead(const ImageView& image, Timestamp timestamp) {
  drop_ahead();
  if (!region_) return;
  network_.start(image, *region_);
  ahead_ = timestamp;
}

void PoseTracker::drop_ahead() {
  if (std::exchange(ahead_, std::nullopt)) network_.finish();
}

std::optional<BodyInImage> PoseTracker::finish() {
  if (!region_) return std::nullopt;
  region_.reset();
  std::optional<BodyInImage> body = network_.finish();
  if (!body) {
    filter_.miss();
    return std::nullopt;
  }
  filter_.apply(*body, timestamp_);
  region_ = region_from_body(*body);
  return body;
}

void PoseTracker::lose() {
  drop_ahead();
  region_.reset();
  filter_.miss();
}

void PoseTracker::reset() {
  drop_ahead();
  region_.reset();
  filter_ = PoseFilter(is_smooth_);
}

}  // namespace kata
