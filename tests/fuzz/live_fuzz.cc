// SPDX-License-Identifier: Apache-2.0
// What a browser may send over its live connection. The first byte says what the rest is: 't' a
// text message, 'p' a message with a picture, anything else the frames themselves as they come from
// the network.
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/beast/_experimental/test/stream.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "kata/core/error.h"
#include "kata/input/image_decode.h"
#include "kata/wire/messages.h"

namespace kata {
namespace {

namespace websocket = boost::beast::websocket;

void read_picture(std::string_view bytes) {
  // As large as a phone's, so that each input takes no longer than a moment.
  decode_jpeg(picture_from_message(bytes).jpeg, 640UL * 480UL);
}

void read_frames(std::string_view bytes) {
  boost::asio::io_context io;
  constexpr std::string_view kUpgrade =
      "GET /api/live HTTP/1.1\r\nHost: localhost:8765\r\nUpgrade: websocket\r\nConnection: "
      "Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  boost::beast::test::stream remote(io);
  websocket::stream<boost::beast::test::stream> socket(io);
  socket.next_layer().connect(remote);
  remote.write_some(boost::asio::buffer(kUpgrade.data(), kUpgrade.size()));
  boost::system::error_code error;
  socket.accept(error);
  socket.read_message_max(2U << 20U);
  remote.write_some(boost::asio::buffer(bytes.data(), bytes.size()));
  remote.close();
  boost::beast::flat_buffer buffer;
  while (!error) {
    socket.read(buffer, error);
    const std::string_view message(static_cast<const char*>(buffer.cdata().data()), buffer.size());
    try {
      if (error) return;
      if (socket.got_binary()) {
        picture_from_message(message);
      } else {
        live_request_from_json(message);
      }
    } catch (const Error&) {
    }
    buffer.consume(buffer.size());
  }
}

}  // namespace
}  // namespace kata

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.empty()) return 0;
  const std::string_view rest = bytes.substr(1);
  try {
    if (bytes[0] == 't') {
      kata::live_request_from_json(rest);
    } else if (bytes[0] == 'p') {
      kata::read_picture(rest);
    } else {
      kata::read_frames(rest);
    }
  } catch (const kata::Error&) {
  }
  return 0;
}
