// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "kata/session/camera_tab.h"
#include "kata/session/live_messages.h"

namespace kata {

/// A browser's tab that works in a thread of its own. The newest picture wins: one that comes while
/// another waits takes its place. show() and ask() may be called from any thread; `tell` is called
/// in the desk's thread.
class LiveDesk {
 public:
  using Tell = CameraTab::Tell;
  LiveDesk(Studio& studio, LandmarkerPool& pool, Tell tell);
  ~LiveDesk();
  LiveDesk(const LiveDesk&) = delete;
  LiveDesk& operator=(const LiveDesk&) = delete;

  void show(LivePicture picture);
  /// False when too many requests are waiting.
  bool ask(LiveRequest request);
  std::uint64_t dropped() const;

 private:
  void run(const std::stop_token& stop);
  void show_tab(const LivePicture& picture);

  CameraTab tab_;  // belongs to the desk's thread

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<LiveRequest> requests_;
  std::optional<LivePicture> picture_;
  std::uint64_t dropped_ = 0;
  std::jthread thread_;  // last: ends before what it uses goes
};

}  // namespace kata
