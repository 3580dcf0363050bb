// SPDX-License-Identifier: Apache-2.0
#include "kata/http/http_response.ipp"

#include <boost/beast/websocket/rfc6455.hpp>

#include "kata/http/pages.h"
#include "kata/wire/routes.h"

namespace kata {
namespace {

namespace http = boost::beast::http;

/// Nothing from elsewhere, nothing inline, no frames; blob: and data: pictures are made by the
/// page.
constexpr const char* kContentPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob: mediastream:; connect-src 'self'; font-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'";

std::string path_of(const std::vector<std::string>& segments) {
  std::string path;
  for (const std::string& segment : segments) path += "/" + segment;
  return path.empty() ? "/" : path;
}

HttpResponse redirect(std::string to) {
  HttpResponse response;
  response.status = 303;
  response.headers.emplace_back("Location", std::move(to));
  return response;
}

}  // namespace

Visitor visitor_from(const WireRequest& head) {
  Visitor visitor;
  visitor.method = to_view(head.method_string());
  visitor.target = to_view(head.target());
  // Two Host headers could mean two things to two readers.
  visitor.host =
      head.count(http::field::host) == 1 ? to_view(head[http::field::host]) : std::string_view();
  visitor.origin = to_view(head[http::field::origin]);
  visitor.fetch_site = to_view(head["Sec-Fetch-Site"]);
  visitor.cookie = to_view(head[http::field::cookie]);
  visitor.authorization = to_view(head[http::field::authorization]);
  visitor.is_upgrade = boost::beast::websocket::is_upgrade(head);
  return visitor;
}

WireResponse wire_response(HttpResponse response, bool is_keep_alive, bool is_secure,
                           bool is_head) {
  WireResponse message(static_cast<http::status>(response.status), 11);
  message.set(http::field::content_type, response.content_type);
  message.set("Content-Security-Policy", kContentPolicy);
  message.set("X-Content-Type-Options", "nosniff");
  message.set("Referrer-Policy", "no-referrer");
  message.set("Cross-Origin-Opener-Policy", "same-origin");
  message.set("Cross-Origin-Resource-Policy", "same-origin");
  message.set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()");
  message.set(http::field::cache_control, "no-store");
  if (is_secure) message.set("Strict-Transport-Security", "max-age=0");
  for (const auto& [name, value] : response.headers) message.set(name, value);
  const std::size_t size = response.body.size();
  if (!is_head) message.body() = std::move(response.body);
  message.keep_alive(is_keep_alive);
  if (response.status == 204 || response.status == 304) {
    message.erase(http::field::content_type);
  } else {
    message.content_length(size);
  }
  return message;
}

std::optional<HttpResponse> page_response(const HttpRequest& request, const WireRequest& head,
                                          const Gatekeeper& gate) {
  std::string path = path_of(request.path);
  if (find_page(path) == nullptr && find_page(path + "/") != nullptr) {
    if (!to_view(head.target()).substr(0, path.size() + 1).ends_with('/'))
      return redirect(path + "/");
    path += "/";
  }
  const Page* page = find_page(path);
  if (page == nullptr) return std::nullopt;
  if (request.method != "GET") return error_response(405, "method", "this cannot be done there");
  // The link with the token lets the device in and leaves the token out of the address bar.
  if (const auto cookie = gate.cookie_for(to_view(head.target()))) {
    HttpResponse response = redirect("/");
    response.headers.emplace_back("Set-Cookie", *cookie);
    return response;
  }
  HttpResponse response;
  response.content_type = page->content_type;
  response.headers.emplace_back("ETag", page->tag);
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (to_view(head[http::field::if_none_match]) == page->tag) {
    response.status = 304;
  } else {
    response.body = page->content;
  }
  return response;
}

}  // namespace kata
