// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace kata {

/// Where the model files lie: `asked` if not empty, else the environment's KATA_MODELS, else the
/// folder that set-up filled when this program was built.
std::filesystem::path model_folder(const std::filesystem::path& asked = {});

/// The file of network `name` ("pose_landmark_full"): in `folder` itself, or where the package that
/// carries it keeps it (models/models.json). Throws Error{kNotFound} naming file and remedy.
std::filesystem::path model_file(const std::filesystem::path& folder, std::string_view name);

/// Where compiled networks are kept between runs: below $KATA_CACHE, $XDG_CACHE_HOME/kata or
/// ~/.cache/kata; empty where there is none of them.
std::filesystem::path compiled_network_folder();

}  // namespace kata
