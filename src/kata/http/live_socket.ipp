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

#include "kata/http/messages.h"
#include "kata/http/server_state.h"

namespace kata {

inline constexpr std::size_t kLargestPictureMessage = 2U << 20U;
inline constexpr std::size_t kMostUnsentReplies = 64;
inline constexpr int kMostMessagesPerSecond = 200;

/// A tab's live connection: pictures and requests to its LiveDesk, replies back.
template <typename Stream>
class LiveSocket final : public Closable, public std::enable_shared_from_this<LiveSocket<Stream>> {
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
    limits.idle_timeout = std::chrono::seconds(30);
    limits.keep_alive_pings = true;
    socket_.set_option(limits);
    socket_.read_message_max(kLargestPictureMessage);
    socket_.async_accept(request,
                         [self = this->shared_from_this()](boost::system::error_code error) {
                           if (!error) self->open();
                         });
  }

  void close() override {
    desk_.reset();
    boost::beast::get_lowest_layer(socket_).close();
  }

 private:
  void open() {
    if (state_.is_closing) return;
    // The desk speaks in its own thread and may outlive the socket by a moment.
    desk_ = std::make_shared<LiveDesk>(
        state_.service.studio, state_.service.pool,
        [weak = this->weak_from_this(), executor = socket_.get_executor(),
         &metrics = state_.service.metrics](const LiveReply& reply) {
          count(metrics, reply);
          boost::asio::post(executor, [weak, text = to_json(reply)]() mutable {
            if (const auto self = weak.lock()) self->send(std::move(text));
          });
        });
    read();
  }

  static void count(Metrics& metrics, const LiveReply& reply) {
    if (const auto* frame = std::get_if<LiveFrame>(&reply)) {
      ++metrics.frames;
      metrics.work_us += static_cast<std::uint64_t>(frame->work_ms * 1000);
    } else if (std::holds_alternative<LiveVerdict>(reply)) {
      ++metrics.verdicts;
    } else if (std::holds_alternative<LiveTake>(reply)) {
      ++metrics.takes;
    } else if (const auto* problem = std::get_if<LiveProblem>(&reply);
               problem != nullptr && problem->code == "bad_frame") {
      ++metrics.bad_frames;
    }
  }

  void read() {
    socket_.async_read(
        buffer_, [self = this->shared_from_this()](boost::system::error_code error, std::size_t) {
          if (error) {
            self->end();
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
    try {
      if (socket_.got_binary()) {
        desk_->show(picture_from_message(bytes));
      } else if (!desk_->ask(live_request_from_json(bytes))) {
        send(to_json(LiveReply(LiveProblem{"unavailable", "too many requests at once"})));
      }
    } catch (const Error& error) {
      send(to_json(LiveReply(LiveProblem{"invalid", public_text(error)})));
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

  /// A desk ends when its last picture is done; the network thread does not wait for that.
  void end() {
    is_ended_ = true;
    if (!desk_) return;
    state_.service.metrics.dropped_frames += desk_->dropped();
    state_.workers.post([desk = std::exchange(desk_, nullptr)]() mutable { desk.reset(); });
  }

  boost::beast::websocket::stream<Stream> socket_;
  ServerState& state_;
  OpenMark mark_;
  boost::beast::flat_buffer buffer_{kLargestPictureMessage + 1024};
  std::deque<std::string> unsent_;
  std::shared_ptr<LiveDesk> desk_;
  std::chrono::steady_clock::time_point second_{};
  int messages_ = 0;
  bool is_ended_ = false;
};

}  // namespace kata
