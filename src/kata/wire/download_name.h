// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kata {

/// A name under which a file can be stored everywhere: no separators, control characters or marks
/// that turn the direction of writing, not too long, none that Windows keeps for itself.
std::string safe_file_name(std::string_view name);

/// The Content-Disposition of a file to be stored under a name in any script (RFC 6266): plain
/// letters for old programs, then the whole name.
std::string attachment_named(std::string_view name);

}  // namespace kata
