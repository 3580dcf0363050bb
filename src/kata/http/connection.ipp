// SPDX-License-Identifier: Apache-2.0
// Inside the http room only, because it brings Boost; hence no header.
#pragma once

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "kata/http/camera_stream.ipp"
#include "kata/http/http_response.ipp"
#include "kata/http/start_connection.ipp"
#include "kata/wire/craft_import.h"

namespace kata {

inline constexpr std::uint32_t kLargestHead = 16U << 10U;
inline constexpr std::uint64_t kLargestBody = 64U << 10U;
/// A craft's file is read and written so much at a time.
inline constexpr std::size_t kPiece = 256U << 10U;
inline constexpr std::size_t kMostDrained = 16U << 20U;
inline constexpr std::chrono::seconds kWritePatience{60};

/// A file on its way out, after its head.
struct OutgoingFile {
  explicit OutgoingFile(HttpResponse whole)
      : response(std::move(whole)),
        file(std::exchange(response.file, {}), std::ios::binary | std::ios::ate),
        left(file ? static_cast<std::uint64_t>(file.tellg()) : 0) {
    file.seekg(0);
  }
  bool is_open() const { return file.good(); }
  bool read(std::vector<char>& piece) {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    left -= piece.size();
    return file.good();
  }

  HttpResponse response;  ///< without its file; keeps it as it is
  std::shared_ptr<const void> keep = response.keep;
  std::ifstream file;
  std::uint64_t left = 0;
  WireResponse message;
  boost::beast::http::response_serializer<boost::beast::http::string_body> serializer{message};
};

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
    parser_->body_limit(std::numeric_limits<std::uint64_t>::max());  // by the address, below
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
    is_importing_ = takes_file(request_) && request_.method == "POST";
    const std::uint64_t announced = parser_->content_length().value_or(0);
    if (is_importing_ && state_.imports >= kMostImports) {
      is_importing_ = false;
      return refuse(503, "other files are being imported; try again");
    }
    if (is_importing_) ++state_.imports;
    if (is_importing_ && announced > kLargestImport) return refuse(413, too_large_to_import());
    if (!is_importing_ && announced > kLargestBody) return refuse(413, "the body is too large");
    parser_->body_limit(is_importing_ ? kLargestImport : kLargestBody);
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
    if (is_importing_) {
      is_keep_alive_ = parser_->get().keep_alive() && !state_.is_closing;
      is_head_ = false;
      import_.emplace(state_.service);
      file_parser_.emplace(std::move(*parser_));
      return read_piece();
    }
    http::async_read(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          if (error == http::error::body_limit) return self->refuse(413, "the body is too large");
          if (error) return;
          self->request_.body = std::move(self->parser_->get().body());
          self->answer_request();
        });
  }

  /// One piece of a file after the other, each with the body's patience: a large file takes long.
  void read_piece() {
    namespace http = boost::beast::http;
    piece_.resize(kPiece);
    file_parser_->get().body().data = piece_.data();
    file_parser_->get().body().size = piece_.size();
    lowest().expires_after(state_.body_patience);
    http::async_read(
        stream_, buffer_, *file_parser_,
        [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          if (error == http::error::body_limit) return self->refuse(413, too_large_to_import());
          if (error && error != http::error::need_buffer) return self->import_.reset();
          self->piece_.resize(self->piece_.size() - self->file_parser_->get().body().size);
          self->store_piece();
        });
  }

  void store_piece() {
    const bool is_last = file_parser_->is_done();
    lowest().expires_never();
    work([self = this->shared_from_this(), is_last]() -> std::function<void()> {
      std::optional<HttpResponse> response = self->import_->add(self->piece_);
      const bool is_given_up = response && !is_last;
      if (!response && is_last) response = self->import_->finish();
      if (!response) return [self] { self->read_piece(); };
      return [self, is_given_up, response = std::move(*response)]() mutable {
        if (is_given_up) self->is_keep_alive_ = false;
        self->write(std::move(response));
      };
    });
  }

  /// Runs `job` in a worker, because what reads or writes files must not hold up everybody's
  /// pictures, then what it returns in the network thread.
  ///
  /// The worker hands the connection back with the answer and keeps no hold on it: who lets go of
  /// it last takes it off the list of open ones, which is the network thread's alone.
  template <typename Job>
  void work(Job job) {
    const bool is_posted =
        state_.workers.post([job = std::move(job), executor = stream_.get_executor()]() mutable {
          auto next = std::make_shared<std::function<void()>>(job());
          // `job` holds the connection, too: it goes back with it.
          boost::asio::post(
              executor, [job = std::move(job), next = std::move(next)]() mutable { (*next)(); });
        });
    if (!is_posted)
      write(error_response(503, "unavailable", "the server is busy; try again in a moment"));
  }

  void answer_request() {
    is_keep_alive_ = parser_->get().keep_alive() && !state_.is_closing;
    is_head_ = request_.method == "HEAD";
    if (is_head_) request_.method = "GET";
    lowest().expires_never();
    if (auto page = page_response(request_, parser_->get(), state_.gate))
      return write(std::move(*page));
    work([self = this->shared_from_this()]() -> std::function<void()> {
      auto response = std::make_shared<HttpResponse>(answer(self->state_.service, self->request_));
      return [self, response] { self->write(std::move(*response)); };
    });
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
    import_.reset();
    state_.service.metrics.count_response(response.status);
    if (!response.trouble.empty()) spdlog::warn("{}", response.trouble);
    if (!response.file.empty()) return write_file(std::move(response));
    auto message = std::make_shared<http::response<http::string_body>>(
        wire_response(std::move(response), is_keep_alive_, kIsSecure, is_head_));
    lowest().expires_after(kWritePatience);
    http::async_write(
        stream_, *message,
        [self = this->shared_from_this(), message](boost::system::error_code error, std::size_t) {
          if (!error) self->is_written(message->need_eof());
        });
  }

  /// The head, then the file piece by piece: a large one takes long and no memory.
  void write_file(HttpResponse response) {
    namespace http = boost::beast::http;
    auto file = std::make_shared<OutgoingFile>(std::move(response));
    if (!file->is_open()) {
      return write(error_response(500, "failed", "the craft's file cannot be read"));
    }
    file->message = wire_response(std::move(file->response), is_keep_alive_, kIsSecure, true);
    file->message.content_length(file->left);
    lowest().expires_after(kWritePatience);
    http::async_write_header(
        stream_, file->serializer,
        [self = this->shared_from_this(), file](boost::system::error_code error, std::size_t) {
          if (error) return;
          if (self->is_head_) file->left = 0;
          self->write_piece(file);
        });
  }

  void write_piece(const std::shared_ptr<OutgoingFile>& file) {
    if (file->left == 0) return is_written(file->message.need_eof());
    lowest().expires_never();
    work([self = this->shared_from_this(), file]() -> std::function<void()> {
      self->piece_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kPiece, file->left)));
      const bool is_read = file->read(self->piece_);
      return [self, file, is_read] {
        // The head has promised more: only the end of the connection says that it is not whole.
        if (!is_read) return self->close();
        self->send_piece(file);
      };
    });
  }

  void send_piece(const std::shared_ptr<OutgoingFile>& file) {
    lowest().expires_after(kWritePatience);
    boost::asio::async_write(
        stream_, boost::asio::buffer(piece_),
        [self = this->shared_from_this(), file](boost::system::error_code error, std::size_t) {
          if (!error) self->write_piece(file);
        });
  }

  void is_written(bool is_last) {
    if (is_last) return hang_up();
    request_ = {};
    piece_ = {};
    read_head();
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
    const bool comes_back = state_.lines.has(line_request_from(to_view(head.target())).tab);
    if (state_.live_tabs >= kMostLiveTabs && !comes_back)
      return refuse(503, "too many tabs use the camera; close one");
    const UpgradeRequest request(parser_->release());
    start_live(std::move(stream_), state_, request);
  }

  Stream stream_;
  ServerState& state_;
  OpenMark mark_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::buffer_body>> file_parser_;
  std::optional<CraftImport> import_;
  std::vector<char> piece_;  ///< of a file that comes in or goes out
  HttpRequest request_;
  std::array<char, 16384> drained_{};
  std::size_t drained_bytes_ = 0;
  bool is_keep_alive_ = false;
  bool is_head_ = false;
  bool is_importing_ = false;
};

}  // namespace kata
