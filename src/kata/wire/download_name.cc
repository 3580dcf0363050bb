// SPDX-License-Identifier: Apache-2.0
#include "kata/wire/download_name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>

namespace kata {
namespace {

/// Bytes: file systems end at 255, browsers add " (1)" and their own endings.
constexpr std::size_t kLongestStem = 180;
constexpr std::string_view kFallback = "craft";
constexpr std::string_view kForbidden = "/\\:*?\"<>|";
/// The characters that RFC 5987 lets stand.
constexpr std::string_view kPlain = "!#$&+-.^_`|~";
constexpr std::string_view kHexDigits = "0123456789ABCDEF";
constexpr std::array<std::string_view, 6> kDevices = {"con", "prn", "aux", "nul", "com", "lpt"};

/// The next character of UTF-8 and the bytes it takes; what is no UTF-8 is taken byte by byte as
/// U+FFFD.
struct Character {
  char32_t code = 0xFFFD;
  std::size_t size = 1;
};

Character character_at(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  const std::size_t size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < size) return {};
  char32_t code = first & (0xFFU >> (size + 1));
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return {};
    code = (code << 6U) | (byte(i) & 0x3FU);
  }
  const bool is_overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  return is_overlong || is_surrogate || code > 0x10FFFF ? Character{} : Character{code, size};
}

/// Marks that are not seen but turn the direction of what follows, or end a line.
bool is_invisible(char32_t code) {
  return code == 0x061C || (code >= 0x200B && code <= 0x200F && code != 0x200C && code != 0x200D) ||
         (code >= 0x2028 && code <= 0x202E) || (code >= 0x2060 && code <= 0x2069) || code == 0xFEFF;
}

bool is_control(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

bool is_device(std::string_view stem) {
  std::string lower(stem.substr(0, stem.find('.')));
  std::ranges::transform(lower, lower.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  while (!lower.empty() && std::isdigit(static_cast<unsigned char>(lower.back())) != 0)
    lower.pop_back();
  return std::ranges::find(kDevices, lower) != kDevices.end();
}

std::string trimmed(std::string text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.pop_back();
  text.erase(0, text.find_first_not_of(" ."));
  return text;
}

std::string ascii_of(std::string_view name) {
  std::string result;
  while (!name.empty()) {
    const Character next = character_at(name);
    name.remove_prefix(next.size);
    const bool is_ascii = next.code >= 0x20 && next.code < 0x7F && next.code != '%';
    result += is_ascii ? static_cast<char>(next.code) : '_';
  }
  return result;
}

std::string percent_encoded(std::string_view name) {
  std::string result;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x80 && std::isalnum(byte) != 0) || kPlain.find(c) != std::string_view::npos) {
      result += c;
    } else {
      result += {'%', kHexDigits[byte >> 4U], kHexDigits[byte & 15U]};
    }
  }
  return result;
}

}  // namespace

std::string safe_file_name(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  const std::string_view ending = dot == std::string_view::npos ? "" : name.substr(dot);
  std::string_view rest = name.substr(0, dot);
  std::string stem;
  while (!rest.empty()) {
    const Character next = character_at(rest);
    const std::string_view bytes = rest.substr(0, next.size);
    rest.remove_prefix(next.size);
    if (is_invisible(next.code)) continue;
    const bool is_bad = is_control(next.code) || next.code == 0xFFFD ||
                        (next.code < 0x80 && kForbidden.find(bytes[0]) != std::string_view::npos);
    const std::string_view kept = is_bad ? "_" : bytes;
    if (stem.size() + kept.size() > kLongestStem) break;
    stem += kept;
  }
  stem = trimmed(std::move(stem));
  if (stem.empty()) stem = kFallback;
  if (is_device(stem)) stem += '_';
  return stem.append(ending);
}

std::string attachment_named(std::string_view name) {
  const std::string safe = safe_file_name(name);
  const std::string plain = ascii_of(safe);
  std::string header = "attachment; filename=\"" + plain + "\"";
  if (plain != safe) header += "; filename*=UTF-8''" + percent_encoded(safe);
  return header;
}

}  // namespace kata
