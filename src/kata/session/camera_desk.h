// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "kata/input/frame_source.h"

namespace kata {

/// A camera of this computer for browsers that have none: its newest picture as a JPEG.
///
/// The camera is opened when the first viewer comes and closed when the last one goes. Calls may be
/// made from any thread.
class CameraDesk {
 public:
  using Maker = std::function<std::unique_ptr<FrameSource>()>;
  struct Picture {
    std::shared_ptr<const std::string> jpeg;  ///< empty until the camera has given one
    std::uint64_t number = 0;                 ///< grows with each picture
    std::string problem;                      ///< why there is none
  };

  explicit CameraDesk(Maker maker);
  CameraDesk(const CameraDesk&) = delete;
  CameraDesk& operator=(const CameraDesk&) = delete;

  void enter();
  void leave();
  Picture newest() const;

 private:
  void run(const std::stop_token& stop);
  void show_pictures(const std::stop_token& stop);
  bool is_watched() const;

  Maker maker_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  int viewers_ = 0;
  Picture picture_;
  std::jthread thread_;  // last: ends before what it uses goes
};

}  // namespace kata
