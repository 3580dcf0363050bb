// SPDX-License-Identifier: Apache-2.0
#include "kata/motion/seen_part.h"

#include <gtest/gtest.h>

#include <vector>

namespace kata {
namespace {

/// One frame a letter: "x" somebody, "." nobody.
std::vector<Landmarks> take_of(std::string_view letters) {
  std::vector<Landmarks> take(letters.size());
  for (std::size_t i = 0; i < letters.size(); ++i) {
    take[i].timestamp = Timestamp(Duration(static_cast<Duration::rep>(i)));
    if (letters[i] == 'x') take[i].right_hand.emplace();
  }
  return take;
}

TEST(SeenPart, LeavesOutFramesWithoutAnybodyAtBothEnds) {
  const auto seen = seen_part(take_of("..xx.x."));
  ASSERT_EQ(seen.size(), 4u);
  EXPECT_EQ(seen.front().timestamp, Timestamp(Duration(2)));
}

TEST(SeenPart, LooksAtNothingOutsideOfTheSpan) {
  const auto seen = seen_part(take_of("xx.x.xx"), CutSpan{2, 4, 1, 1});
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->first, 3u);
  EXPECT_EQ(seen->last, 3u);
}

TEST(SeenPart, IsNothingWhereNobodyIsSeen) {
  EXPECT_FALSE(seen_part(take_of("x...x"), CutSpan{1, 3, 1, 1}));
  EXPECT_TRUE(seen_part(take_of("...")).empty());
  EXPECT_TRUE(seen_part(std::vector<Landmarks>{}).empty());
}

}  // namespace
}  // namespace kata
