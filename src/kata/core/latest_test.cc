// SPDX-License-Identifier: Apache-2.0
#include "kata/core/latest.h"

#include <gtest/gtest.h>

#include <thread>

namespace kata {
namespace {

TEST(Latest, KeepsTheNewestAndCountsTheRest) {
  Latest<int> slot;
  slot.put(1);
  slot.put(2);
  slot.put(3);
  EXPECT_EQ(slot.take({}), 3);
  EXPECT_EQ(slot.dropped(), 2U);
}

TEST(Latest, ClosedSlotGivesItsLastValueThenNothing) {
  Latest<int> slot;
  slot.put(7);
  slot.close();
  EXPECT_EQ(slot.take({}), 7);
  EXPECT_EQ(slot.take({}), std::nullopt);
}

TEST(Latest, StopWakesAWaitingTaker) {
  Latest<int> slot;
  std::optional<int> taken = 1;
  {
    std::jthread taker([&](std::stop_token stop) { taken = slot.take(stop); });
    taker.request_stop();
  }
  EXPECT_EQ(taken, std::nullopt);
}

}  // namespace
}  // namespace kata
