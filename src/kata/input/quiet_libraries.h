// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kata {

/// Stops the decoding libraries from writing to stderr, for the whole process: what went wrong is
/// said once, in our Error. OPENCV_LOG_LEVEL or KATA_LIBRARY_LOG in the environment lets them talk.
void quiet_capture_libraries();

/// Keeps stderr shut while it lives, for what cannot be told to be quiet: libpng and libjpeg inside
/// OpenCV. What another thread writes to stderr meanwhile is lost, so only for the moment of a
/// call.
class ShutStderr {
 public:
  ShutStderr();
  ~ShutStderr();
  ShutStderr(const ShutStderr&) = delete;
  ShutStderr& operator=(const ShutStderr&) = delete;

 private:
  int kept_ = -1;
};

}  // namespace kata
