// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace kata {

/// Throws an Error that says what is wrong with a file before a decoder can only say "cannot open":
/// missing, a folder, not a regular file, empty, no permission.
void check_readable_file(const std::filesystem::path& path);

}  // namespace kata
