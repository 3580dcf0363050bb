// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

#include "kata/landmark/landmarker.h"

namespace kata {

/// The files of the networks that a landmarker with these options may load: what its results hang
/// on beside the program. Throws Error{kNotFound} naming a file that is missing.
std::vector<std::filesystem::path> network_files(const LandmarkerOptions& options);

}  // namespace kata
