// SPDX-License-Identifier: Apache-2.0
#include "kata/http/gatekeeper.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "kata/http/http_message.h"

namespace kata {
namespace {

constexpr std::string_view kCookie = "kata_token=";
constexpr std::string_view kBearer = "Bearer ";

/// Takes as long for a wrong token as for the right one.
bool is_same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference |=
        static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  }
  return difference == 0;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

std::string_view cookie_value(std::string_view cookies) {
  for (std::size_t at = cookies.find(kCookie); at != std::string_view::npos;
       at = cookies.find(kCookie, at + 1)) {
    if (at != 0 && cookies[at - 1] != ' ' && cookies[at - 1] != ';') continue;
    const std::string_view rest = cookies.substr(at + kCookie.size());
    return rest.substr(0, rest.find(';'));
  }
  return {};
}

}  // namespace

Gatekeeper::Gatekeeper(std::vector<std::string> hosts, std::string_view scheme, std::string token)
    : hosts_(std::move(hosts)), scheme_(scheme), token_(std::move(token)) {}

bool Gatekeeper::is_own_origin(std::string_view origin) const {
  const std::string wanted = lower(origin);
  return std::ranges::any_of(
      hosts_, [&](const std::string& host) { return wanted == scheme_ + "://" + host; });
}

bool Gatekeeper::has_token(const Visitor& visitor) const {
  if (token_.empty()) return true;
  if (visitor.authorization.starts_with(kBearer)) {
    return is_same_secret(visitor.authorization.substr(kBearer.size()), token_);
  }
  return is_same_secret(cookie_value(visitor.cookie), token_);
}

std::optional<Refusal> Gatekeeper::refuse(const Visitor& visitor) const {
  const std::string host = lower(visitor.host);
  if (std::ranges::find(hosts_, host) == hosts_.end()) {
    return Refusal{421, "this server does not answer to that name"};
  }
  if (!visitor.origin.empty() && !is_own_origin(visitor.origin)) {
    return Refusal{403, "requests from other sites are refused"};
  }
  const bool is_read = visitor.method == "GET" || visitor.method == "HEAD";
  const bool is_foreign = visitor.fetch_site == "cross-site" || visitor.fetch_site == "same-site";
  const bool is_api = visitor.target.starts_with("/api");
  if (is_foreign && (!is_read || is_api || visitor.is_upgrade)) {
    return Refusal{403, "requests from other sites are refused"};
  }
  if (visitor.target == "/healthz") return std::nullopt;
  if (!has_token(visitor) && !cookie_for(visitor.target)) {
    return Refusal{401, "open the link that \"kata serve --lan\" shows; it lets this device in"};
  }
  return std::nullopt;
}

std::optional<std::string> Gatekeeper::cookie_for(std::string_view target) const {
  if (token_.empty() || target.substr(0, target.find('?')) != "/") return std::nullopt;
  const auto given = query_value(target, "token");
  if (!given || !is_same_secret(*given, token_)) return std::nullopt;
  return std::string(kCookie) + token_ +
         "; Path=/; HttpOnly; Secure; SameSite=Strict; Max-Age=2592000";
}

}  // namespace kata
