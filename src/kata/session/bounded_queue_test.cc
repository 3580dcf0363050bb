// SPDX-License-Identifier: Apache-2.0
#include "kata/session/bounded_queue.h"

#include <gtest/gtest.h>

#include <thread>

namespace kata {
namespace {

TEST(BoundedQueue, KeepsOrderAcrossThreadsWithLittleRoom) {
  BoundedQueue<int> queue(2);
  std::jthread giver([&](std::stop_token stop) {
    for (int i = 0; i < 1000; ++i) queue.put(i, stop);
    queue.close();
  });
  int expected = 0;
  while (const auto value = queue.take({})) EXPECT_EQ(*value, expected++);
  EXPECT_EQ(expected, 1000);
}

TEST(BoundedQueue, StopFreesAGiverThatWaitsForRoom) {
  BoundedQueue<int> queue(1);
  queue.put(1, {});
  bool was_put = true;
  {
    std::jthread giver([&](std::stop_token stop) { was_put = queue.put(2, stop); });
    giver.request_stop();
  }
  EXPECT_FALSE(was_put);
}

TEST(BoundedQueue, ClosedQueueRefusesMoreAndGivesWhatItHolds) {
  BoundedQueue<int> queue(4);
  queue.put(1, {});
  queue.close();
  EXPECT_FALSE(queue.put(2, {}));
  EXPECT_EQ(queue.take({}), 1);
  EXPECT_EQ(queue.take({}), std::nullopt);
}

}  // namespace
}  // namespace kata
