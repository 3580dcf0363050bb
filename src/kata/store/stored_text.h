// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace kata {

inline constexpr std::size_t kMaxNameBytes = 200;
inline constexpr std::size_t kMaxTextBytes = 20'000;

/// Throws Error{kInvalidArgument} when a text is longer than a person would write, is not UTF-8 or
/// holds control characters other than line breaks and tabs.
void check_text(std::string_view text, std::size_t max_bytes, const char* what);

/// Text of a stranger's file as it may be shown: what check_text would refuse becomes "?", so that
/// no name can steer a terminal.
std::string shown_text(std::string_view text);

}  // namespace kata
