// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kata {

/// Stops the decoding libraries from writing to stderr, for the whole process: what went wrong is
/// said once, in our Error. OPENCV_LOG_LEVEL or KATA_LIBRARY_LOG in the environment lets them talk.
void quiet_capture_libraries();

}  // namespace kata
