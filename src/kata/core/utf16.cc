// SPDX-License-Identifier: Apache-2.0
#include "kata/core/utf16.h"

#include <algorithm>
#include <cstdint>

#include "kata/core/error.h"

namespace kata {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLookedAt = 64;  // bytes, to know UTF-16 without a mark by its zeros
constexpr std::uint32_t kUnknownLetter = 0xFFFD;

enum class Order { kNone, kLittle, kBig };

/// Latin letters, digits and separators have a zero beside them in UTF-16, and nowhere else.
Order order_by_zeros(std::string_view text) {
  const std::size_t count = std::min(kLookedAt, text.size()) / 2 * 2;
  if (count < 4) return Order::kNone;
  std::size_t even = 0;
  std::size_t odd = 0;
  for (std::size_t i = 0; i < count; i += 2) {
    even += text[i] == '\0' ? 1 : 0;
    odd += text[i + 1] == '\0' ? 1 : 0;
  }
  if (even == 0 && odd > count / 4) return Order::kLittle;
  if (odd == 0 && even > count / 4) return Order::kBig;
  return Order::kNone;
}

void append_utf8(std::uint32_t letter, std::string& to) {
  const auto put = [&](std::uint32_t byte) { to += static_cast<char>(byte); };
  const auto put_rest = [&](std::uint32_t shift) { put(0x80U | ((letter >> shift) & 0x3FU)); };
  if (letter < 0x80) {
    put(letter);
  } else if (letter < 0x800) {
    put(0xC0U | (letter >> 6U));
    put_rest(0);
  } else if (letter < 0x10000) {
    put(0xE0U | (letter >> 12U));
    put_rest(6);
    put_rest(0);
  } else {
    put(0xF0U | (letter >> 18U));
    put_rest(12);
    put_rest(6);
    put_rest(0);
  }
}

std::string converted(std::string_view text, Order order) {
  if (text.size() % 2 != 0) {
    throw Error(ErrorCode::kCorrupt,
                "the file is text in UTF-16 that ends in the middle of a letter; save it as UTF-8");
  }
  const auto unit = [&](std::size_t i) {
    const auto first = static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    const auto second = static_cast<std::uint32_t>(static_cast<unsigned char>(text[i + 1]));
    return order == Order::kLittle ? first | (second << 8U) : (first << 8U) | second;
  };
  std::string utf8;
  utf8.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    std::uint32_t letter = unit(i);
    const bool is_first_half = letter >= 0xD800 && letter < 0xDC00;
    if (is_first_half && i + 3 < text.size()) {
      const std::uint32_t second = unit(i + 2);
      if (second >= 0xDC00 && second < 0xE000) {
        letter = 0x10000 + ((letter - 0xD800) << 10U) + (second - 0xDC00);
        i += 2;
      }
    }
    if (letter >= 0xD800 && letter < 0xE000) letter = kUnknownLetter;
    append_utf8(letter, utf8);
  }
  return utf8;
}

}  // namespace

std::optional<std::string> utf8_from_utf16(std::string_view text) {
  if (text.starts_with("\xFF\xFE\0\0"sv) || text.starts_with("\0\0\xFE\xFF"sv)) {
    throw Error(ErrorCode::kCorrupt, "the file is text in UTF-32; save it as UTF-8");
  }
  if (text.starts_with("\xFF\xFE"sv)) return converted(text.substr(2), Order::kLittle);
  if (text.starts_with("\xFE\xFF"sv)) return converted(text.substr(2), Order::kBig);
  const Order order = order_by_zeros(text);
  if (order != Order::kNone) return converted(text, order);
  if (text.substr(0, kLookedAt).find('\0') != std::string_view::npos) {
    throw Error(ErrorCode::kCorrupt, "the file is no text");
  }
  return std::nullopt;
}

}  // namespace kata
