// SPDX-License-Identifier: Apache-2.0
// The only file that is compiled with the paths of this checkout (cmake/Rooms.cmake).
#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/support/shared_data.h"

namespace kata::test {

std::filesystem::path shared_path(const std::string& relative) {
  return std::filesystem::path(KATA_SHARED_DIR) / relative;
}

std::filesystem::path source_path(const std::string& relative) {
  return std::filesystem::path(KATA_SOURCE_DIR) / relative;
}

}  // namespace kata::test

namespace {

/// Gives every test the same random stream, whichever tests ran before it.
class SeedReset : public ::testing::EmptyTestEventListener {
  void OnTestStart(const ::testing::TestInfo&) override { std::srand(0); }
};

}  // namespace

int main(int argc, char** argv) {
  ::testing::InitGoogleTest(&argc, argv);
  ::testing::UnitTest::GetInstance()->listeners().Append(new SeedReset);
  return RUN_ALL_TESTS();
}
