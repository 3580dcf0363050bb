// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "kata/http/own_names.h"

namespace kata {

/// The parts of a request's head that decide whether it may come in.
struct Visitor {
  std::string_view method;
  std::string_view target;
  std::string_view host;
  std::string_view origin;      ///< empty = no such header
  std::string_view fetch_site;  ///< Sec-Fetch-Site; empty = no such header
  std::string_view cookie;
  std::string_view authorization;
  bool is_upgrade = false;
};

struct Refusal {
  int status = 403;
  std::string text;
};

/// Decides by the head of a request whether it may come in.
///
/// Only the names under which this server was opened are answered (a foreign name that resolves to
/// this computer is DNS rebinding); only our own pages may change anything or open a WebSocket; in
/// the local network a token is needed.
class Gatekeeper {
 public:
  /// An empty token lets everyone in.
  Gatekeeper(OwnNames names, std::string_view scheme, std::string token);

  std::optional<Refusal> refuse(const Visitor& visitor) const;
  /// The value of Set-Cookie when the visitor came by the link with the token.
  std::optional<std::string> cookie_for(std::string_view target) const;
  const std::string& token() const { return token_; }

 private:
  bool is_own_origin(std::string_view origin, const Authority& host) const;
  bool has_token(const Visitor& visitor) const;

  OwnNames names_;
  std::string scheme_;
  std::string token_;
};

}  // namespace kata
