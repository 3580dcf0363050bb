// SPDX-License-Identifier: Apache-2.0
#include "kata/wire/http_message.h"

namespace kata {
namespace {

constexpr std::size_t kLongestTarget = 512;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.';
}

}  // namespace

std::optional<std::vector<std::string>> path_from_target(std::string_view target) {
  if (target.size() > kLongestTarget || !target.starts_with('/')) return std::nullopt;
  const std::string_view path = target.substr(0, target.find('?'));
  std::vector<std::string> segments;
  std::size_t at = 1;
  while (at <= path.size()) {
    const std::size_t slash = path.find('/', at);
    const std::string_view segment =
        path.substr(at, slash == std::string_view::npos ? slash : slash - at);
    if (segment.empty() && slash != std::string_view::npos) return std::nullopt;  // "//"
    if (segment.starts_with('.')) return std::nullopt;
    for (const char c : segment) {
      if (!is_plain(c)) return std::nullopt;
    }
    if (!segment.empty()) segments.emplace_back(segment);
    if (slash == std::string_view::npos) break;
    at = slash + 1;
  }
  return segments;
}

std::optional<std::string> query_value(std::string_view target, std::string_view name) {
  std::size_t at = target.find('?');
  while (at != std::string_view::npos) {
    const std::string_view rest = target.substr(at + 1);
    const std::string_view field = rest.substr(0, rest.find('&'));
    const std::size_t equals = field.find('=');
    if (equals != std::string_view::npos && field.substr(0, equals) == name)
      return std::string(field.substr(equals + 1));
    const std::size_t next = rest.find('&');
    at = next == std::string_view::npos ? next : at + 1 + next;
  }
  return std::nullopt;
}

}  // namespace kata
