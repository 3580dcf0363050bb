// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ctime>
#include <opencv2/videoio.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "kata/core/image.h"
#include "kata/core/timestamp.h"

namespace kata::bench {

/// A clip on the command line: NAME=PATH, or a path alone.
struct NamedClip {
  std::string name;
  std::string path;
};

inline NamedClip named_clip(const std::string& word) {
  const std::size_t equals = word.find('=');
  if (equals == std::string::npos) return {word.substr(word.find_last_of('/') + 1), word};
  return {word.substr(0, equals), word.substr(equals + 1)};
}

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

inline Clip read_clip(const std::string& path, std::size_t most_frames = 300) {
  Clip clip;
  cv::VideoCapture capture(path);
  clip.fps = capture.get(cv::CAP_PROP_FPS);
  if (!(clip.fps > 0)) clip.fps = 30;
  for (cv::Mat frame; clip.frames.size() < most_frames && capture.read(frame);) {
    clip.frames.push_back(frame.clone());
  }
  if (clip.frames.empty()) throw std::runtime_error("no frames in " + path);
  return clip;
}

/// Processor time of all threads (`CLOCK_PROCESS_CPUTIME_ID`) or of this one; wall time otherwise.
inline double now_ms(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

}  // namespace kata::bench
