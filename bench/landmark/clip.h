// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ctime>
#include <opencv2/videoio.hpp>
#include <string>
#include <vector>

#include "kata/core/image.h"
#include "kata/core/timestamp.h"

namespace kata::bench {

/// A clip decoded before the clock starts.
struct Clip {
  std::vector<cv::Mat> frames;
  double fps = 30;

  ImageView view(std::size_t i) const {
    return {frames[i].data, frames[i].cols, frames[i].rows, frames[i].step, PixelFormat::kBgr};
  }
  Timestamp timestamp(std::size_t i) const {
    return timestamp_from_seconds(static_cast<double>(i) / fps);
  }
};

inline Clip read_clip(const std::string& path, std::size_t most_frames) {
  Clip clip;
  cv::VideoCapture capture(path);
  clip.fps = capture.get(cv::CAP_PROP_FPS);
  if (!(clip.fps > 0)) clip.fps = 30;
  for (cv::Mat frame; clip.frames.size() < most_frames && capture.read(frame);) {
    clip.frames.push_back(frame.clone());
  }
  return clip;
}

/// Processor time of all threads (`CLOCK_PROCESS_CPUTIME_ID`) or of this one; wall time otherwise.
inline double now_ms(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

/// Prints what a tracked frame costs inside the networks and outside them.
void print_stages(const Clip& clip);

}  // namespace kata::bench
