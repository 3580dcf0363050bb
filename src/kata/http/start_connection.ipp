// SPDX-License-Identifier: Apache-2.0
// Inside the http room only, because it brings Boost; hence no header. What lies behind each of
// these is large, so that each is compiled in a file of its own.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "kata/http/server_state.h"

namespace kata {

using PlainStream = boost::beast::tcp_stream;
using SecureStream = boost::beast::ssl_stream<boost::beast::tcp_stream>;
using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

/// Serves whoever has just connected, until they go or the server closes.
void start_plain_connection(boost::asio::ip::tcp::socket socket, ServerState& state);
void start_secure_connection(boost::asio::ip::tcp::socket socket,
                             boost::asio::ssl::context& context, ServerState& state);

/// Goes on with a connection that asked to become a tab's live connection.
void start_live(PlainStream&& stream, ServerState& state, const UpgradeRequest& request);
void start_live(SecureStream&& stream, ServerState& state, const UpgradeRequest& request);

}  // namespace kata
