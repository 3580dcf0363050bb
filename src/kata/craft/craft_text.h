// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace kata {

inline constexpr std::size_t kMaxNameBytes = 200;
inline constexpr std::size_t kMaxTextBytes = 20'000;

/// Throws Error{kInvalidArgument} when a text is longer than a person would write, is not UTF-8 or
/// holds control characters other than line breaks and tabs.
void check_text(std::string_view text, std::size_t max_bytes, const char* what);

}  // namespace kata
