// SPDX-License-Identifier: Apache-2.0
#include "kata/input/deinterlace.h"

#include <gtest/gtest.h>

#include <vector>

namespace kata {
namespace {

using Column = std::vector<std::uint8_t>;

/// A picture one byte wide.
Column deinterlaced(Column column, Field kept) {
  deinterlace({column.data(), 1, 1, static_cast<int>(column.size())}, kept);
  return column;
}

TEST(Deinterlace, TakesTheOtherFieldsCombsOut) {
  const Column combed = {200, 10, 200, 10, 10, 200, 10, 200};
  EXPECT_EQ(deinterlaced(combed, Field::kTop), (Column{200, 200, 200, 105, 10, 10, 10, 10}));
  EXPECT_EQ(deinterlaced(combed, Field::kBottom), (Column{10, 10, 10, 10, 105, 200, 200, 200}));
}

TEST(Deinterlace, PutsEachRowBetweenItsNeighbours) {
  const Column edge = {10, 20, 60, 120, 180, 220, 230, 240};
  EXPECT_EQ(deinterlaced(edge, Field::kTop), (Column{10, 35, 60, 120, 180, 205, 230, 230}));
}

TEST(Deinterlace, ChangesNoRowOfTheFieldKept) {
  const Column noise = {3, 250, 90, 17, 200, 5, 77, 140, 9};
  const Column top = deinterlaced(noise, Field::kTop);
  const Column bottom = deinterlaced(noise, Field::kBottom);
  for (std::size_t y = 0; y < noise.size(); ++y) {
    EXPECT_EQ((y % 2 == 0 ? top : bottom)[y], noise[y]) << "row " << y;
  }
}

TEST(Deinterlace, LeavesASingleRow) { EXPECT_EQ(deinterlaced({7}, Field::kBottom), Column{7}); }

}  // namespace
}  // namespace kata
