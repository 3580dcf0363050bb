// SPDX-License-Identifier: Apache-2.0
#include "kata/http/gatekeeper.h"

#include <utility>

#include "kata/wire/http_message.h"

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

/// The port that browsers leave away.
int default_port(std::string_view scheme) { return scheme == "https" ? 443 : 80; }

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

Gatekeeper::Gatekeeper(OwnNames names, std::string_view scheme, std::string token)
    : names_(std::move(names)), scheme_(scheme), token_(std::move(token)) {}

/// Our own pages are those that came from the very name and port that this request was sent to.
bool Gatekeeper::is_own_origin(std::string_view origin, const Authority& host) const {
  const std::size_t end = origin.find("://");
  if (end == std::string_view::npos) return false;  // "null", too
  const std::string_view scheme = origin.substr(0, end);
  const bool is_ours = scheme == scheme_ || (scheme == "https" && names_.is_given(host.name));
  const auto page = authority_from(origin.substr(end + 3));
  if (!is_ours || !page || page->name != host.name) return false;
  const int usual = default_port(scheme);
  return page->port.value_or(usual) == host.port.value_or(usual);
}

bool Gatekeeper::has_token(const Visitor& visitor) const {
  if (token_.empty()) return true;
  if (visitor.authorization.starts_with(kBearer)) {
    return is_same_secret(visitor.authorization.substr(kBearer.size()), token_);
  }
  return is_same_secret(cookie_value(visitor.cookie), token_);
}

std::optional<Refusal> Gatekeeper::refuse(const Visitor& visitor) const {
  const auto host = authority_from(visitor.host);
  if (!host || !names_.has(host->name)) {
    return Refusal{421,
                   "this server does not answer to that name; \"kata serve --host-name NAME\" "
                   "adds it"};
  }
  if (!visitor.origin.empty() && !is_own_origin(visitor.origin, *host)) {
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
