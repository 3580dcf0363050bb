// SPDX-License-Identifier: Apache-2.0
// Inside the http room only, because it brings Boost; hence no header.
#pragma once

#include <boost/beast/http.hpp>
#include <optional>
#include <string_view>

#include "kata/http/gatekeeper.h"
#include "kata/wire/http_message.h"

namespace kata {

using WireRequest = boost::beast::http::request<boost::beast::http::string_body>;
using WireResponse = boost::beast::http::response<boost::beast::http::string_body>;

inline std::string_view to_view(boost::beast::string_view text) {
  return {text.data(), text.size()};
}

Visitor visitor_from(const WireRequest& head);
/// The response with every header that keeps a page safe.
WireResponse wire_response(HttpResponse response, bool is_keep_alive, bool is_secure, bool is_head);
/// A page or one of its files; empty when the request is for something else.
std::optional<HttpResponse> page_response(const HttpRequest& request, const WireRequest& head,
                                          const Gatekeeper& gate);

}  // namespace kata
