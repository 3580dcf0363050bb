// SPDX-License-Identifier: Apache-2.0
#include "kata/session/live_desk.h"

#include <utility>

#include "kata/core/image.h"
#include "kata/input/image_decode.h"

namespace kata {
namespace {

constexpr std::size_t kMostRequests = 16;

}  // namespace

LiveDesk::LiveDesk(Studio& studio, LandmarkerPool& pool, Tell tell)
    : tab_(studio, pool, std::move(tell)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

LiveDesk::~LiveDesk() {
  thread_.request_stop();
  thread_.join();
}

void LiveDesk::show(LivePicture picture) {
  {
    const std::lock_guard lock(mutex_);
    if (picture_) ++dropped_;
    picture_ = std::move(picture);
  }
  changed_.notify_one();
}

bool LiveDesk::ask(LiveRequest request) {
  {
    const std::lock_guard lock(mutex_);
    if (requests_.size() >= kMostRequests) return false;
    requests_.push_back(std::move(request));
  }
  changed_.notify_one();
  return true;
}

std::uint64_t LiveDesk::dropped() const {
  const std::lock_guard lock(mutex_);
  return dropped_;
}

void LiveDesk::run(const std::stop_token& stop) {
  for (;;) {
    std::optional<LiveRequest> request;
    std::optional<LivePicture> picture;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [this] { return !requests_.empty() || picture_; });
      if (stop.stop_requested()) return;
      if (!requests_.empty()) {
        request = std::move(requests_.front());
        requests_.pop_front();
      } else {
        picture = std::exchange(picture_, std::nullopt);
      }
    }
    if (request) tab_.handle(*request);
    if (picture) show_tab(*picture);
  }
}

void LiveDesk::show_tab(const LivePicture& picture) {
  Image image;
  tab_.show(picture.time_s, [&] {
    image = decode_jpeg(picture.jpeg);
    return image.view();
  });
}

}  // namespace kata
