// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

#include "kata/input/frame_source.h"

namespace kata {

/// A video file. Throws Error when it is missing, empty, a folder, or no video.
std::unique_ptr<FrameSource> make_video_file_source(const std::filesystem::path& path);

}  // namespace kata
