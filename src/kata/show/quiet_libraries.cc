// SPDX-License-Identifier: Apache-2.0
#include "kata/show/quiet_libraries.h"

#include <cstdlib>
#include <opencv2/core/utils/logger.hpp>

extern "C" {
#include <libavutil/log.h>
}

namespace kata {

void quiet_show_libraries() {
  static const bool once = [] {
    if (std::getenv("KATA_LIBRARY_LOG") != nullptr) return true;
    av_log_set_callback([](void*, int, const char*, va_list) {});
    if (std::getenv("OPENCV_LOG_LEVEL") == nullptr) {
      cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    }
    return true;
  }();
  static_cast<void>(once);
}

}  // namespace kata
