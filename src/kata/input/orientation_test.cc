// SPDX-License-Identifier: Apache-2.0
#include "kata/input/orientation.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace kata {
namespace {

constexpr std::int32_t kOne = 1 << 16;

struct OrientationCase {
  std::string name;
  DisplayMatrix matrix;
  Orientation expected;
};

void PrintTo(const OrientationCase& value, std::ostream* stream) { *stream << value.name; }

DisplayMatrix matrix_of(int a, int b, int c, int d) {
  return {a * kOne, b * kOne, 0, c * kOne, d * kOne, 0, 0, 0, 1 << 30};
}

class EveryOrientation : public ::testing::TestWithParam<OrientationCase> {};

TEST_P(EveryOrientation, FollowsTheMatrix) {
  const Orientation found = orientation_from(GetParam().matrix);
  EXPECT_EQ(found.is_transposed, GetParam().expected.is_transposed);
  EXPECT_EQ(found.flips_x, GetParam().expected.flips_x);
  EXPECT_EQ(found.flips_y, GetParam().expected.flips_y);
}

INSTANTIATE_TEST_SUITE_P(
    Matrices, EveryOrientation,
    ::testing::Values(
        OrientationCase{"Identity", matrix_of(1, 0, 0, 1), {false, false, false}},
        OrientationCase{"MirroredLeftRight", matrix_of(-1, 0, 0, 1), {false, true, false}},
        OrientationCase{"MirroredUpDown", matrix_of(1, 0, 0, -1), {false, false, true}},
        OrientationCase{"HalfTurn", matrix_of(-1, 0, 0, -1), {false, true, true}},
        OrientationCase{"Clockwise", matrix_of(0, 1, -1, 0), {true, true, false}},
        OrientationCase{"CounterClockwise", matrix_of(0, -1, 1, 0), {true, false, true}},
        OrientationCase{"Transposed", matrix_of(0, 1, 1, 0), {true, false, false}},
        OrientationCase{"Antitransposed", matrix_of(0, -1, -1, 0), {true, true, true}},
        OrientationCase{"Singular", matrix_of(0, 0, 0, 0), {false, false, false}}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace kata
