// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

namespace kata {

/// Does `work` for 0 … count − 1, in any order, and returns when all is done; passes on a failure.
/// How many run side by side is the caller's choice: rooms without threads are given one of these.
/// An empty function means one after the other.
using ForEach =
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& work)>;

inline void run_for_each(const ForEach& for_each, std::size_t count,
                         const std::function<void(std::size_t)>& work) {
  if (for_each) return for_each(count, work);
  for (std::size_t i = 0; i < count; ++i) work(i);
}

}  // namespace kata
