// SPDX-License-Identifier: Apache-2.0
#include "kata/input/quiet_libraries.h"

#include <cstdlib>
#include <opencv2/core/utils/logger.hpp>

extern "C" {
#include <libavutil/log.h>
}

namespace kata {

void quiet_capture_libraries() {
  static const bool once = [] {
    if (std::getenv("KATA_LIBRARY_LOG") != nullptr) return true;
    // A callback rather than a level: OpenCV raises the level again when it first uses FFmpeg.
    av_log_set_callback([](void*, int, const char*, va_list) {});
    if (std::getenv("OPENCV_LOG_LEVEL") == nullptr) {
      cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    }
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace kata
