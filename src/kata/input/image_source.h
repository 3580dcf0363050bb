// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "kata/input/frame_source.h"

namespace kata {

/// Whether the ending is one of a still picture (".png", ".JPG", …).
bool has_image_ending(const std::filesystem::path& path);

/// Whether the file name is a pattern: "%d", "%04d", or a glob with * or ?.
bool is_image_pattern(const std::string& spec);

/// The files that a pattern means, in the order of the numbers in their names (frame9 before
/// frame10); empty when there are none.
std::vector<std::filesystem::path> files_of_pattern(const std::string& spec);

/// Pictures in files are at most this large; larger ones are refused before they are decoded.
inline constexpr std::uint64_t kMostPicturePixels = 100'000'000;

/// One picture, or a series named by a pattern, shown at `frame_rate_hz`. A file of a series that
/// cannot be read, or is too large, is left out and told in warnings().
std::unique_ptr<FrameSource> make_image_source(const std::string& spec, double frame_rate_hz = 30);

}  // namespace kata
