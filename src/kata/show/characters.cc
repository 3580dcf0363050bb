// SPDX-License-Identifier: Apache-2.0
#include "kata/show/characters.h"

namespace kata {
namespace {

constexpr char32_t kLastCharacter = 0x10FFFF;
constexpr char32_t kUnknown = 0xFFFD;

bool is_within(char32_t character, char32_t first, char32_t last) {
  return character >= first && character <= last;
}

}  // namespace

char32_t take_character(std::string_view& text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
  char32_t character = first;
  const auto is_continued = [&] {
    for (std::size_t i = 1; i < length; ++i) {
      if ((byte(i) & 0xC0U) != 0x80U) return false;
    }
    return true;
  };
  if (length > 1 && text.size() >= length && is_continued()) {
    character = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) character = (character << 6) | (byte(i) & 0x3FU);
    text.remove_prefix(length);
  } else {
    text.remove_prefix(1);
  }
  if (character > kLastCharacter || is_within(character, 0xD800, 0xDFFF)) return kUnknown;
  return character < 0x20 ? U' ' : character;
}

std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  while (!text.empty()) characters += take_character(text);
  return characters;
}

std::string utf8_of(std::u32string_view characters) {
  std::string text;
  const auto more = [&](char32_t c, int shift) {
    text += static_cast<char>(0x80U | ((c >> static_cast<unsigned>(shift)) & 0x3FU));
  };
  for (const char32_t c : characters) {
    if (c < 0x80) {
      text += static_cast<char>(c);
    } else if (c < 0x800) {
      text += static_cast<char>(0xC0U | (c >> 6U));
      more(c, 0);
    } else if (c < 0x10000) {
      text += static_cast<char>(0xE0U | (c >> 12U));
      more(c, 6);
      more(c, 0);
    } else {
      text += static_cast<char>(0xF0U | (c >> 18U));
      more(c, 12);
      more(c, 6);
      more(c, 0);
    }
  }
  return text;
}

bool is_ignorable(char32_t c) {
  return c == 0xAD || c == 0x034F || c == 0x061C || c == 0xFEFF || is_within(c, 0x200B, 0x200F) ||
         is_within(c, 0x202A, 0x202E) || is_within(c, 0x2060, 0x206F) ||
         is_within(c, 0xFE00, 0xFE0F) || is_within(c, 0xE0000, 0xE0FFF);
}

}  // namespace kata
