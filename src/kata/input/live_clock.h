// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "kata/core/timestamp.h"

namespace kata {

/// Time stamps of a live source: the steady clock since its first picture, strictly rising.
class LiveClock {
 public:
  Timestamp now() {
    const auto moment = std::chrono::steady_clock::now();
    if (!first_) {
      first_ = moment;
      return last_;
    }
    const auto since = std::chrono::duration_cast<Duration>(moment - *first_);
    last_ = std::max(Timestamp(since), last_ + Duration(1));
    return last_;
  }

 private:
  std::optional<std::chrono::steady_clock::time_point> first_;
  Timestamp last_{};
};

}  // namespace kata
