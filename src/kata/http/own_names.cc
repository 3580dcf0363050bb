// SPDX-License-Identifier: Apache-2.0
#include "kata/http/own_names.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr std::array<std::string_view, 3> kLoopback = {"localhost", "127.0.0.1", "[::1]"};
constexpr std::size_t kLongestName = 253;  // of a host, RFC 1035
constexpr std::size_t kLongestHostName = 256;
constexpr int kLargestPort = 65535;
/// A crowd of requests under foreign names does not ask the system each time.
constexpr std::chrono::seconds kAskedAgain{1};

bool is_name_character(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '.' || c == '_';
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool is_ipv6(std::string_view bracketed) {
  if (bracketed.size() < 4 || bracketed.front() != '[' || bracketed.back() != ']') return false;
  const std::string inner(bracketed.substr(1, bracketed.size() - 2));
  in6_addr ignored{};
  return inet_pton(AF_INET6, inner.c_str(), &ignored) == 1;
}

/// In its one spelling; empty when it is neither a name nor an address.
std::string name_from(std::string_view text) {
  if (is_ipv6(text)) return lower(text);
  if (text.ends_with('.')) text.remove_suffix(1);  // "localhost." is localhost, from the root on
  const bool is_plain = !text.empty() && text.size() <= kLongestName && text.front() != '.' &&
                        text.back() != '.' && text.find("..") == std::string_view::npos &&
                        std::ranges::all_of(text, is_name_character);
  return is_plain ? lower(text) : std::string();
}

std::optional<int> port_from(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool is_port = error == std::errc() && end == text.data() + text.size() && port > 0 &&
                       port <= kLargestPort && text.front() != '-';
  return is_port ? std::optional(port) : std::nullopt;
}

bool holds(const auto& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

std::optional<Authority> authority_from(std::string_view text) {
  const std::size_t bracket = text.find(']');
  const std::size_t colon = text.find(':', bracket == std::string_view::npos ? 0 : bracket);
  Authority authority;
  authority.name = name_from(text.substr(0, colon));
  if (authority.name.empty()) return std::nullopt;
  if (colon == std::string_view::npos) return authority;
  authority.port = port_from(text.substr(colon + 1));
  return authority.port ? std::optional(authority) : std::nullopt;
}

OwnNames::OwnNames(const std::vector<std::string>& given, Now now) : now_(std::move(now)) {
  for (const std::string& text : given) {
    std::string name = name_from(text);
    if (name.empty()) {
      throw Error(
          ErrorCode::kInvalidArgument,
          "a host name is a name or an address as it stands in the browser's address bar, "
          "without https:// and port (\"studio.example\", \"xn--mnchen-3ya.local\"), not: " +
              text);
    }
    given_.push_back(std::move(name));
  }
}

bool OwnNames::has(std::string_view name) const {
  if (holds(kLoopback, name) || holds(given_, name) || holds(known_, name)) return true;
  const auto now = std::chrono::steady_clock::now();
  if (!now_ || (asked_ != decltype(asked_){} && now - asked_ < kAskedAgain)) return false;
  asked_ = now;
  known_.clear();
  for (const std::string& each : now_()) known_.push_back(name_from(each));
  std::erase(known_, std::string());
  return holds(known_, name);
}

bool OwnNames::is_given(std::string_view name) const { return holds(given_, name); }

std::vector<std::string> own_addresses() {
  std::vector<std::string> found;
  ifaddrs* list = nullptr;
  if (getifaddrs(&list) != 0) return found;
  for (const ifaddrs* entry = list; entry != nullptr; entry = entry->ifa_next) {
    if (entry->ifa_addr == nullptr || entry->ifa_addr->sa_family != AF_INET) continue;
    std::array<char, INET_ADDRSTRLEN> text{};
    const auto* address = reinterpret_cast<const sockaddr_in*>(entry->ifa_addr);
    inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size());
    const std::string value(text.data());
    if (!value.starts_with("127.") && !value.starts_with("169.254.")) found.push_back(value);
  }
  freeifaddrs(list);
  return found;
}

std::vector<std::string> own_host_names() {
  std::array<char, kLongestHostName> text{};
  if (gethostname(text.data(), text.size() - 1) != 0) return {};
  const std::string name = name_from(text.data());
  if (name.empty()) return {};
  std::vector<std::string> names = {name};
  const std::string first = name.substr(0, name.find('.'));
  if (first != name) names.push_back(first);
  names.push_back(first + ".local");
  return names;
}

}  // namespace kata
