// SPDX-License-Identifier: Apache-2.0
// Inside the http room only, because it brings Boost; hence no header.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "kata/http/camera_stream.ipp"
#include "kata/http/http_response.ipp"
#include "kata/http/start_connection.ipp"

namespace kata {

inline constexpr std::uint32_t kLargestHead = 16U << 10U;
inline constexpr std::uint64_t kLargestBody = 64U << 10U;
inline constexpr std::uint64_t kLargestFile = 64U << 20U;
inline constexpr std::size_t kMostDrained = 16U << 20U;
inline constexpr std::chrono::seconds kWritePatience{60};

/// One browser's connection: reads a request, has it answered, writes the response, again.
template <typename Stream>
class Connection final : public Closable, public std::enable_shared_from_this<Connection<Stream>> {
  static constexpr bool kIsSecure = std::is_same_v<Stream, SecureStream>;

 public:
  Connection(Stream&& stream, ServerState& state)
      : stream_(std::move(stream)), state_(state), mark_(state, this) {}

  ~Connection() override {
    if (is_importing_) --state_.imports;
  }

  void start() {
    if constexpr (kIsSecure) {
      lowest().expires_after(state_.head_patience);
      stream_.async_handshake(boost::asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](boost::system::error_code error) {
                                if (!error) self->read_head();
                              });
    } else {
      read_head();
    }
  }

  void close() override { lowest().close(); }

 private:
  auto& lowest() { return boost::beast::get_lowest_layer(stream_); }

  void read_head() {
    parser_.emplace();
    parser_->header_limit(kLargestHead);
    parser_->body_limit(kLargestFile);
    lowest().expires_after(state_.head_patience);
    boost::beast::http::async_read_header(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          self->head_is_read(error);
        });
  }

  void head_is_read(boost::system::error_code error) {
    namespace http = boost::beast::http;
    if (error == http::error::header_limit) return refuse(431, "the request's head is too large");
    if (error == http::error::body_limit) return refuse(413, "the body is too large");
    if (error == http::error::end_of_stream || error == boost::beast::error::timeout)
      return hang_up();
    if (error.category() == http::make_error_code(http::error::bad_method).category()) {
      return refuse(400, "the request cannot be read");
    }
    if (error) return;
    const auto& head = parser_->get();
    const Visitor visitor = visitor_from(head);
    if (const auto refusal = state_.gate.refuse(visitor))
      return refuse(refusal->status, refusal->text);
    if (visitor.is_upgrade) return upgrade();
    const auto path = path_from_target(visitor.target);
    if (!path) return refuse(400, "the address is not a plain path");
    if (state_.service.camera != nullptr && *path == std::vector<std::string>{"api", "camera"})
      return show_camera();
    request_ = HttpRequest{std::string(visitor.method), *path,
                           std::string(to_view(head[http::field::content_type])), ""};
    read_body();
  }

  void read_body() {
    namespace http = boost::beast::http;
    if (takes_file(request_)) {
      if (state_.imports >= kMostImports)
        return refuse(503, "other files are being imported; try again");
      ++state_.imports;
      is_importing_ = true;
    } else if (parser_->content_length().value_or(0) > kLargestBody) {
      return refuse(413, "the body is too large");
    } else {
      parser_->body_limit(kLargestBody);
    }
    lowest().expires_after(state_.body_patience);
    if (to_view(parser_->get()[http::field::expect]) == "100-continue") return send_continue();
    read_rest();
  }

  void send_continue() {
    namespace http = boost::beast::http;
    auto go_on = std::make_shared<http::response<http::empty_body>>(http::status::continue_, 11);
    http::async_write(
        stream_, *go_on,
        [self = this->shared_from_this(), go_on](boost::system::error_code error, std::size_t) {
          if (!error) self->read_rest();
        });
  }

  void read_rest() {
    namespace http = boost::beast::http;
    http::async_read(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          if (error == http::error::body_limit) return self->refuse(413, "the body is too large");
          if (error) return;
          self->request_.body = std::move(self->parser_->get().body());
          self->answer_request();
        });
  }

  void answer_request() {
    is_keep_alive_ = parser_->get().keep_alive() && !state_.is_closing;
    is_head_ = request_.method == "HEAD";
    if (is_head_) request_.method = "GET";
    lowest().expires_never();
    if (auto page = page_response(request_, parser_->get(), state_.gate))
      return write(std::move(*page));
    // What reads or writes files must not hold up everybody's pictures.
    // The worker hands the connection back with the answer and keeps no hold on it: who lets go of
    // it last takes it off the list of open ones, which is the network thread's alone.
    const bool is_posted = state_.workers.post([self = this->shared_from_this()]() mutable {
      auto response = std::make_shared<HttpResponse>(answer(self->state_.service, self->request_));
      const auto executor = self->stream_.get_executor();
      boost::asio::post(executor,
                        [self = std::move(self), response] { self->write(std::move(*response)); });
    });
    if (!is_posted)
      write(error_response(503, "unavailable", "the server is busy; try again in a moment"));
  }

  void refuse(int status, std::string_view text) {
    is_keep_alive_ = false;
    is_head_ = false;
    write(error_response(status, "refused", text));
  }

  void write(HttpResponse response) {
    namespace http = boost::beast::http;
    if (is_importing_) {
      is_importing_ = false;
      --state_.imports;
    }
    state_.service.metrics.count_response(response.status);
    auto message = std::make_shared<http::response<http::string_body>>(
        wire_response(std::move(response), is_keep_alive_, kIsSecure, is_head_));
    lowest().expires_after(kWritePatience);
    http::async_write(
        stream_, *message,
        [self = this->shared_from_this(), message](boost::system::error_code error, std::size_t) {
          if (error) return;
          if (message->need_eof()) return self->hang_up();
          self->request_ = {};
          self->read_head();
        });
  }

  /// Says goodbye and waits a moment for what is still coming, so that the answer is not lost.
  void hang_up() {
    boost::system::error_code ignored;
    lowest().socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    lowest().expires_after(std::chrono::seconds(1));
    drain();
  }

  void drain() {
    lowest().async_read_some(
        boost::asio::buffer(drained_),
        [self = this->shared_from_this()](boost::system::error_code error, std::size_t bytes) {
          self->drained_bytes_ += bytes;
          if (!error && self->drained_bytes_ < kMostDrained) self->drain();
        });
  }

  void show_camera() {
    if (parser_->get().method() != boost::beast::http::verb::get)
      return refuse(405, "this cannot be done there");
    if (state_.camera_viewers >= kMostCameraViewers)
      return refuse(503, "too many pages show the camera; close one");
    std::make_shared<CameraStream<Stream>>(std::move(stream_), state_)->start();
  }

  void upgrade() {
    namespace http = boost::beast::http;
    const auto& head = parser_->get();
    const auto path = path_from_target(to_view(head.target()));
    if (!path || *path != std::vector<std::string>{"api", "live"} ||
        !boost::beast::websocket::is_upgrade(head)) {
      return refuse(404, "there is nothing at this address");
    }
    if (state_.live_tabs >= kMostLiveTabs)
      return refuse(503, "too many tabs use the camera; close one");
    const UpgradeRequest request(parser_->release());
    start_live(std::move(stream_), state_, request);
  }

  Stream stream_;
  ServerState& state_;
  OpenMark mark_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  HttpRequest request_;
  std::array<char, 16384> drained_{};
  std::size_t drained_bytes_ = 0;
  bool is_keep_alive_ = false;
  bool is_head_ = false;
  bool is_importing_ = false;
};

}  // namespace kata
