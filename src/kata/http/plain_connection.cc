// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>

#include "kata/http/connection.ipp"

namespace kata {

void start_plain_connection(boost::asio::ip::tcp::socket socket, ServerState& state) {
  std::make_shared<Connection<PlainStream>>(PlainStream(std::move(socket)), state)->start();
}

}  // namespace kata
