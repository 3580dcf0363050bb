// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "kata/input/frame_source.h"

namespace kata {

/// Another SOURCE again and again, its time going on: for long runs. Opens it anew for each turn.
std::unique_ptr<FrameSource> make_loop_source(const std::string& spec);

/// Another SOURCE as a camera would give it: next() waits until a picture's time has come, and
/// pictures whose successor is already due are left out. A file in place of a camera.
std::unique_ptr<FrameSource> make_live_source(const std::string& spec);

}  // namespace kata
