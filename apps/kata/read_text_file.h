// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace kata {

/// The whole of a text file, unpacked where it is gzip. Throws Error{kNotFound}, {kCorrupt} for a
/// damaged archive, {kUnsupported} beyond a size that such a file never has.
std::string read_text_file(const std::filesystem::path& path);

}  // namespace kata
