// SPDX-License-Identifier: Apache-2.0
#include "kata/session/utc_now.h"

#include <array>
#include <ctime>

namespace kata {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm calendar{};
  gmtime_r(&now, &calendar);
  std::array<char, 32> text{};
  const std::size_t length =
      std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &calendar);
  return {text.data(), length};
}

}  // namespace kata
