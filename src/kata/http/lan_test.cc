// SPDX-License-Identifier: Apache-2.0
// A server for the other devices of the network: https, and nobody comes in without the token.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/ssl.hpp>

#include "kata/http/qr_code.h"
#include "kata/http/test_server.ipp"

namespace kata {
namespace {

namespace http = boost::beast::http;
using testing::HasSubstr;

ServerOptions lan_options(const TempFolder& folder) {
  ServerOptions options = test_options(folder.path() / "crafts");
  options.is_lan = true;
  options.state_folder = folder.path() / "state";
  return options;
}

std::string token_of(const RunningServer& server) {
  const std::string address = server.address();
  return address.substr(address.find("?token=") + 7);
}

Reply fetch_secure(const RunningServer& server, Ask request) {
  boost::asio::io_context io;
  boost::asio::ssl::context trusting(
      boost::asio::ssl::context::tls_client);  // as who has clicked the warning away
  boost::beast::ssl_stream<boost::beast::tcp_stream> stream(io, trusting);
  boost::beast::get_lowest_layer(stream).connect(
      {boost::asio::ip::address_v4::loopback(), server.port()});
  stream.handshake(boost::asio::ssl::stream_base::client);
  request.set(http::field::host, server.host());
  request.set(http::field::connection, "close");
  request.prepare_payload();
  http::write(stream, request);
  boost::beast::flat_buffer buffer;
  Reply reply;
  http::read(stream, buffer, reply);
  return reply;
}

TEST(Lan, NobodyComesInWithoutTheToken) {
  const TempFolder folder;
  const RunningServer server(lan_options(folder));
  for (const char* target : {"/", "/api/crafts", "/api/live", "/shared/api.js", "/metrics",
                             "/?token=00000000000000000000000000000000"}) {
    EXPECT_EQ(fetch_secure(server, ask("GET", target)).result_int(), 401U) << target;
  }
  Ask wrong = ask("GET", "/api/crafts");
  wrong.set(http::field::cookie, "kata_token=00000000000000000000000000000000");
  EXPECT_EQ(fetch_secure(server, wrong).result_int(), 401U);
  Ask upgrade = ask("GET", "/api/live");
  upgrade.set(http::field::upgrade, "websocket");
  upgrade.set(http::field::connection, "Upgrade");
  upgrade.set("Sec-WebSocket-Version", "13");
  upgrade.set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  EXPECT_EQ(fetch_secure(server, upgrade).result_int(), 401U);
  EXPECT_EQ(fetch_secure(server, ask("GET", "/healthz")).result_int(), 200U);
}

TEST(Lan, TheLinkLetsADeviceInAndLeavesTheAddressBarClean) {
  const TempFolder folder;
  const RunningServer server(lan_options(folder));
  const std::string token = token_of(server);
  ASSERT_EQ(token.size(), 32U);
  const Reply reply = fetch_secure(server, ask("GET", "/?token=" + token));
  EXPECT_EQ(reply.result_int(), 303U);
  EXPECT_EQ(std::string(reply[http::field::location]), "/");
  const std::string cookie(reply[http::field::set_cookie]);
  for (const char* part : {"HttpOnly", "Secure", "SameSite=Strict"})
    EXPECT_THAT(cookie, HasSubstr(part));
  Ask again = ask("GET", "/api/crafts");
  again.set(http::field::cookie, cookie.substr(0, cookie.find(';')));
  EXPECT_EQ(fetch_secure(server, again).result_int(), 200U);
  Ask program = ask("GET", "/api/crafts");
  program.set(http::field::authorization, "Bearer " + token);
  EXPECT_EQ(fetch_secure(server, program).result_int(), 200U);
}

TEST(Lan, ADeviceStaysInWhenTheServerStartsAnew) {
  const TempFolder folder;
  std::string token;
  {
    const RunningServer server(lan_options(folder));
    token = token_of(server);
  }
  EXPECT_EQ(token_of(RunningServer(lan_options(folder))), token);
  ServerOptions anew = lan_options(folder);
  anew.with_new_token = true;
  EXPECT_NE(token_of(RunningServer(anew)), token);
}

TEST(Lan, WhoSpeaksNoTlsIsHungUpOn) {
  const TempFolder folder;
  const RunningServer server(lan_options(folder));
  RawClient plain(server.port());
  plain.send("GET / HTTP/1.1\r\nHost: " + server.host() + "\r\n\r\n");
  EXPECT_EQ(plain.read_all().find("HTTP/1.1 200"), std::string::npos);
  EXPECT_EQ(fetch_secure(server, ask("GET", "/healthz")).result_int(), 200U);
}

TEST(QrCode, HasTheThreeFindersAndAMargin) {
  const std::string code =
      qr_code("https://192.0.2.7:8765/?token=00000000000000000000000000000000");
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < code.size();) {
    const std::size_t end = code.find('\n', at);
    lines.push_back(code.substr(at, end - at));
    at = end + 1;
  }
  ASSERT_GT(lines.size(), 12U);
  // Two modules above each other in a character: a finder's upper edge is seven full-dark upper
  // halves.
  EXPECT_THAT(lines[1], HasSubstr("  █▀▀▀▀▀█ "));
  EXPECT_THAT(lines[1], HasSubstr(" █▀▀▀▀▀█  "));
  EXPECT_THAT(lines[lines.size() - 3], HasSubstr("  █"));
  EXPECT_THROW(qr_code(std::string(5000, 'x')), std::exception);
}

}  // namespace
}  // namespace kata
