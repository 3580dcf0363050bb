// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace kata {

/// A regular file's bytes. Throws Error{kNotFound}, {kIo}, or {kUnsupported} for one above
/// `max_bytes` (checked before memory is taken).
std::string read_whole_file(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace kata
