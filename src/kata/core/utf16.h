// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace kata {

/// The text as UTF-8 where it is UTF-16, with a byte order mark or such that every other byte of
/// its beginning is zero; empty where it is anything else.
///
/// Throws Error{kCorrupt} for UTF-16 that ends in the middle of a letter, for UTF-32, and for bytes
/// that are no text at all.
std::optional<std::string> utf8_from_utf16(std::string_view text);

}  // namespace kata
