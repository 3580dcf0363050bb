// SPDX-License-Identifier: Apache-2.0
#include "kata/input/quiet_libraries.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <opencv2/core/utils/logger.hpp>

extern "C" {
#include <libavutil/log.h>
}

namespace kata {
namespace {

bool may_talk() { return std::getenv("KATA_LIBRARY_LOG") != nullptr; }

}  // namespace

void quiet_capture_libraries() {
  static const bool once = [] {
    if (may_talk()) return true;
    // A callback rather than a level: OpenCV raises the level again when it first uses FFmpeg.
    av_log_set_callback([](void*, int, const char*, va_list) {});
    if (std::getenv("OPENCV_LOG_LEVEL") == nullptr) {
      cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    }
    return true;
  }();
  static_cast<void>(once);
}

ShutStderr::ShutStderr() {
  if (may_talk()) return;
  std::fflush(stderr);
  const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0) return;
  kept_ = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (kept_ >= 0) ::dup2(nowhere, STDERR_FILENO);
  ::close(nowhere);
}

ShutStderr::~ShutStderr() {
  if (kept_ < 0) return;
  std::fflush(stderr);
  ::dup2(kept_, STDERR_FILENO);
  ::close(kept_);
}

}  // namespace kata
