// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>

#include "kata/store/database.h"

namespace kata {

/// Makes a file of this kind with its first rows: there is none or a complete one, and nobody
/// else's is replaced. Throws Error{kInvalidArgument} if there is one of that name already.
void make_new_file(const FileKind& kind, const std::filesystem::path& path,
                   const std::function<void(sqlite::Database&)>& first_rows = {});

}  // namespace kata
