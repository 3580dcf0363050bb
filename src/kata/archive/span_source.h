// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "kata/archive/archive_unit.h"
#include "kata/input/frame_source.h"

namespace kata {

/// Part of a video. Its frames have the numbers and times that they have in the whole; the
/// pictures before it are decoded and passed over. Throws as make_video_file_source() does.
std::unique_ptr<FrameSource> make_span_source(const std::filesystem::path& video,
                                              const UnitSpan& span);

/// Seconds, as the file claims; empty for what is no video or does not say.
std::optional<double> video_length_s(const std::filesystem::path& video);

}  // namespace kata
