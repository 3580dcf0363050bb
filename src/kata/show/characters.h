// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace kata {

/// Takes the next character off UTF-8 text; what is no UTF-8 counts as one character a byte, and
/// control characters are spaces.
char32_t take_character(std::string_view& text);

std::u32string characters_of(std::string_view text);
std::string utf8_of(std::u32string_view characters);

/// Draws nothing by itself: joiners, marks of direction, choices of a variant.
bool is_ignorable(char32_t character);

}  // namespace kata
