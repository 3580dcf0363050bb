// SPDX-License-Identifier: Apache-2.0
#include "kata/landmark/pose_tracker.h"

#ifdef __linux__
#include <sys/resource.h>
#include <unistd.h>
#endif

#include <cstddef>
#include <numbers>
#include <utility>

namespace kata {
namespace {

/// The work ahead lets the hands go first. Linux can say so of one thread alone; where it is
/// refused, or on another system, the work is only less well spread.
void step_back() {
#ifdef __linux__
  constexpr int kNiceness = 3;  // 0 is usual, 19 starves beside other programs
  setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), kNiceness);
#endif
}

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

/// What the network found, smoothed; knows the next frame's region afterwards.
std::optional<BodyInImage> PoseTracker::followed(std::optional<BodyInImage> body,
                                                 Timestamp timestamp) {
  region_.reset();
  if (!body) {
    filter_.miss();
    return std::nullopt;
  }
  filter_.apply(*body, timestamp);
  region_ = region_from_body(*body);
  return body;
}

void PoseTracker::start(const ImageView& image, Timestamp timestamp) {
  timestamp_ = timestamp;
  width_ = image.width;
  height_ = image.height;
  std::unique_lock lock(mutex_);
  const auto is_coming = [&] {
    return is_running_ || (may_go_on() && waiting_.front().timestamp == timestamp);
  };
  changed_.wait(lock, [&] { return !ahead_.empty() || !is_coming(); });
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
  if (!ahead_.empty() && ahead_.front().timestamp == timestamp) return;
  drop_ahead(lock);
  if (!region_) {
    const auto bodies = detector_.detect(image, whole_image_square(image));
    if (!bodies.empty()) region_ = region_from_detected_body(bodies.front());
  }
  is_begun_ = region_.has_value();
  if (is_begun_) network_.start(image, *region_);
}

std::optional<BodyInImage> PoseTracker::finish() {
  const std::unique_lock lock(mutex_);
  if (std::exchange(is_begun_, false)) return followed(network_.finish(), timestamp_);
  if (ahead_.empty()) return std::nullopt;
  const std::optional<BodyInImage> body = ahead_.front().body;
  ahead_.pop_front();
  return body;
}

void PoseTracker::follow_ahead(const ExpectedImages& next) {
  const std::unique_lock lock(mutex_);
  const std::size_t known = ahead_.size() + (is_running_ ? 1 : 0) + waiting_.size();
  for (std::size_t i = known; i < next.size(); ++i) {
    if (next[i].image->width() != width_ || next[i].image->height() != height_) break;
    waiting_.push_back(next[i]);
  }
  if (!may_go_on()) return;
  if (!thread_.joinable())
    thread_ = std::jthread([this](std::stop_token stop) { run_ahead(std::move(stop)); });
  changed_.notify_all();
}

void PoseTracker::run_ahead(std::stop_token stop) {
  step_back();
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [&] { return may_go_on(); })) {
    look_ahead(lock);
    changed_.notify_all();
  }
}

void PoseTracker::look_ahead(std::unique_lock<std::mutex>& lock) {
  const ExpectedImage next = waiting_.front();
  waiting_.pop_front();
  const RectInImage region = *region_;
  is_running_ = true;
  lock.unlock();
  std::optional<BodyInImage> body;
  std::exception_ptr failure;
  try {
    network_.run(next.image->view(), region);
    body = network_.finish();
  } catch (...) {
    failure = std::current_exception();
  }
  lock.lock();
  is_running_ = false;
  failure_ = failure;
  if (failure_) return;
  Ahead frame{next.timestamp, filter_, region_};
  frame.body = followed(std::move(body), next.timestamp);
  ahead_.push_back(std::move(frame));
}

void PoseTracker::drop_ahead(std::unique_lock<std::mutex>& lock) {
  waiting_.clear();
  changed_.wait(lock, [&] { return !is_running_; });
  failure_ = nullptr;
  if (ahead_.empty()) return;
  filter_ = ahead_.front().filter_before;
  region_ = ahead_.front().region_before;
  ahead_.clear();
}

void PoseTracker::lose() {
  std::unique_lock lock(mutex_);
  drop_ahead(lock);
  region_.reset();
  filter_.miss();
}

void PoseTracker::reset() {
  std::unique_lock lock(mutex_);
  drop_ahead(lock);
  region_.reset();
  filter_ = PoseFilter(is_smooth_);
}

}  // namespace kata
