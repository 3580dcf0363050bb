// SPDX-License-Identifier: Apache-2.0
// Inside the http room only, because it brings Boost; hence no header.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "kata/http/live_lines.h"
#include "kata/http/server_state.h"
#include "kata/wire/messages.h"

namespace kata {

inline constexpr std::size_t kLargestPictureMessage = 2U << 20U;
inline constexpr std::size_t kMostUnsentReplies = 64;
inline constexpr int kMostMessagesPerSecond = 200;
/// A browser answers within a second; a phone that left its network never does.
inline constexpr std::chrono::seconds kIdlePatience{10};
/// The code with which a page closes a connection to make another (4000–4999 are free for pages).
inline constexpr std::uint16_t kTriesAnew = 4000;

/// A tab's live connection: pictures and requests to its line's LiveDesk, replies back.
template <typename Stream>
class LiveSocket final : public Closable,
                         public LineEnd,
                         public std::enable_shared_from_this<LiveSocket<Stream>> {
 public:
  using Request = boost::beast::http::request<boost::beast::http::string_body>;

  LiveSocket(Stream&& stream, ServerState& state)
      : socket_(std::move(stream)), state_(state), mark_(state, this) {
    ++state_.live_tabs;
    ++state_.service.metrics.live_tabs;
  }

  ~LiveSocket() override {
    --state_.live_tabs;
    --state_.service.metrics.live_tabs;
  }

  void start(const Request& request) {
    namespace websocket = boost::beast::websocket;
    boost::beast::get_lowest_layer(socket_).expires_never();
    websocket::stream_base::timeout limits{};
    limits.handshake_timeout = std::chrono::seconds(10);
    limits.idle_timeout = kIdlePatience;  // after half of it the browser is asked
    limits.keep_alive_pings = true;
    socket_.set_option(limits);
    socket_.read_message_max(kLargestPictureMessage);
    line_request_ = line_request_from({request.target().data(), request.target().size()});
    socket_.async_accept(request,
                         [self = this->shared_from_this()](boost::system::error_code error) {
                           if (!error) self->open();
                         });
  }

  void close() override {
    line_.reset();
    boost::beast::get_lowest_layer(socket_).close();
  }

  void deliver(std::string text) override { send(std::move(text)); }

  void give_way() override {
    is_ended_ = true;
    line_.reset();
    boost::beast::get_lowest_layer(socket_).close();
  }

 private:
  void open() {
    if (state_.is_closing) return;
    line_ = state_.lines.open(line_request_, *this);
    read();
  }

  void read() {
    socket_.async_read(
        buffer_, [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          if (error) {
            self->end(error == boost::beast::websocket::error::closed);
            return;
          }
          self->receive();
        });
  }

  void receive() {
    if (is_flooding()) {
      end_with(boost::beast::websocket::close_code::policy_error);
      return;
    }
    const auto data = buffer_.cdata();
    const std::string_view bytes(static_cast<const char*>(data.data()), data.size());
    if (!line_) return;
    try {
      if (socket_.got_binary()) {
        line_->desk().show(picture_from_message(bytes));
      } else if (is_ping(bytes)) {
        send(pong_json());
      } else if (!line_->desk().ask(live_request_from_json(bytes))) {
        say(LiveProblem{"unavailable", "too many requests at once"});
      }
    } catch (const Error& error) {
      say(LiveProblem{"invalid", public_text(error)});
    }
    buffer_.consume(buffer_.size());
    read();
  }

  bool is_flooding() {
    const auto now = std::chrono::steady_clock::now();
    if (now - second_ > std::chrono::seconds(1)) {
      second_ = now;
      messages_ = 0;
    }
    return ++messages_ > kMostMessagesPerSecond;
  }

  void say(const LiveReply& reply) { line_->say(reply, to_json(reply)); }

  void send(std::string text) {
    if (is_ended_) return;
    if (unsent_.size() >= kMostUnsentReplies) {  // the browser does not read
      boost::beast::get_lowest_layer(socket_).close();
      end();
      return;
    }
    unsent_.push_back(std::move(text));
    if (unsent_.size() == 1) write();
  }

  void write() {
    socket_.text(true);
    socket_.async_write(
        boost::asio::buffer(unsent_.front()),
        [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          if (error) {
            self->end();
            return;
          }
          self->unsent_.pop_front();
          if (!self->unsent_.empty()) self->write();
        });
  }

  void end_with(boost::beast::websocket::close_code code) {
    is_ended_ = true;
    socket_.async_close(
        code, [self = this->shared_from_this()](boost::system::error_code) { self->end(); });
  }

  /// A goodbye is a close by the page; what a page closes to try anew is none.
  void end(bool is_closed = false) {
    is_ended_ = true;
    if (!line_) return;
    const bool is_goodbye = is_closed && socket_.reason().code != kTriesAnew;
    state_.lines.leave(std::exchange(line_, nullptr), this, is_goodbye);
  }

  boost::beast::websocket::stream<Stream> socket_;
  ServerState& state_;
  OpenMark mark_;
  boost::beast::flat_buffer buffer_{kLargestPictureMessage + 1024};
  std::deque<std::string> unsent_;
  LineRequest line_request_;
  std::shared_ptr<LiveLine> line_;
  std::chrono::steady_clock::time_point second_{};
  int messages_ = 0;
  bool is_ended_ = false;
};

}  // namespace kata
