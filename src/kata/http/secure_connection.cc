// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>

#include "kata/http/connection.ipp"

namespace kata {

void start_secure_connection(boost::asio::ip::tcp::socket socket,
                             boost::asio::ssl::context& context, ServerState& state) {
  std::make_shared<Connection<SecureStream>>(SecureStream(std::move(socket), context), state)
      ->start();
}

}  // namespace kata
