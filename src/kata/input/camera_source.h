// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "kata/input/frame_source.h"

namespace kata {

/// A camera by its number, 0 the first. Error{kNotFound} when none answers, {kUnavailable} when it
/// is there but another program has it.
std::unique_ptr<FrameSource> make_camera_source(int number);

/// A camera by its device path ("/dev/video2").
std::unique_ptr<FrameSource> make_device_source(const std::string& device);

/// A network camera (rtsp://, http://, …). Its time is the clock of this machine, as with all live
/// sources: the times that network cameras send jump when they resynchronise.
std::unique_ptr<FrameSource> make_network_source(const std::string& address);

}  // namespace kata
