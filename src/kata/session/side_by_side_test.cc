// SPDX-License-Identifier: Apache-2.0
#include "kata/session/side_by_side.h"

#include <gtest/gtest.h>

#include <atomic>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

namespace kata {
namespace {

TEST(SideBySide, DoesEachOnce) {
  for (const std::size_t threads : {0, 1, 2, 8}) {
    std::vector<std::atomic<int>> done(100);
    side_by_side(threads)(done.size(), [&](std::size_t i) { ++done[i]; });
    for (std::size_t i = 0; i < done.size(); ++i) EXPECT_EQ(done[i], 1) << i;
  }
}

TEST(SideBySide, NothingToDoIsNoWork) {
  side_by_side(2)(0, [](std::size_t) { FAIL(); });
}

TEST(SideBySide, TheEarliestFailureIsPassedOn) {
  for (int turn = 0; turn < 50; ++turn) {
    try {
      side_by_side(4)(20, [](std::size_t i) {
        if (i >= 3) throw std::runtime_error(std::to_string(i));
      });
      FAIL() << "no failure";
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "3");
    }
  }
}

}  // namespace
}  // namespace kata
