// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace kata {

/// Loads a part of the program that most runs do not need, and returns its function `entry`, which
/// is `extern "C"`. Looked for by its name along the program's own RPATH first (an installation,
/// which may have been moved), then at `built`. It is never unloaded: the threads and globals of
/// what it stands on would not survive that.
///
/// Throws Error{kUnsupported} that says why; the caller says what is missed and what to do.
void* load_module(const std::filesystem::path& built, const char* entry);

}  // namespace kata
