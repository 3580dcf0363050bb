// SPDX-License-Identifier: Apache-2.0
// For tests of this room only (it brings Boost): a tab that speaks over the live connection.
#pragma once

#include <bit>
#include <boost/beast/websocket.hpp>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "kata/http/test_server.ipp"

namespace kata {

inline std::string message_with(double time_s, std::string_view jpeg) {
  const auto bits = std::bit_cast<std::uint64_t>(time_s);
  std::string message;
  for (unsigned i = 0; i < 8; ++i) message += static_cast<char>((bits >> (8 * i)) & 0xFFU);
  return message.append(jpeg);
}

inline std::string_view orange() {
  return {reinterpret_cast<const char*>(kOrangeJpeg), sizeof(kOrangeJpeg)};
}

class LiveClient {
 public:
  explicit LiveClient(const RunningServer& server, const std::string& query = "") : socket_(io_) {
    socket_.next_layer().connect({boost::asio::ip::address_v4::loopback(), server.port()});
    socket_.handshake(server.host(), "/api/live" + query);
  }
  void close(std::uint16_t code) { socket_.close(boost::beast::websocket::close_code(code)); }
  /// Goes without a goodbye.
  void vanish() { socket_.next_layer().close(); }
  void say(const nlohmann::json& message) {
    socket_.text(true);
    socket_.write(boost::asio::buffer(message.dump()));
  }
  void say_bytes(const std::string& bytes) {
    socket_.binary(true);
    socket_.write(boost::asio::buffer(bytes));
  }
  nlohmann::json hear() {
    boost::beast::flat_buffer buffer;
    socket_.read(buffer);
    return nlohmann::json::parse(boost::beast::buffers_to_string(buffer.data()));
  }
  /// Shows a picture and returns what is said of it; what comes before is kept in `others`.
  nlohmann::json show(double time_s, std::vector<nlohmann::json>* others = nullptr) {
    say_bytes(message_with(time_s, orange()));
    for (;;) {
      nlohmann::json reply = hear();
      if (reply["type"] == "frame" || reply["type"] == "error") return reply;
      if (others != nullptr) others->push_back(std::move(reply));
    }
  }

 private:
  boost::asio::io_context io_;
  boost::beast::websocket::stream<boost::asio::ip::tcp::socket> socket_;
};

inline std::string upgrade_request(const std::string& host, const std::string& more) {
  return "GET /api/live HTTP/1.1\r\nHost: " + host +
         "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         more + "\r\n";
}

}  // namespace kata
