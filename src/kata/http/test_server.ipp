// SPDX-License-Identifier: Apache-2.0
// For tests of this room only (it brings Boost): a picture, a landmarker that needs no network, and
// a client for this room's tests.
#pragma once

#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <cmath>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "kata/http/server.h"
#include "kata/session/landmarker_pool.h"
#include "tests/support/temp_folder.h"

namespace kata {

using test::TempFolder;

/// A JPEG of 16 × 16 orange pixels.
inline constexpr unsigned char kOrangeJpeg[] = {
    0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0x4a, 0x46, 0x49, 0x46, 0x00, 0x01, 0x02, 0x00, 0x00,
    0x01, 0x00, 0x01, 0x00, 0x00, 0xff, 0xfe, 0x00, 0x10, 0x4c, 0x61, 0x76, 0x63, 0x35, 0x39,
    0x2e, 0x33, 0x37, 0x2e, 0x31, 0x30, 0x30, 0x00, 0xff, 0xdb, 0x00, 0x43, 0x00, 0x08, 0x28,
    0x28, 0x2f, 0x28, 0x2f, 0x37, 0x37, 0x37, 0x37, 0x37, 0x37, 0x41, 0x3c, 0x41, 0x43, 0x43,
    0x43, 0x41, 0x41, 0x41, 0x41, 0x43, 0x43, 0x43, 0x48, 0x48, 0x48, 0x55, 0x55, 0x55, 0x48,
    0x48, 0x48, 0x43, 0x43, 0x48, 0x48, 0x50, 0x50, 0x55, 0x55, 0x5c, 0x5f, 0x5c, 0x57, 0x57,
    0x55, 0x57, 0x5f, 0x5f, 0x64, 0x64, 0x64, 0x78, 0x78, 0x73, 0x73, 0x8c, 0x8c, 0x91, 0xac,
    0xac, 0xcf, 0xff, 0xc4, 0x00, 0x4c, 0x00, 0x01, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x06, 0x01, 0x01, 0x01, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x06, 0x07, 0x10,
    0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x11, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0xff, 0xc0, 0x00, 0x11, 0x08, 0x00, 0x10, 0x00, 0x10, 0x03,
    0x01, 0x22, 0x00, 0x02, 0x11, 0x00, 0x03, 0x11, 0x00, 0xff, 0xda, 0x00, 0x0c, 0x03, 0x01,
    0x00, 0x02, 0x11, 0x03, 0x11, 0x00, 0x3f, 0x00, 0xad, 0x01, 0x1d, 0x3a, 0x7f, 0xff, 0xd9};

/// Sees one person whose right arm goes up and down four times, with rests, whatever the picture.
class ActingLandmarker final : public Landmarker {
 public:
  Landmarks detect(const ImageView& image, Timestamp timestamp) override {
    const double time_s = seconds(timestamp);
    const double lift =
        time_s > 1 && time_s < 9 ? 0.5 - 0.5 * std::cos((time_s - 1) * 3.14159265358979) : 0;
    Landmarks seen;
    seen.timestamp = timestamp;
    seen.image_width = image.width;
    seen.image_height = image.height;
    Pose pose;
    pose.confidence = 1;
    pose.visibility.fill(1);
    for (std::size_t i = 0; i < kPosePoints; ++i) {
      pose.points[i] = {0.4F + 0.2F * static_cast<float>(i % 2),
                        0.1F + 0.025F * static_cast<float>(i), 0};
    }
    pose.points[14] = {0.3F, 0.5F - 0.1F * static_cast<float>(lift), 0};
    pose.points[16] = {0.25F, 0.7F - 0.5F * static_cast<float>(lift), 0};
    seen.pose = pose;
    return seen;
  }
  void reset() override {}
};

inline ServerOptions test_options(const std::filesystem::path& folder) {
  ServerOptions options;
  options.folder = folder;
  options.port = 0;
  options.version = "test";
  return options;
}

/// A server on a free port of this computer, run in a thread while it lives.
class RunningServer {
 public:
  explicit RunningServer(const ServerOptions& options)
      : server_(options, [] { return std::make_unique<ActingLandmarker>(); }),
        thread_([this](const std::stop_token& stop) { server_.run(stop); }) {}
  explicit RunningServer(const std::filesystem::path& folder)
      : RunningServer(test_options(folder)) {}

  std::uint16_t port() const { return server_.port(); }
  std::string host() const { return "127.0.0.1:" + std::to_string(port()); }
  std::string address() const { return server_.address(); }

 private:
  Server server_;
  std::jthread thread_;
};

/// A connection that says exactly what it is told to.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port) : socket_(io_) {
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
  }
  void send(std::string_view text) {
    boost::system::error_code ignored;  // the server may have hung up already
    boost::asio::write(socket_, boost::asio::buffer(text.data(), text.size()), ignored);
  }
  std::string read_head() {
    std::string text;
    boost::asio::read_until(socket_, boost::asio::dynamic_buffer(text), "\r\n\r\n");
    return text;
  }
  /// False once the server has hung up.
  bool try_send(std::string_view text) {
    boost::system::error_code error;
    boost::asio::write(socket_, boost::asio::buffer(text.data(), text.size()), error);
    return !error;
  }
  /// All that comes until the server hangs up.
  std::string read_all() {
    std::string text;
    boost::system::error_code end;
    boost::asio::read(socket_, boost::asio::dynamic_buffer(text), end);
    return text;
  }
  boost::asio::ip::tcp::socket& socket() { return socket_; }

 private:
  boost::asio::io_context io_;
  boost::asio::ip::tcp::socket socket_;
};

using Reply = boost::beast::http::response<boost::beast::http::string_body>;
using Ask = boost::beast::http::request<boost::beast::http::string_body>;

/// One request of its own connection.
inline Reply fetch(const RunningServer& server, Ask request) {
  namespace http = boost::beast::http;
  RawClient client(server.port());
  if (request.count(http::field::host) == 0) request.set(http::field::host, server.host());
  request.set(http::field::connection, "close");
  request.prepare_payload();
  http::write(client.socket(), request);
  boost::beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(std::numeric_limits<std::uint64_t>::max());
  http::read(client.socket(), buffer, parser);
  return parser.release();
}

inline Ask ask(std::string_view method, std::string_view target, std::string body = "") {
  namespace http = boost::beast::http;
  Ask request(http::string_to_verb({method.data(), method.size()}), {target.data(), target.size()},
              11);
  if (!body.empty()) request.set(http::field::content_type, "application/json");
  request.body() = std::move(body);
  return request;
}

}  // namespace kata
