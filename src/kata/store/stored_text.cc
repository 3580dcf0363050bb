// SPDX-License-Identifier: Apache-2.0
#include "kata/store/stored_text.h"

#include <string>

#include "kata/core/error.h"

namespace kata {
namespace {

bool is_continuation(std::string_view text, std::size_t i) {
  return i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U;
}

/// Bytes of the character that begins at i; 0 where it is not UTF-8 or a control character.
std::size_t character_bytes(std::string_view text, std::size_t i) {
  const auto c = static_cast<unsigned char>(text[i]);
  if (c == '\n' || c == '\t') return 1;
  if (c < 0x20 || c == 0x7F) return 0;
  const std::size_t length = c < 0x80   ? 1
                             : c < 0xC2 ? 0
                             : c < 0xE0 ? 2
                             : c < 0xF0 ? 3
                             : c < 0xF5 ? 4
                                        : 0;
  for (std::size_t k = 1; k < length; ++k) {
    if (!is_continuation(text, i + k)) return 0;
  }
  return length;
}

}  // namespace

void check_text(std::string_view text, std::size_t max_bytes, const char* what) {
  if (text.size() > max_bytes) {
    throw Error(ErrorCode::kInvalidArgument, std::string("the ") + what + " is too long (at most " +
                                                 std::to_string(max_bytes) + " bytes)");
  }
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_bytes(text, i);
    if (length == 0) {
      throw Error(ErrorCode::kInvalidArgument,
                  std::string("the ") + what + " holds characters that are not text in UTF-8");
    }
    i += length;
  }
}

std::string shown_text(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_bytes(text, i);
    if (length == 0) {
      shown += '?';
      ++i;
      continue;
    }
    shown += text.substr(i, length);
    i += length;
  }
  return shown;
}

}  // namespace kata
