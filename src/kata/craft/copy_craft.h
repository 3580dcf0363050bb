// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace kata {

/// Writes a craft as it is at this moment to `to`, one plain file, though other programs write to
/// it. Throws Error.
void copy_craft(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace kata
