// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string_view>

namespace kata {

/// Folder `name` of Kata's own data (share/kata of an installation): beside the running program,
/// else `at_build`, the place it had when this was built, else in the prefix that was given then.
std::filesystem::path data_folder(std::string_view name, const std::filesystem::path& at_build);

/// Where the model files lie: `asked` if not empty, else the environment's KATA_MODELS, else what
/// was installed with the running program, else the folder that set-up filled when it was built.
std::filesystem::path model_folder(const std::filesystem::path& asked = {});

/// The file of network `name` ("pose_landmark_full"): in `folder` itself, or where the package that
/// carries it keeps it (models/models.json). Throws Error{kNotFound} naming file and remedy.
std::filesystem::path model_file(const std::filesystem::path& folder, std::string_view name);

/// Where compiled networks are kept between runs: below $KATA_CACHE, $XDG_CACHE_HOME/kata or
/// ~/.cache/kata; empty where there is none of them.
std::filesystem::path compiled_network_folder();

}  // namespace kata
