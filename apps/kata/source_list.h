// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

namespace kata {

/// Sources as a command takes several: a folder stands for the videos in it, by name; what is named
/// twice comes once. A folder without a video stands for itself.
std::vector<std::string> expanded_sources(std::span<const std::string> sources);

/// Throws Error{kNotFound} for a folder in which there was no video.
void check_is_no_folder(const std::string& source);

}  // namespace kata
