// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <utility>

#include "kata/http/live_socket.ipp"
#include "kata/http/start_connection.ipp"

namespace kata {

void start_live(PlainStream&& stream, ServerState& state, const UpgradeRequest& request) {
  std::make_shared<LiveSocket<PlainStream>>(std::move(stream), state)->start(request);
}

}  // namespace kata
