// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace kata {

/// Stops the encoding and drawing libraries from writing to stderr, for the whole process: what
/// went wrong is said once, in our Error. KATA_LIBRARY_LOG in the environment lets them talk.
void quiet_show_libraries();

}  // namespace kata
