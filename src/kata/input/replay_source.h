// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "kata/input/frame_source.h"

namespace kata {

/// Another SOURCE again and again, its time going on: for long runs. Opens it anew for each turn.
std::unique_ptr<FrameSource> make_loop_source(const std::string& spec);
std::unique_ptr<FrameSource> make_loop_source(std::function<std::unique_ptr<FrameSource>()> open);

/// Another SOURCE as a camera would give it: next() waits until a picture's time has come, and
/// pictures whose successor is already due are left out. A file in place of a camera. Where the
/// machine cannot keep up at all, time stands still for a moment rather than the pictures.
std::unique_ptr<FrameSource> make_live_source(const std::string& spec);
std::unique_ptr<FrameSource> make_live_source(std::unique_ptr<FrameSource> source);

}  // namespace kata
