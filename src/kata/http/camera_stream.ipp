// SPDX-License-Identifier: Apache-2.0
// Inside the http room only, because it brings Boost; hence no header.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "kata/http/server_state.h"

namespace kata {

/// Sends the pictures of this computer's camera to a browser, one after the other (MJPEG).
///
/// A browser that reads slowly gets fewer pictures, never older ones.
template <typename Stream>
class CameraStream final : public Closable,
                           public std::enable_shared_from_this<CameraStream<Stream>> {
 public:
  CameraStream(Stream&& stream, ServerState& state)
      : stream_(std::move(stream)),
        state_(state),
        mark_(state, this),
        timer_(stream_.get_executor()) {
    ++state_.camera_viewers;
    state_.service.camera->enter();
  }
  ~CameraStream() override {
    --state_.camera_viewers;
    state_.service.camera->leave();
  }

  void start() {
    send(
        "HTTP/1.1 200 OK\r\n"
        "Content-Type: multipart/x-mixed-replace; boundary=picture\r\n"
        "Cache-Control: no-store\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        "Cross-Origin-Resource-Policy: same-origin\r\n"
        "Connection: close\r\n\r\n");
  }

  void close() override {
    is_closed_ = true;
    timer_.cancel();
    boost::beast::get_lowest_layer(stream_).close();
  }

 private:
  void send(std::string bytes) {
    auto kept = std::make_shared<const std::string>(std::move(bytes));
    boost::beast::get_lowest_layer(stream_).expires_after(std::chrono::seconds(20));
    boost::asio::async_write(
        stream_, boost::asio::buffer(*kept),
        [self = this->shared_from_this(), kept](boost::system::error_code error, std::size_t) {
          if (!error && !self->is_closed_) self->wait();
        });
  }

  void wait() {
    const CameraDesk::Picture picture = state_.service.camera->newest();
    if (!picture.problem.empty()) return;  // the connection ends, and the page says so
    if (picture.jpeg && picture.number != shown_) {
      shown_ = picture.number;
      send("--picture\r\nContent-Type: image/jpeg\r\nContent-Length: " +
           std::to_string(picture.jpeg->size()) + "\r\n\r\n" + *picture.jpeg + "\r\n");
      return;
    }
    timer_.expires_after(std::chrono::milliseconds(8));
    timer_.async_wait([self = this->shared_from_this()](boost::system::error_code error) {
      if (!error && !self->is_closed_) self->wait();
    });
  }

  Stream stream_;
  ServerState& state_;
  OpenMark mark_;
  boost::asio::steady_timer timer_;
  std::uint64_t shown_ = 0;
  bool is_closed_ = false;
};

}  // namespace kata
