// SPDX-License-Identifier: Apache-2.0
#include "kata/session/camera_desk.h"

#include <chrono>
#include <exception>
#include <utility>

#include "kata/input/image_encode.h"

namespace kata {
namespace {

constexpr int kQuality = 82;
constexpr std::chrono::seconds kRetry{2};

}  // namespace

CameraDesk::CameraDesk(Maker maker)
    : maker_(std::move(maker)), thread_([this](const std::stop_token& stop) { run(stop); }) {}

void CameraDesk::enter() {
  {
    const std::lock_guard lock(mutex_);
    ++viewers_;
  }
  changed_.notify_all();
}

void CameraDesk::leave() {
  const std::lock_guard lock(mutex_);
  --viewers_;
}

CameraDesk::Picture CameraDesk::newest() const {
  const std::lock_guard lock(mutex_);
  return picture_;
}

bool CameraDesk::is_watched() const {
  const std::lock_guard lock(mutex_);
  return viewers_ > 0;
}

void CameraDesk::run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [this] { return viewers_ > 0; });
      picture_ = {nullptr, picture_.number, ""};
    }
    if (stop.stop_requested()) return;
    std::string problem = "the camera gives no more pictures";
    try {
      show_pictures(stop);
    } catch (const std::exception& error) {
      problem = error.what();
    }
    std::unique_lock lock(mutex_);
    if (viewers_ == 0) continue;
    picture_ = {nullptr, picture_.number + 1, std::move(problem)};
    changed_.wait_for(lock, stop, kRetry, [this] { return viewers_ == 0; });
  }
}

void CameraDesk::show_pictures(const std::stop_token& stop) {
  const auto source = maker_();
  while (!stop.stop_requested() && is_watched()) {
    const auto frame = source->next();
    if (!frame) return;
    auto jpeg = std::make_shared<const std::string>(encode_jpeg(*frame->image, kQuality));
    const std::lock_guard lock(mutex_);
    picture_ = {std::move(jpeg), picture_.number + 1, ""};
  }
}

}  // namespace kata
